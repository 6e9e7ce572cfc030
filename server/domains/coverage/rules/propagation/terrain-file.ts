/**
 * SRTM height tiles (.hgt): one square degree named by its south-west corner, rows from north to south, posts on the
 * edges shared with the neighbours, signed 16-bit big-endian metres above the EGM96 geoid, −32768 where the radar saw
 * nothing. 1201 × 1201 posts are 3″ (about 90 m), 3601 × 3601 are 1″. Source: NASA/USGS, "SRTM Topography" (2015) § 3.
 *
 * A file that cannot be such a tile is refused as a value with a reason. Pure: bytes in, tile out.
 */

/** Posts along a side by resolution. */
const SIDES = [1201, 3601] as const;
const VOID = -32_768;
/** Stored for a void, and for a post that no ground can have. */
const NO_HEIGHT = VOID;
/** Heights that ground on Earth can have, m: below the Dead Sea to above Everest. */
const LOWEST_M = -500;
const HIGHEST_M = 9000;
/** A tile with more impossible posts than this share is not heights at all. */
const MAX_IMPOSSIBLE_SHARE = 0.01;
/** Read the wrong way round, neighbouring heights differ by 256 times as much; real ground never does by this. */
const ROUGHNESS_RATIO = 8;

export interface TerrainTile {
  /** South-west corner, whole degrees. */
  west: number;
  south: number;
  /** Posts along a side: 1201 or 3601. */
  side: number;
  /** Row by row from the north-west corner, m; −32768 = no height. Shared: do not write to it. */
  heights_m: Int16Array;
  /** Posts without a height in the file. */
  voids: number;
  /** Posts with a height no ground has, taken as voids. */
  impossible: number;
  /** Of the known heights; null when there is none. */
  lowest_m: number | null;
  highest_m: number | null;
}

export type HgtRefusal = 'name' | 'size' | 'byte_order' | 'not_heights';
export type HgtResult = { ok: true; tile: TerrainTile } | { ok: false; reason: HgtRefusal; message: string };

const refuse = (reason: HgtRefusal, message: string): HgtResult => ({ ok: false, reason, message });

/** The corner a file name stands for ("N21E105.hgt", in any case and folder), or null. */
export function cornerOfName(fileName: string): { west: number; south: number } | null {
  const [, ns, lat, ew, lon] = /(?:^|[/\\])([NS])(\d{2})([EW])(\d{3})\.hgt$/i.exec(fileName) ?? [];
  if (ns === undefined || lat === undefined || ew === undefined || lon === undefined) return null;
  const south = Number(lat) * (ns.toUpperCase() === 'S' ? -1 : 1);
  const west = Number(lon) * (ew.toUpperCase() === 'W' ? -1 : 1);
  return south >= -90 && south <= 89 && west >= -180 && west <= 179 ? { west, south } : null;
}

const plausible = (height: number): boolean => height >= LOWEST_M && height <= HIGHEST_M;
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

/** Marks impossible posts as having no height, and counts. */
function summarise(heights: Int16Array): Pick<TerrainTile, 'voids' | 'impossible' | 'lowest_m' | 'highest_m'> {
  let voids = 0;
  let impossible = 0;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < heights.length; i++) {
    const value = heights[i] as number;
    if (value === VOID) {
      voids++;
    } else if (plausible(value)) {
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    } else {
      impossible++;
      heights[i] = NO_HEIGHT;
    }
  }
  const known = lowest <= highest;
  return { voids, impossible, lowest_m: known ? lowest : null, highest_m: known ? highest : null };
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
  return { ok: true, tile: { ...corner, side, heights_m, ...summarise(heights_m) } };
}

/**
 * Height at a position of a tile in rows and columns from its north-west corner, m: bilinear between the four posts
 * around it, leaving out those without a height and sharing their weight among the others; NaN when none has one.
 */
export function tileHeight({ side, heights_m }: TerrainTile, row: number, column: number): number {
  const r = Math.min(Math.floor(row), side - 2);
  const c = Math.min(Math.floor(column), side - 2);
  const down = row - r;
  const right = column - c;
  const first = r * side + c;
  const nw = heights_m[first] as number;
  const ne = heights_m[first + 1] as number;
  const sw = heights_m[first + side] as number;
  const se = heights_m[first + side + 1] as number;
  if (nw !== NO_HEIGHT && ne !== NO_HEIGHT && sw !== NO_HEIGHT && se !== NO_HEIGHT) {
    return (nw * (1 - right) + ne * right) * (1 - down) + (sw * (1 - right) + se * right) * down;
  }
  let sum = 0;
  let weight = 0;
  const add = (height: number, share: number): void => {
    if (height === NO_HEIGHT) return;
    sum += height * share;
    weight += share;
  };
  add(nw, (1 - right) * (1 - down));
  add(ne, right * (1 - down));
  add(sw, (1 - right) * down);
  add(se, right * down);
  return weight > 0 ? sum / weight : Number.NaN;
}
