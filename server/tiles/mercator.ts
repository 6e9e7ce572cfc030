/**
 * Web Mercator positions as unsigned 32-bit integers from the north-west corner of the world: 2^32 units a side,
 * 9 mm at the equator. Tile numbers and tile units are bit ranges of such a position.
 */

const WORLD = 2 ** 32;
/** Bits per axis in a Morton key: 2 × 26 bits still fit the 53 bits a number holds exactly. */
const KEY_BITS = 26;
const HALF_MASK = 0x1fff;
const HALF_KEY = 2 ** 26;

function toUnits(fraction: number): number {
  return Math.min(WORLD - 1, Math.max(0, Math.floor(fraction * WORLD)));
}

/** World x of a longitude in degrees; 180 is the east edge, and beyond ±180 it goes on round the world. */
export function worldX(lon: number): number {
  const fraction = lon / 360 + 0.5;
  return toUnits(fraction < 0 || fraction > 1 ? fraction - Math.floor(fraction) : fraction);
}

/** World y of a latitude in degrees; beyond ±85.0511 it is the edge of the world. */
export function worldY(lat: number): number {
  const sine = Math.sin((Math.max(-89.9, Math.min(89.9, lat)) * Math.PI) / 180);
  return toUnits(0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI));
}

/** Spreads 13 bits so that a zero stands between each two. */
function spread(bits: number): number {
  let v = bits;
  v = (v | (v << 8)) & 0x00ff00ff;
  v = (v | (v << 4)) & 0x0f0f0f0f;
  v = (v | (v << 2)) & 0x33333333;
  return (v | (v << 1)) & 0x55555555;
}

/** Upper 26 bits of the Morton (Z-order) key of a world position. */
export function mortonHigh(x: number, y: number): number {
  return spread(x >>> 19) | (spread(y >>> 19) << 1);
}

/** Lower 26 bits of the Morton key; the 6 lowest bits of each axis are not part of the key. */
export function mortonLow(x: number, y: number): number {
  return spread((x >>> 6) & HALF_MASK) | (spread((y >>> 6) & HALF_MASK) << 1);
}

/** Morton key of 52 bits: every tile up to zoom 26 is one contiguous range of keys. */
export function mortonKey(x: number, y: number): number {
  return mortonHigh(x, y) * HALF_KEY + mortonLow(x, y);
}

/** Keys of a tile: `first` up to and without `end`. */
export function tileKeyRange(z: number, x: number, y: number): { first: number; end: number } {
  const shift = 2 ** (32 - z);
  const first = mortonKey(x * shift, y * shift);
  return { first, end: first + 4 ** (KEY_BITS - z) };
}

/**
 * World coordinate to tile units (0 … extent − 1) in its tile at a zoom, to the nearest unit.
 * Never `extent` itself: a point there would lie outside the tile for a renderer that takes no buffer for points.
 */
export function toTileUnit(world: number, z: number, extent: number): number {
  const local = z === 0 ? world : (world << z) >>> 0;
  return Math.min(extent - 1, Math.round((local * extent) / WORLD));
}
