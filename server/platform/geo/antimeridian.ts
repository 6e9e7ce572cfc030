/** Lines across the antimeridian: drawn on past ±180°, written within it, or cut there. */
import type { LineString, MultiLineString } from 'geojson';
import { along, type LonLat } from './geodesic.ts';

const HALF_TURN = 180;
const TURN = 360;
/** What a turn more or less leaves in the last bits is far below what exports write. */
const toNanodegree = (degrees: number): number => Number(degrees.toFixed(9));

/** A position of a file or of the database; its height, if any, is left out. */
type AnyPosition = readonly number[];

/** A longitude within ±180°; within it, the same to the last bit. */
export function wrappedLongitude(lon: number): number {
  return Math.abs(lon) <= HALF_TURN ? lon : toNanodegree(lon - TURN * Math.round(lon / TURN));
}

/**
 * A line drawn on past ±180°, as accepting that repair stores it, written within ±180°: what standards and other programs take.
 * {@link unwrapped} reads it as it was.
 */
export function wrapped(line: readonly AnyPosition[]): [number, number][] {
  return line.map(([lon = 0, lat = 0]) => [wrappedLongitude(lon), lat]);
}

/** Whether a line has a position past ±180°. */
export const isPastAntimeridian = (line: readonly AnyPosition[]): boolean =>
  line.some(([lon = 0]) => Math.abs(lon) > HALF_TURN);

/**
 * The line with longitudes that go on past ±180° instead of jumping: each position the short way from the one before. Only a jump
 * is mended: elsewhere the longitude stays as it is, to the last bit.
 */
export function unwrapped(line: readonly AnyPosition[]): [number, number][] {
  let before: number | undefined;
  return line.map(([lon = 0, lat = 0]) => {
    const jumps = before !== undefined && Math.abs(lon - before) > HALF_TURN;
    const near = jumps ? toNanodegree(lon - TURN * Math.round((lon - (before ?? 0)) / TURN)) : lon;
    before = near;
    return [near, lat];
  });
}

/**
 * The line as GeoJSON wants it: within ±180°, and cut in parts where it crosses the antimeridian, so that no reader draws it the
 * long way round the earth (RFC 7946, 3.1.9).
 */
export function cutAtAntimeridian(line: readonly AnyPosition[]): LineString | MultiLineString {
  const flat = unwrapped(line);
  const parts: [number, number][][] = [];
  let turn: number | undefined;
  for (let at = 1; at < flat.length; at++) {
    for (const [from, to] of piecesOf(flat[at - 1]!, flat[at]!)) {
      const own = Math.round((from[0] + to[0]) / 2 / TURN);
      const within = ([lon, lat]: LonLat): [number, number] => [own === 0 ? lon : toNanodegree(lon - TURN * own), lat];
      if (own !== turn) parts.push([within(from)]);
      turn = own;
      parts.at(-1)!.push(within(to));
    }
  }
  const [only = wrapped(flat), ...others] = parts;
  return others.length === 0
    ? { type: 'LineString', coordinates: only }
    : { type: 'MultiLineString', coordinates: parts };
}

/** A segment, in two where it crosses the antimeridian. */
function piecesOf(from: LonLat, to: LonLat): [LonLat, LonLat][] {
  const middle = (from[0] + to[0]) / 2;
  const meridian = HALF_TURN + TURN * Math.round((middle - HALF_TURN) / TURN);
  if ((from[0] - meridian) * (to[0] - meridian) >= 0) return [[from, to]];
  const [, lat] = along(from, to, (meridian - from[0]) / (to[0] - from[0]));
  const crossing: LonLat = [meridian, toNanodegree(lat)];
  return [
    [from, crossing],
    [crossing, to],
  ];
}
