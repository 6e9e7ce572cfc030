/** West, south, east, north in degrees. */
export type Bounds = readonly [number, number, number, number];

/** The bounds of a course; null where there is none. */
export function boundsOf(course: readonly (readonly [number, number])[]): Bounds | null {
  return boundsOfAll(course.map(([lon, lat]): Bounds => [lon, lat, lon, lat]));
}

/** What holds all of these; null when there are none. */
export function boundsOfAll(all: readonly (Bounds | null | undefined)[]): Bounds | null {
  let bounds: Bounds | null = null;
  for (const one of all) {
    if (!one) continue;
    const [west, south, east, north]: Bounds = bounds ?? one;
    bounds = [Math.min(west, one[0]), Math.min(south, one[1]), Math.max(east, one[2]), Math.max(north, one[3])];
  }
  return bounds;
}
