import type { Request } from 'express';

export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];

/** The same words in both languages. */
export type Translated = Record<Language, string>;

/** The language a caller prefers (Accept-Language); Vietnamese when it says nothing. */
export function languageOf(req: Request): Language {
  return req.acceptsLanguages(...languages) === 'en' ? 'en' : 'vi';
}
