import { foldText } from './fold-text.ts';

/**
 * Lower-case, accent-free (đ = d), punctuation-free key for search: `Thị xã Phú-Thọ` → `thi xa phu tho`.
 * Hoà and Hòa have one key, because tones are gone. Twin of sql/functions/text/search_key.sql.
 */
export function searchKey(raw: string): string {
  return (
    foldText(raw)
      .replace(/[\u0300-\u036f]/g, '')
      // A mark that stood alone leaves its space behind.
      .replace(/ +/g, ' ')
      .replace(/^ | $/g, '')
      .replaceAll('đ', 'd')
  );
}
