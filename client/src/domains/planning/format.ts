import { language, number } from '../../i18n/index.ts';

/** The sign for "less", as wide as the one for "more"; a hyphen is lost beside figures. */
const minus = '−';
/** Columns of levels are read down: one decimal, always. */
const tenths = {
  vi: new Intl.NumberFormat('vi-VN', { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
};

function inTenths(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const text = tenths[language.value].format(Math.abs(value));
  return value < 0 && /[1-9]/.test(text) ? `${minus}${text}` : text;
}

/** `−87,4 dBm`. */
export const dbm = (value: number | null | undefined): string => `${inTenths(value)} dBm`;

/** `−12,3 dB`. */
export const decibel = (value: number | null | undefined): string => `${inTenths(value)} dB`;

/** A difference with its sign: `+1.234`, `−12`, `0`; what rounds to nothing has none. */
export function signed(value: number | null | undefined, digits = 0): string {
  const text = number(value === undefined || value === null ? null : Math.abs(value), digits);
  const isZero = !/[1-9]/.test(text);
  if (isZero || value === null || value === undefined) return text;
  return `${value < 0 ? minus : '+'}${text}`;
}

/** A coordinate as it can be typed in again: five decimals (about 1 m), with a point in every language. */
export const coordinate = (degrees: number): string => degrees.toFixed(5);

/** A coordinate that was typed, with point or comma; null when it is none within `most` degrees. */
export function parseCoordinate(text: string, most: 90 | 180): number | null {
  const plain = text.trim().replace(',', '.').replace(minus, '-');
  if (!/^-?\d{1,3}(\.\d{1,12})?$/.test(plain)) return null;
  const degrees = Number(plain);
  return Math.abs(degrees) <= most ? degrees : null;
}

const radiusM = 6_371_008.8;
const degree = Math.PI / 180;

/** A place moved by metres east and north on the sphere; lon and lat in degrees, rounded as `coordinate` writes them. */
export function moved(
  place: { lon: number; lat: number },
  eastM: number,
  northM: number,
): { lon: number; lat: number } {
  const lat = place.lat + northM / radiusM / degree;
  const lon = place.lon + eastM / (radiusM * Math.cos(place.lat * degree)) / degree;
  return { lon: Number(coordinate(lon)), lat: Number(coordinate(lat)) };
}

/** Metres between two places along a great circle of the sphere. */
export function metresBetween(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const [from, to] = [a.lat * degree, b.lat * degree];
  const half =
    Math.sin((to - from) / 2) ** 2 + Math.cos(from) * Math.cos(to) * Math.sin(((b.lon - a.lon) * degree) / 2) ** 2;
  return 2 * radiusM * Math.asin(Math.min(Math.sqrt(half), 1));
}
