import { formatDms, PHU_THO_SRID, projectToVn2000 } from '../../platform/geo/index.ts';
import type { SiteRow } from './queries.ts';
import { type Column, columnsOf } from './table.ts';

const round = (value: number, decimals: number): number => Number(value.toFixed(decimals));

const { column, tableOnly } = columnsOf<SiteRow>();

const vn2000 = new WeakMap<SiteRow, { north: number; east: number }>();

/** Both coordinates come from one projection of the row. */
function projected(row: SiteRow): { north: number; east: number } {
  const known = vn2000.get(row);
  if (known) return known;
  const { northing_m, easting_m } = projectToVn2000(row.lon, row.lat, PHU_THO_SRID);
  const position = { north: round(northing_m, 3), east: round(easting_m, 3) };
  vn2000.set(row, position);
  return position;
}

/**
 * The inspector's site list, in its order. Every table and every GeoJSON property comes from here: to add a column, add a
 * line, and when it is read from the database, the name in {@link SiteRow}.
 */
export const siteColumns: readonly Column<SiteRow>[] = [
  tableOnly('no', 'integer', 6, 'STT', 'No.'),
  column('code', 'text', 14, 'Mã vị trí trạm', 'Site code'),
  column('name', 'text', 22, 'Tên vị trí trạm', 'Site name'),
  column('operators', 'list', 26, 'Doanh nghiệp (tất cả)', 'Operators (all)'),
  column('stations', 'integer', 9, 'Số trạm BTS', 'Stations'),
  column('cells', 'integer', 9, 'Số cell', 'Cells'),
  column('station_codes', 'list', 30, 'Mã trạm của doanh nghiệp', 'Operators’ station codes'),
  column('address', 'text', 44, 'Địa chỉ', 'Address'),
  column('commune_code', 'text', 9, 'Mã xã', 'Commune code'),
  column('commune_name', 'text', 20, 'Xã, phường, thị trấn', 'Commune'),
  column('district_code', 'text', 9, 'Mã huyện', 'District code'),
  column('district_name', 'text', 22, 'Huyện, thị xã, thành phố', 'District'),
  tableOnly('lat', 'degrees', 12, 'Vĩ độ WGS84 (°)', 'Latitude WGS84 (°)'),
  tableOnly('lon', 'degrees', 12, 'Kinh độ WGS84 (°)', 'Longitude WGS84 (°)'),
  column('lat_dms', 'text', 16, 'Vĩ độ (độ phút giây)', 'Latitude (DMS)', (row, language) =>
    formatDms(row.lat, 'lat', { language }),
  ),
  column('lon_dms', 'text', 16, 'Kinh độ (độ phút giây)', 'Longitude (DMS)', (row, language) =>
    formatDms(row.lon, 'lon', { language }),
  ),
  column('vn2000_x_north_m', 'metres', 14, 'VN-2000 X (Bắc, m)', 'VN-2000 X (north, m)', (row) => projected(row).north),
  column('vn2000_y_east_m', 'metres', 14, 'VN-2000 Y (Đông, m)', 'VN-2000 Y (east, m)', (row) => projected(row).east),
  column('vn2000_epsg', 'integer', 8, 'VN-2000 EPSG', 'VN-2000 EPSG', () => PHU_THO_SRID),
  column('mast_class', 'text', 8, 'Loại cột ăng ten', 'Mast class'),
  column('mast_height_m', 'number', 9, 'Chiều cao cột (m)', 'Mast height (m)'),
  column('masts', 'list', 18, 'Các cột tại vị trí', 'All masts of the site'),
  column('bts_classes', 'list', 8, 'Loại trạm BTS', 'BTS class'),
  column('technologies', 'list', 14, 'Công nghệ', 'Technologies'),
  column('bands', 'list', 26, 'Băng tần (MHz)', 'Bands (MHz)'),
  column('equipment', 'list', 28, 'Thiết bị', 'Equipment'),
  column('certificate_no', 'text', 18, 'Số giấy chứng nhận kiểm định', 'Certificate no.'),
  column('certificate_issued', 'date', 12, 'Ngày cấp', 'Issued'),
  column('certificate_expires', 'date', 12, 'Ngày hết hạn', 'Expires'),
  column('certificate_days_left', 'integer', 9, 'Số ngày còn lại', 'Days left'),
  column('certificate_state', 'word', 14, 'Tình trạng giấy', 'Certificate state'),
  column('certificate_nos', 'list', 30, 'Mọi giấy đang dùng', 'All latest certificates'),
  column('stations_without_certificate', 'integer', 9, 'Số trạm chưa có giấy', 'Stations without certificate'),
  column('permit_no', 'text', 16, 'Số giấy phép xây dựng', 'Permit no.'),
  column('permit_date', 'date', 12, 'Ngày giấy phép', 'Permit date'),
  column('shared', 'boolean', 9, 'Dùng chung', 'Shared'),
  column('last_inspected_on', 'date', 12, 'Kiểm tra gần nhất', 'Last inspected'),
  column('last_finding', 'text', 26, 'Kết quả kiểm tra', 'Last finding'),
  column('status', 'word', 14, 'Trạng thái', 'Status'),
  column('environment', 'word', 12, 'Môi trường', 'Environment'),
  column('position_flag', 'word', 18, 'Lưu ý vị trí', 'Position flag'),
  column('synthetic', 'boolean', 9, 'Dữ liệu minh hoạ', 'Synthetic'),
  tableOnly('signature', 'text', 18, 'Ký xác nhận', 'Signature', () => null),
  tableOnly('remark', 'text', 26, 'Ghi chú', 'Remark', () => null),
];
