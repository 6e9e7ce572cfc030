/** Free text that people type or paste, as it is kept: one form of every letter, nothing that cannot be seen. */
import { z } from 'zod';

/**
 * Characters that cannot be seen and change what stands beside them: controls but line feeds, soft hyphens, zero widths,
 * marks that turn the direction of the text (U+202A–E, U+2066–9), byte order marks, tags, and halves of pairs.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** NFC, without invisible characters; every line break is a line feed. */
const seen = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replaceAll('\t', ' ')
    .split('\n')
    .map((line) => line.replace(invisible, ''))
    .join('\n')
    .normalize('NFC')
    .trim();

/** Text of several lines. The limit is that of what is kept. */
export const typedText = (most: number) => z.string().overwrite(seen).max(most);

/** Text of one line, such as a name. */
export const typedLine = (most: number) =>
  z
    .string()
    .overwrite((text) => seen(text).replace(/\n+/g, ' '))
    .max(most);
