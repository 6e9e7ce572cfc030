import type { Language } from '../../platform/language.ts';

/** Vietnamese for the codes of `word` columns, by column; the words are those of GLOSSARY.md. */
const vietnamese: Record<string, Record<string, string>> = {
  boolean: { true: 'Có', false: 'Không' },
  status: { planned: 'Quy hoạch', active: 'Đang hoạt động', suspended: 'Tạm ngừng', removed: 'Đã dỡ bỏ' },
  environment: { urban: 'Đô thị', suburban: 'Ngoại ô', rural: 'Nông thôn', open: 'Đất trống' },
  certificate_state: { valid: 'Còn hạn', due: 'Sắp hết hạn', expired: 'Quá hạn', none: 'Chưa có' },
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
