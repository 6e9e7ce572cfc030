import { z } from 'zod';
import { broadcastServices, siteFilterShape, type TransmitterItem, todayInVietnam } from '../../../contract/index.ts';
import type { Language } from '../../../platform/language.ts';
import { type BroadcastSnapshot, selectBroadcastSnapshot } from '../../coverage/index.ts';
import { filterLines, syntheticRowsNote } from '../common-lines.ts';
import type { ExportKind, OpenTable } from '../open-export.ts';
import { type Column, columnsOf, tableOf } from '../table.ts';
import { words } from '../words.ts';

const shape = {
  at: siteFilterShape.at,
  service: z.enum(broadcastServices).optional().describe('Only this service / Chỉ dịch vụ này'),
};

const { column, tableOnly } = columnsOf<TransmitterItem>();
const round = (value: number | null, decimals: number): number | null =>
  value === null ? null : Number(value.toFixed(decimals));

/** The list of transmitters: computed beside declared, numerators and denominators with every share. */
const transmitterColumns: readonly Column<TransmitterItem>[] = [
  column('code', 'text', 12, 'Mã máy phát', 'Code'),
  column('name', 'text', 32, 'Tên máy phát', 'Name'),
  column('operator', 'text', 30, 'Đơn vị phát', 'Run by'),
  column('service', 'word', 16, 'Dịch vụ', 'Service'),
  column('digital', 'boolean', 8, 'Truyền hình số', 'Digital television'),
  column('frequency_mhz', 'number', 10, 'Tần số (MHz)', 'Frequency (MHz)'),
  column('erp_w', 'number', 10, 'ERP (W)', 'ERP (W)'),
  column('height_m', 'number', 10, 'Độ cao ăng ten (m)', 'Antenna height (m)'),
  column('polarisation', 'word', 10, 'Phân cực', 'Polarisation'),
  tableOnly('lat', 'degrees', 12, 'Vĩ độ WGS84 (°)', 'Latitude WGS84 (°)'),
  tableOnly('lon', 'degrees', 12, 'Kinh độ WGS84 (°)', 'Longitude WGS84 (°)'),
  column('valid_from', 'date', 12, 'Phát từ ngày', 'On air from'),
  column('valid_to', 'date', 12, 'Ngừng từ ngày', 'Off air from'),
  column('threshold_dbuv_m', 'number', 12, 'Ngưỡng (dBµV/m)', 'Threshold (dBµV/m)'),
  column('threshold_urban_dbuv_m', 'number', 12, 'Ngưỡng ở phường, thị trấn (dBµV/m)', 'Threshold in towns (dBµV/m)'),
  column('threshold_source', 'word', 24, 'Nguồn của ngưỡng', 'Source of the threshold'),
  column('people_covered', 'integer', 12, 'Dân số được phủ', 'People served'),
  column('population', 'integer', 12, 'Dân số', 'People'),
  column('pct_pop', 'number', 10, '% dân số (tính toán)', '% people (computed)', (row) => round(row.pct_pop, 2)),
  column('declared_pct_pop', 'number', 10, '% dân số (khai báo)', '% people (declared)'),
  column('area_covered_km2', 'number', 12, 'Diện tích được phủ (km²)', 'Area served (km²)'),
  column('area_km2', 'number', 12, 'Diện tích (km²)', 'Area (km²)'),
  column('pct_area', 'number', 10, '% diện tích (tính toán)', '% area (computed)', (row) => round(row.pct_area, 2)),
  column('declared_pct_area', 'number', 10, '% diện tích (khai báo)', '% area (declared)'),
  column('declared_source', 'text', 24, 'Nguồn khai báo', 'Source of the declaration'),
  column('pct_terrain', 'number', 10, '% có địa hình', '% over known ground', (row) => round(row.pct_terrain, 1)),
  column('reason', 'word', 24, 'Vì sao không tính', 'Why not computed'),
  column('flags', 'list', 40, 'Lưu ý', 'Flags', (row, language) =>
    row.flags.map((flag) => words(language, 'broadcast_flag', flag)),
  ),
  column('synthetic', 'boolean', 8, 'Dữ liệu minh hoạ', 'Synthetic'),
];

const estimatedNote = {
  vi: 'Số tính toán là ước tính: cường độ trường trung vị ở độ cao 10 m theo ITU-R P.1546, nội suy từ hai đường cong (100 và 600 MHz, độ cao 150 m); số khai báo là của đơn vị phát.',
  en: 'Computed figures are estimates: median field strength at 10 m by ITU-R P.1546, interpolated from values of two curves (100 and 600 MHz, height 150 m); declared figures are those of who runs the transmitter.',
};
const noRunNote = {
  vi: 'Chưa tính cho thời kỳ địa giới của ngày này: các ô số tính toán để trống.',
  en: 'Nothing was computed for the administrative units of this day: computed figures are empty.',
};
const staleNote = {
  vi: 'Dữ liệu đã thay đổi sau lần tính, hoặc lần tính là của ngày khác.',
  en: 'The data changed after the computation, or it is that of another day.',
};

/** What any transmitter of each service serves, one sentence a service that was computed. */
function unionNotes({ unions }: BroadcastSnapshot, language: Language): string[] {
  return unions.flatMap(({ service, people_covered, population, area_covered_km2, area_km2 }) => {
    if (people_covered === null || area_covered_km2 === null) return [];
    const name = words(language, 'service', service);
    const area = `${area_covered_km2.toFixed(1)} / ${area_km2?.toFixed(1)} km²`;
    return language === 'vi'
      ? [`${name}, ít nhất một máy phát: ${people_covered} / ${population} người, ${area}.`]
      : [`${name}, any transmitter: ${people_covered} of ${population} people, ${area}.`];
  });
}

function stateTransmitters(
  asked: { at: string; service?: string | undefined },
  snapshot: BroadcastSnapshot,
  language: Language,
): OpenTable['statement'] {
  const { run, items, dataset_revision } = snapshot;
  const synthetic = items.some((item) => item.synthetic);
  const params = new URLSearchParams({ at: asked.at, ...(asked.service ? { service: asked.service } : {}) });
  const model = run ? `${run.model}, ${run.model_version}, ${run.at}, ${run.terrain_source ?? '–'}` : '–';
  return {
    name: 'transmitters',
    stem: { vi: 'máy-phát', en: 'transmitters' },
    title: { vi: 'Danh sách máy phát thanh, truyền hình', en: 'List of radio and television transmitters' },
    at: asked.at,
    filter: filterLines(params, null, { service: { vi: 'Dịch vụ', en: 'Service' } }),
    counts: [
      {
        name: 'transmitters',
        value: items.length,
        label: { vi: 'Máy phát', en: 'Transmitters' },
        unit: { vi: 'máy-phát', en: 'transmitters' },
      },
    ],
    sources: [[{ vi: 'Mô hình, phiên bản, ngày, địa hình', en: 'Model, version, day, terrain' }, model]],
    notes: [
      ...(synthetic ? [syntheticRowsNote[language]] : []),
      run ? estimatedNote[language] : noRunNote[language],
      ...(run && (run.stale || run.for_other_day) ? [staleNote[language]] : []),
      ...unionNotes(snapshot, language),
    ],
    dataset_revision,
    synthetic,
  };
}

/** Radio and television transmitters of a day, the rows of their list. */
export const transmittersKind: ExportKind = {
  what: 'transmitters',
  label: { vi: 'máy phát thanh, truyền hình', en: 'transmitters' },
  shape,
  async open({ db }, asked, language) {
    const { at = todayInVietnam(), service } = z.object(shape).parse(asked);
    const snapshot = await selectBroadcastSnapshot(db, { at, service });
    return {
      statement: stateTransmitters({ at, service }, snapshot, language),
      table: tableOf({
        name: { vi: 'Máy phát', en: 'Transmitters' },
        columns: transmitterColumns,
        total: snapshot.items.length,
        rows: () => [snapshot.items],
        id: ({ id }) => id,
        geometry: ({ lon, lat }) => ({ type: 'Point', coordinates: [lon, lat] }),
      }),
      further: [],
    };
  },
};
