import type { Position } from 'geojson';
import type { Corner } from '../../state/network-choice.ts';

type Side = readonly [from: Corner, to: Corner];

const sidesOf = (corners: readonly Corner[]): Side[] =>
  corners.map((corner, at) => [corner, corners[(at + 1) % corners.length] ?? corner]);

/** Latitude at which two sides cross; null where they do not, or only touch. */
function crossingLat([[ax, ay], [bx, by]]: Side, [[cx, cy], [dx, dy]]: Side): number | null {
  const turn = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
  if (turn === 0) return null;
  const along = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / turn;
  const across = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / turn;
  return along > 0 && along < 1 && across > 0 && across < 1 ? ay + along * (by - ay) : null;
}

function crossingLats(corners: readonly Corner[]): number[] {
  const sides = sidesOf(corners);
  return sides.flatMap((side, at) =>
    sides.slice(at + 1).flatMap((other) => {
      const lat = crossingLat(side, other);
      return lat === null ? [] : [lat];
    }),
  );
}

export const isSelfCrossing = (corners: readonly Corner[]): boolean => crossingLats(corners).length > 0;

const lonAt = ([[lon1, lat1], [lon2, lat2]]: Side, lat: number): number =>
  lon1 + ((lat - lat1) / (lat2 - lat1)) * (lon2 - lon1);

/**
 * What a closed outline goes round an odd number of times, as trapezoids side by side: between two neighbouring latitudes of
 * corners and crossings no sides cross, so that what lies inside is between every first and second of them from west to east.
 */
export function evenOddParts(corners: readonly Corner[]): Position[][][] {
  const sides = sidesOf(corners);
  const lats = [...new Set([...corners.map(([, lat]) => lat), ...crossingLats(corners)])].sort((a, b) => a - b);
  return lats.slice(1).flatMap((north, at) => {
    const south = lats[at] ?? north;
    const middle = (south + north) / 2;
    const through = sides
      .filter(([[, lat1], [, lat2]]) => lat1 > middle !== lat2 > middle)
      .sort((a, b) => lonAt(a, middle) - lonAt(b, middle));
    return Array.from({ length: Math.floor(through.length / 2) }, (_, pair) => {
      const [west, east] = [through[2 * pair]!, through[2 * pair + 1]!];
      const first = [lonAt(west, south), south];
      return [[first, [lonAt(east, south), south], [lonAt(east, north), north], [lonAt(west, north), north], first]];
    });
  });
}
