import type { Language } from '../platform/language.ts';

function parts(header: string): { value: string; quality: number }[] {
  return header.split(',').map((part) => {
    const [value = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const quality = parameters.find((text) => text.startsWith('q='));
    return { value, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
  });
}

/** Whether the client takes gzip (`Accept-Encoding`, RFC 9110 §12.5.3). No header: plain bytes are the safe answer. */
export function acceptsGzip(header: string | undefined): boolean {
  if (header === undefined) return false;
  if (!header.includes(';')) return header.includes('gzip') || header.trim() === '*';
  const wanted = parts(header);
  const gzip = wanted.find(({ value }) => value === 'gzip') ?? wanted.find(({ value }) => value === '*');
  return gzip !== undefined && gzip.quality > 0;
}

/** Vietnamese unless the client prefers English (`Accept-Language`). */
export function preferredLanguage(header: string | undefined): Language {
  if (header === undefined) return 'vi';
  const quality = (language: string): number =>
    Math.max(0, ...parts(header).flatMap((part) => (part.value.startsWith(language) ? [part.quality] : [])));
  return quality('en') > quality('vi') ? 'en' : 'vi';
}
