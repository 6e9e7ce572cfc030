import type { AttributeDefinition, AttributeType, FilterParameter, LayerDefinition } from './layer.ts';

/**
 * The tile layers, bottom to top. To add one: an entry here, `sql/functions/<domain>/tile_rows_<layer>.sql`
 * with exactly these columns, and the client's layer file.
 */

const wholeSiteFilter: readonly FilterParameter[] = [
  'at',
  'district',
  'commune',
  'operator',
  'technology',
  'band',
  'status',
  'mast_class',
  'certificate',
  'bbox',
  'q',
];

function attribute(name: string, type: AttributeType, vi: string, en: string): AttributeDefinition {
  return { name, type, description: { vi, en } };
}

const code = attribute('code', 'string', 'Mã', 'Code');
const name = attribute('name', 'string', 'Tên', 'Name');
const synthetic = attribute('synthetic', 'boolean', 'Dữ liệu minh hoạ', 'Synthetic data');
const operator = attribute('operator', 'string', 'Mã doanh nghiệp', 'Operator code');
const technology = attribute('technology', 'string', 'Công nghệ (2G, 3G, 4G, 5G)', 'Technology (2G, 3G, 4G, 5G)');
const areaKm2 = attribute('area_km2', 'number', 'Diện tích, km²', 'Area, km²');
const networkCode = attribute('network_code', 'string', 'Mã mạng cáp', 'Fibre network code');

const unitAttributes = [
  code,
  name,
  attribute('type', 'string', 'Loại đơn vị hành chính', 'Kind of administrative unit'),
  attribute('parent_code', 'string', 'Mã đơn vị cấp trên', 'Code of the parent unit'),
  areaKm2,
  attribute('population', 'integer', 'Dân số, người', 'Population, people'),
  synthetic,
];

const layers = [
  {
    id: 'communes',
    title: { vi: 'Xã, phường, thị trấn', en: 'Communes' },
    geometry: 'polygon',
    minZoom: 0,
    maxZoom: 14,
    attributes: unitAttributes,
    filters: ['at', 'district', 'commune'],
    sqlFunction: 'tile_rows_communes',
    loadedPer: 'day',
  },
  {
    id: 'districts',
    title: { vi: 'Huyện, thị xã, thành phố', en: 'Districts' },
    geometry: 'polygon',
    minZoom: 0,
    maxZoom: 14,
    attributes: unitAttributes,
    filters: ['at', 'district', 'commune'],
    sqlFunction: 'tile_rows_districts',
    loadedPer: 'day',
  },
  {
    id: 'coverage',
    title: { vi: 'Vùng phủ sóng (ước tính)', en: 'Coverage (estimated)' },
    geometry: 'polygon',
    minZoom: 0,
    maxZoom: 14,
    attributes: [
      operator,
      technology,
      attribute(
        'scope',
        'string',
        'Một hoặc ít nhất một doanh nghiệp: operator, any',
        'Of one or of any operator: operator, any',
      ),
      attribute('level_db', 'number', 'Mức trên ngưỡng phủ sóng, dB', 'Level above what counts as covered, dB'),
      areaKm2,
      attribute('model', 'string', 'Mô hình truyền sóng', 'Propagation model'),
      attribute('model_version', 'string', 'Phiên bản mô hình', 'Model version'),
    ],
    filters: ['at', 'operator', 'technology'],
    sqlFunction: 'tile_rows_coverage',
    loadedPer: 'filter',
  },
  {
    id: 'no_terrain',
    title: { vi: 'Nơi không có độ cao mặt đất', en: 'Ground without heights' },
    geometry: 'polygon',
    minZoom: 0,
    maxZoom: 14,
    attributes: [areaKm2],
    filters: ['at'],
    sqlFunction: 'tile_rows_no_terrain',
    loadedPer: 'day',
  },
  {
    id: 'gaps',
    title: { vi: 'Vùng lõm (ước tính)', en: 'Coverage gaps (estimated)' },
    geometry: 'polygon',
    minZoom: 0,
    maxZoom: 14,
    attributes: [
      operator,
      technology,
      attribute('kind', 'string', 'Loại vùng lõm', 'Kind of gap'),
      areaKm2,
      attribute('people', 'integer', 'Số dân trong vùng, người', 'People inside'),
      attribute('rank', 'integer', 'Thứ tự ưu tiên', 'Rank'),
      attribute(
        'nearest_site_m',
        'number',
        'Khoảng cách đến vị trí trạm gần nhất, m',
        'Distance to the nearest site, m',
      ),
      attribute(
        'nearest_node_m',
        'number',
        'Khoảng cách đến nút cáp gần nhất, m',
        'Distance to the nearest fibre node, m',
      ),
    ],
    filters: ['at', 'operator', 'technology'],
    sqlFunction: 'tile_rows_gaps',
    loadedPer: 'filter',
  },
  {
    id: 'broadcast',
    title: { vi: 'Vùng phủ phát thanh, truyền hình (ước tính)', en: 'Radio and television coverage (estimated)' },
    geometry: 'polygon',
    minZoom: 0,
    maxZoom: 14,
    attributes: [
      attribute('service', 'string', 'Dịch vụ: fm, am, tv', 'Service: fm, am, tv'),
      attribute(
        'transmitter',
        'string',
        'Mã máy phát; không có: hợp vùng phủ của dịch vụ',
        'Code of the transmitter; none: any of the service',
      ),
      name,
      attribute(
        'threshold_dbuv_m',
        'number',
        'Ngưỡng cường độ trường, dBµV/m',
        'Threshold of the field strength, dBµV/m',
      ),
      attribute(
        'threshold_urban_dbuv_m',
        'number',
        'Ngưỡng ở phường, thị trấn, dBµV/m',
        'Threshold in wards and townships, dBµV/m',
      ),
      areaKm2,
    ],
    filters: ['at'],
    sqlFunction: 'tile_rows_broadcast',
    loadedPer: 'day',
  },
  {
    id: 'broadcast_no_terrain',
    title: {
      vi: 'Nơi không có độ cao mặt đất (phát thanh, truyền hình)',
      en: 'Ground without heights (radio and television)',
    },
    geometry: 'polygon',
    minZoom: 0,
    maxZoom: 14,
    attributes: [areaKm2],
    filters: ['at'],
    sqlFunction: 'tile_rows_broadcast_no_terrain',
    loadedPer: 'day',
  },
  {
    id: 'spans',
    title: { vi: 'Đoạn cáp', en: 'Fibre spans' },
    geometry: 'line',
    minZoom: 0,
    maxZoom: 14,
    attributes: [
      code,
      name,
      networkCode,
      operator,
      attribute('deployment', 'string', 'Cách lắp đặt: duct, buried, aerial', 'Deployment: duct, buried, aerial'),
      attribute('status', 'string', 'Trạng thái', 'Status'),
      attribute('length_m', 'number', 'Chiều dài, m', 'Length, m'),
      attribute('fibre_count', 'integer', 'Số sợi', 'Number of fibres'),
      attribute('route_group', 'string', 'Tuyến (chung cống hoặc cột)', 'Route group (same duct or poles)'),
      synthetic,
    ],
    filters: ['at', 'operator'],
    sqlFunction: 'tile_rows_spans',
    loadedPer: 'day',
  },
  {
    id: 'nodes',
    title: { vi: 'Nút cáp', en: 'Fibre nodes' },
    geometry: 'point',
    minZoom: 0,
    maxZoom: 14,
    attributes: [
      code,
      name,
      networkCode,
      operator,
      attribute('kind', 'string', 'Loại nút', 'Kind of node'),
      attribute('serves_unit_code', 'string', 'Mã đơn vị được phục vụ', 'Code of the unit it serves'),
      attribute('status', 'string', 'Trạng thái', 'Status'),
      synthetic,
    ],
    filters: ['at', 'operator'],
    sqlFunction: 'tile_rows_nodes',
    loadedPer: 'day',
  },
  {
    id: 'sites',
    title: { vi: 'Vị trí trạm', en: 'Sites' },
    geometry: 'point',
    minZoom: 0,
    maxZoom: 14,
    attributes: [
      code,
      name,
      attribute('status', 'string', 'Trạng thái', 'Status'),
      attribute('environment', 'string', 'Môi trường', 'Environment'),
      attribute('mast_class', 'string', 'Loại cột ăng ten', 'Mast class'),
      attribute('height_m', 'number', 'Chiều cao cột lớn nhất, m', 'Height of the highest mast, m'),
      attribute('operators', 'string', 'Mã các doanh nghiệp', 'Operator codes'),
      attribute('technologies', 'string', 'Các công nghệ', 'Technologies'),
      attribute('station_count', 'integer', 'Số trạm BTS', 'Number of stations'),
      attribute('cell_count', 'integer', 'Số cell', 'Number of cells'),
      attribute(
        'certificate',
        'string',
        'Kiểm định: valid, due, expired, none',
        'Certificate: valid, due, expired, none',
      ),
      synthetic,
    ],
    filters: wholeSiteFilter,
    sqlFunction: 'tile_rows_sites',
    loadedPer: 'day',
    cluster: { belowZoom: 10, gridBits: 4 },
  },
] as const satisfies readonly LayerDefinition[];

export type LayerId = (typeof layers)[number]['id'];

/** Every tile layer, bottom to top. */
export const tileLayers: readonly LayerDefinition[] = layers;

const byId = new Map<string, LayerDefinition>(tileLayers.map((layer) => [layer.id, layer]));

/** The layer of that id, or null. */
export function selectOptionalLayer(id: string): LayerDefinition | null {
  return byId.get(id) ?? null;
}
