import type { NumberStyle } from '../../../platform/geo/index.ts';
import { POINT_STYLE, parseStyledNumber } from '../../../platform/geo/index.ts';

/** First day of validity of what neither its row nor the user tells it: nothing of today's networks is older. */
export const DEFAULT_FROM = '1990-01-01';

/** What the database takes as the code of an administrative unit. */
export const UNIT_CODE = /^[0-9A-Z._-]{1,20}$/;

const DAY_MS = 86_400_000;
/** Day 0 of Excel's calendar as it counts after its false 29 February 1900. */
const EXCEL_EPOCH_MS = Date.UTC(1899, 11, 30);
/** Two-digit years from 70 on are of the last century. */
const CENTURY_PIVOT = 70;

/**
 * A day as ISO text from `2008-12-31` (a time after it is ignored), `31/12/2008`, `31/12/08`, `31-12-2008`, `31.12.2008`,
 * or an Excel serial number (1954–2064). Null when it is not a day of the calendar. Day comes first: Vietnamese order.
 */
export function readDate(raw: string): string | null {
  const text = raw.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/.exec(text);
  if (iso) return isoDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/.exec(text);
  if (local) {
    const year = Number(local[3]);
    const century = year >= CENTURY_PIVOT ? 1900 : 2000;
    return isoDay((local[3] ?? '').length === 2 ? century + year : year, Number(local[2]), Number(local[1]));
  }
  if (/^[2-6]\d{4}$/.test(text)) return new Date(EXCEL_EPOCH_MS + Number(text) * DAY_MS).toISOString().slice(0, 10);
  return null;
}

function isoDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const same = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same ? date.toISOString().slice(0, 10) : null;
}

/** Vietnam has had one offset, and no summer time, since 1975. */
const VIETNAM_OFFSET = '+07:00';

/**
 * A moment as ISO text in UTC from `2025-11-10T08:30:15Z`, `2025-11-10 08:30+0700`, or, without a zone and so in Vietnam's,
 * `2025-11-10 08:30:15.25`, `10/11/2025 08:30`. Null when it is no moment of the calendar, or has no time of day.
 */
export function readTime(raw: string): string | null {
  const match = /^(\S+?)(?:T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i.exec(
    raw.trim(),
  );
  if (!match) return null;
  const [, dayText = '', hour = '', minute = '', second = '00', fraction = '0', zone = VIETNAM_OFFSET] = match;
  const day = readDate(dayText);
  if (day === null || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const offset = /^z$/i.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  const moment = new Date(`${day}T${hour.padStart(2, '0')}:${minute}:${second}.${milliseconds}${offset}`);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}

/** A number with its unit split off: `42m` → 42 and `m`; the unit is lower-case and may be empty. Null when it is no number. */
export function readQuantity(raw: string, style: NumberStyle = POINT_STYLE): { value: number; unit: string } | null {
  const match = /^([+-]?[\d.,\s\u00a0]*\d)\s*([\p{L}°/%]*)$/u.exec(raw.trim());
  if (!match) return null;
  const value = parseStyledNumber(match[1] ?? '', style);
  return value === null ? null : { value, unit: (match[2] ?? '').toLowerCase() };
}

/** Watts of a level in dBm. */
export function dbmToWatt(dbm: number): number {
  return 10 ** ((dbm - 30) / 10);
}

const YES = new Set(['true', '1', 'yes', 'y', 'x', 'có', 'co', 'đúng']);
const NO = new Set(['false', '0', 'no', 'n', 'không', 'khong', 'sai']);

/** Yes or no in English or Vietnamese; null when it is neither. */
export function readBoolean(raw: string): boolean | null {
  const text = raw.trim().toLowerCase().normalize('NFC');
  if (YES.has(text)) return true;
  return NO.has(text) ? false : null;
}
