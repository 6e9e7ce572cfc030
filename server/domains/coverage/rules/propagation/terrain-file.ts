/**
 * SRTM height tiles (.hgt): one square degree named by its south-west corner, rows from north to south, posts on the
 * edges shared with the neighbours, signed 16-bit big-endian metres above the EGM96 geoid, −32768 where the radar saw
 * nothing. 1201 × 1201 posts are 3″ (about 90 m), 3601 × 3601 are 1″. Source: NASA/USGS, "SRTM Topography" (2015) § 3.
 *
 * A file that cannot be such a tile is refused as a value with a reason. Pure: bytes in, raster out.
 */

import { GROUND_M, type LonLatRaster, NO_VALUE, settleValues } from '../lon-lat-raster.ts';

/** Posts along a side by resolution. */
const SIDES = [1201, 3601] as const;
/** What a tile says where the radar saw nothing. */
const VOID = NO_VALUE;
/** A tile with more impossible posts than this share is not heights at all. */
const MAX_IMPOSSIBLE_SHARE = 0.01;
/** Read the wrong way round, neighbouring heights differ by 256 times as much; real ground never does by this. */
const ROUGHNESS_RATIO = 8;

export type HgtRefusal = 'name' | 'size' | 'byte_order' | 'not_heights';
export type HgtResult = { ok: true; raster: LonLatRaster } | { ok: false; reason: HgtRefusal; message: string };

const refuse = (reason: HgtRefusal, message: string): HgtResult => ({ ok: false, reason, message });

/** The corner a file name stands for ("N21E105.hgt", in any case and folder), or null. */
export function cornerOfName(fileName: string): { west: number; south: number } | null {
  const [, ns, lat, ew, lon] = /(?:^|[/\\])([NS])(\d{2})([EW])(\d{3})\.hgt$/i.exec(fileName) ?? [];
  if (ns === undefined || lat === undefined || ew === undefined || lon === undefined) return null;
  const south = Number(lat) * (ns.toUpperCase() === 'S' ? -1 : 1);
  const west = Number(lon) * (ew.toUpperCase() === 'W' ? -1 : 1);
  return south >= -90 && south <= 89 && west >= -180 && west <= 179 ? { west, south } : null;
}

const plausible = (height: number): boolean => height >= GROUND_M.lowest && height <= GROUND_M.highest;
/** A 16-bit number with its two bytes exchanged, signed. */
const exchanged = (value: number): number => (((value & 0xff) << 24) >> 16) | ((value >> 8) & 0xff);

function decode(bytes: Uint8Array): Int16Array {
  const heights = new Int16Array(bytes.length / 2);
  for (let i = 0, j = 0; i < heights.length; i++, j += 2) {
    heights[i] = ((bytes[j] as number) << 8) | (bytes[j + 1] as number);
  }
  return heights;
}

/** How the posts look read as they are and with their bytes exchanged: impossible ones, and mean step along rows, m. */
function bothWays(heights: Int16Array, side: number) {
  const straight = { impossible: 0, steps: 0 };
  const swapped = { impossible: 0, steps: 0 };
  for (let i = 0; i < heights.length; i++) {
    const value = heights[i] as number;
    if (value !== VOID && !plausible(value)) straight.impossible++;
    const other = exchanged(value);
    if (other !== VOID && !plausible(other)) swapped.impossible++;
    if (i % side === 0) continue;
    const before = heights[i - 1] as number;
    if (value !== VOID && before !== VOID) straight.steps += Math.abs(value - before);
    const otherBefore = exchanged(before);
    if (other !== VOID && otherBefore !== VOID) swapped.steps += Math.abs(other - otherBefore);
  }
  return { straight, swapped };
}

/**
 * Reads an .hgt file. Refused: a name that is no tile's, a size that is neither 1″ nor 3″, bytes in little-endian
 * order, contents that are no heights. A few impossible posts become voids and are counted.
 */
export function readHgt(fileName: string, bytes: Uint8Array): HgtResult {
  const corner = cornerOfName(fileName);
  if (!corner) return refuse('name', 'The name must be that of a square degree, such as N21E105.hgt.');
  const side = SIDES.find((posts) => posts * posts * 2 === bytes.length);
  if (side === undefined) {
    const sizes = SIDES.map((posts) => posts * posts * 2).join(' or ');
    return refuse('size', `The file has ${bytes.length} bytes; a tile has ${sizes}.`);
  }
  const heights_m = decode(bytes);
  const { straight, swapped } = bothWays(heights_m, side);
  const tooMany = straight.impossible > MAX_IMPOSSIBLE_SHARE * heights_m.length;
  if (straight.steps > ROUGHNESS_RATIO * swapped.steps && swapped.impossible <= straight.impossible) {
    return refuse('byte_order', 'The heights are in little-endian byte order; a tile is big-endian.');
  }
  if (tooMany) return refuse('not_heights', `${straight.impossible} of its posts are no heights on Earth.`);
  const step = 1 / (side - 1);
  return {
    ok: true,
    raster: {
      west: corner.west,
      north: corner.south + 1,
      step_lon: step,
      step_lat: step,
      cols: side,
      rows: side,
      values: heights_m,
      ...settleValues(heights_m, GROUND_M),
    },
  };
}
