import type { Statement } from './statement.ts';

const forbidden = /[\\/:*?"<>|\s\p{Cc}]+/gu;

/** ASCII of a text that may hold Vietnamese letters. */
function toAscii(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replace(/[^A-Za-z0-9._,-]+/g, '-');
}

const clip = (text: string): string =>
  [...text]
    .slice(0, 40)
    .join('')
    .replace(/^-+|-+$/g, '');

/**
 * Name of a file that states filter, counts, revision and time by itself, because a CSV has no other place that every
 * reader leaves alone. Words are separated by `_`, so that it needs no quoting anywhere.
 */
export function fileName(statement: Statement, extension: string): string {
  const { stem, filter, counts, language } = statement;
  const conditions = filter.map(({ name, value, shown }) => {
    if (name === 'at') return value;
    // A value that has a name of its own needs no word before it.
    return clip((shown === value ? `${name}-${value}` : shown.replace(' ', '-')).replace(forbidden, '-'));
  });
  const figures = counts.map(({ value, unit }) => `${value}-${unit[language]}`).join('_');
  const written = statement.written_at.slice(0, 19).replace(/[-:]/g, '');
  return `${[stem[language], ...conditions, figures, `r${statement.dataset_revision}`, written].join('_')}.${extension}`;
}

/** Content-Disposition with the name in UTF-8 (RFC 8187) and an ASCII name for old clients. */
export function contentDisposition(name: string): string {
  const utf8 = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${toAscii(name)}"; filename*=UTF-8''${utf8}`;
}
