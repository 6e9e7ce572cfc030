type Place = readonly [lon: number, lat: number];

/** Half way along a course as it is drawn; the courses of cable are short enough to take degrees for a plane. */
export function middleOf(course: readonly Place[]): Place {
  const [first = [0, 0], ...others] = course;
  const scale = Math.cos((first[1] * Math.PI) / 180);
  let from: Place = first;
  const pieces = others.map((to) => {
    const piece = { from, to, length: Math.hypot((to[0] - from[0]) * scale, to[1] - from[1]) };
    from = to;
    return piece;
  });
  let left = pieces.reduce((sum, { length }) => sum + length, 0) / 2;
  for (const { from: start, to, length } of pieces) {
    if (length > 0 && left <= length) {
      const share = left / length;
      return [start[0] + share * (to[0] - start[0]), start[1] + share * (to[1] - start[1])];
    }
    left -= length;
  }
  return first;
}
