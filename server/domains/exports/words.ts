import type { Language } from '../../platform/language.ts';

/** Vietnamese for the codes of `word` columns, by column; the words are those of GLOSSARY.md. */
const vietnamese: Record<string, Record<string, string>> = {
  boolean: { true: 'Có', false: 'Không' },
  status: {
    planned: 'Quy hoạch',
    active: 'Đang hoạt động',
    suspended: 'Tạm ngừng',
    removed: 'Đã dỡ bỏ',
    covered: 'Đạt',
    partial: 'Một phần',
    uncovered: 'Chưa phủ',
    unknown: 'Chưa rõ',
  },
  unknown_reason: {
    population: 'Chưa có dân số',
    boundary: 'Chưa có địa giới',
    doubtful_site: 'Có trạm nghi vấn',
    not_computed: 'Chưa tính',
  },
  scope: {
    operator: 'Một doanh nghiệp',
    any: 'Ít nhất một doanh nghiệp',
    at_least_two: 'Ít nhất hai doanh nghiệp',
  },
  kind: {
    gap: 'Vùng lõm',
    white: 'Vùng trắng',
    grey: 'Vùng xám',
    claimed_not_modelled: 'Khai báo phủ, tính toán không phủ',
    modelled_not_measured: 'Tính toán phủ, đo kiểm dưới ngưỡng',
    add: 'Thêm trạm',
    move: 'Dời trạm',
    raise: 'Đổi chiều cao ăng ten',
    remove: 'Bỏ trạm',
    off: 'Tắt cell',
  },
  connectivity: { none: 'Chưa kết nối', single: 'Kết nối đơn', dual: 'Hai đường độc lập' },
  deployment: { duct: 'Cáp cống', buried: 'Chôn trực tiếp', aerial: 'Treo cột' },
  method: { exact: 'Tính chính xác', monte_carlo: 'Mô phỏng Monte Carlo' },
  environment: { urban: 'Đô thị', suburban: 'Ngoại ô', rural: 'Nông thôn', open: 'Đất trống' },
  certificate_state: { valid: 'Còn hạn', due: 'Sắp hết hạn', expired: 'Quá hạn', none: 'Chưa có' },
  service: { fm: 'Phát thanh FM', am: 'Phát thanh AM', tv: 'Truyền hình' },
  polarisation: { horizontal: 'Ngang', vertical: 'Đứng', mixed: 'Hỗn hợp' },
  threshold_source: {
    bs412_stereo: 'ITU-R BS.412, FM stereo',
    bt417_analogue: 'ITU-R BT.417, truyền hình tương tự (chưa đối chiếu)',
    given: 'Khai báo cùng máy phát',
  },
  reason: {
    am_not_modelled: 'P.1546 không dùng cho AM',
    no_threshold: 'Không có ngưỡng cường độ trường',
    frequency_outside_model: 'Tần số ngoài phạm vi P.1546',
    not_computed: 'Chưa tính cho ngày này',
  },
  broadcast_flag: {
    height_by_hata: 'độ cao hiệu chỉnh theo Okumura–Hata',
    height_out_of_range: 'độ cao hiệu dụng ngoài 75–300 m',
    frequency_out_of_range: 'tần số trên 600 MHz',
    distance_out_of_range: 'cự ly trên 100 km',
    no_terrain: 'không có địa hình',
    part_without_terrain: 'một phần không có địa hình',
    threshold_by_surroundings: 'ngưỡng theo nơi thu',
    threshold_given: 'ngưỡng khai báo cùng máy phát',
    threshold_unconfirmed: 'ngưỡng chưa đối chiếu',
  },
  position_flag: {
    rounded: 'Toạ độ bị làm tròn',
    commune_centroid: 'Toạ độ là tâm xã',
    outside_province: 'Ngoài tỉnh',
    far_from_declared_commune: 'Xa xã khai báo',
    estimated: 'Ước tính từ số liệu đo',
  },
};

/** Word for a code. English is the code itself in words; a code without a translation stands as it is. */
export function words(language: Language, column: string, code: string): string {
  if (language === 'vi') return vietnamese[column]?.[code] ?? code;
  if (column === 'boolean') return code === 'true' ? 'yes' : 'no';
  return code.replaceAll('_', ' ');
}
