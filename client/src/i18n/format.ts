import type { Language } from '../state/url-state.ts';

const locales: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' };
const cache = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, digits: number): Intl.NumberFormat {
  const key = `${language}${digits}`;
  const known = cache.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locales[language], { maximumFractionDigits: digits });
  cache.set(key, made);
  return made;
}

/** `1.234,5` in Vietnamese, `1,234.5` in English; at most `digits` decimals. '–' for nothing. */
export function formatNumber(language: Language, value: number | null | undefined, digits = 0): string {
  return value === null || value === undefined || !Number.isFinite(value)
    ? '–'
    : numberFormat(language, digits).format(value);
}

/** A percentage that is given as 0–100. Never rounds up to 100 or down to 0 what is not. */
export function formatPercent(language: Language, value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined) return '–';
  const step = 10 ** -digits;
  const kept = value > 0 && value < 100 ? Math.min(Math.max(value, step), 100 - step) : value;
  return `${formatNumber(language, kept, digits)}${language === 'vi' ? ' %' : '%'}`;
}

const inVietnam = { timeZone: 'Asia/Ho_Chi_Minh' } as const;
const vietnamDay = new Intl.DateTimeFormat('en-CA', {
  ...inVietnam,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const vietnamClock = new Intl.DateTimeFormat('en-GB', { ...inVietnam, hour: '2-digit', minute: '2-digit' });

/** The day in Vietnam of a moment as YYYY-MM-DD. */
export const dayInVietnam = (moment: Date): string => vietnamDay.format(moment);

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text);

/** `31/12/2008` in Vietnamese, `31 Dec 2008` in English, from YYYY-MM-DD or, as the day in Vietnam, from a moment. */
export function formatDay(language: Language, value: string | null | undefined): string {
  if (!value || Number.isNaN(Date.parse(value))) return '–';
  const [year, month, date] = (isDay(value) ? value : dayInVietnam(new Date(value))).split('-');
  if (!year || !month || !date) return '–';
  if (language === 'vi') return `${date}/${month}/${year}`;
  const named = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  return named.format(new Date(`${year}-${month}-${date}T00:00:00Z`));
}

/** Day and hour in Vietnam of a moment, `23/11/2026 04:10`. */
export function formatMoment(language: Language, moment: string): string {
  const time = new Date(moment);
  return Number.isNaN(time.getTime()) ? '–' : `${formatDay(language, moment)} ${vietnamClock.format(time)}`;
}

/** Metres as `850 m`, or from 1,000 m on as `12,3 km`. */
export function formatDistance(language: Language, metres: number | null | undefined): string {
  if (metres === null || metres === undefined) return '–';
  return metres < 1_000
    ? `${formatNumber(language, Math.round(metres))} m`
    : `${formatNumber(language, metres / 1_000, 1)} km`;
}

/** A measured length: `850 m`, from 1,000 m on `12,35 km`. */
export function formatLength(language: Language, metres: number | null | undefined): string {
  if (metres === null || metres === undefined) return '–';
  return Math.round(metres) < 1_000
    ? `${formatNumber(language, metres)} m`
    : `${formatNumber(language, metres / 1_000, 2)} km`;
}

/** An area given in m²: below 1 km² in hectares, `12,35 ha`, from there on `3,21 km²`. */
export function formatArea(language: Language, squareMetres: number | null | undefined): string {
  if (squareMetres === null || squareMetres === undefined) return '–';
  return squareMetres < 1_000_000
    ? `${formatNumber(language, squareMetres / 10_000, 2)} ha`
    : `${formatNumber(language, squareMetres / 1_000_000, 2)} km²`;
}
