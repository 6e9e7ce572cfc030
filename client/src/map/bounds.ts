/** West, south, east, north in degrees. */
export type Bounds = readonly [number, number, number, number];

/** The bounds of a course, in one piece also across the antimeridian (then past ±180°); null where there is none. */
export function boundsOf(course: readonly (readonly number[])[]): Bounds | null {
  let before = course[0]?.[0] ?? 0;
  return boundsOfAll(
    course.map(([lon = 0, lat = 0]): Bounds => {
      before = lon - 360 * Math.round((lon - before) / 360);
      return [before, lat, before, lat];
    }),
  );
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
