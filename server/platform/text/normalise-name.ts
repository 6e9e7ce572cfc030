/**
 * A name as it is stored: NFC, white space collapsed and trimmed, the Icelandic eth that old fonts show as Đ made a Đ.
 * Tone placement stays as written (Hoà stays Hoà): that is the official spelling.
 */
export function normaliseName(raw: string): string {
  return raw
    .normalize('NFC')
    .replace(/[\u00d0\u0189]/g, 'Đ')
    .replaceAll('\u00f0', 'đ')
    .replace(/[\s\u200b\ufeff]+/g, ' ')
    .trim();
}
