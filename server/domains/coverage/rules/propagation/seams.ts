/** How well rasters of heights meet: the posts that two of them have at the same place. */
import { isNoValue, type LonLatRaster, postBounds, type RasterFacts } from '../lon-lat-raster.ts';

export interface Seam {
  /** Places of the two in the list. */
  a: number;
  b: number;
  /** Posts that both have at the same place, with a height in both. */
  posts: number;
  /** Of them, those whose heights differ. */
  different: number;
  /** Largest difference, m. */
  largest_m: number;
}

/** Posts closer than this are at the same place, in steps of the finer raster. */
const SAME = 0.01;

/** Pairs of rasters whose posts reach the same ground. */
export function bordersOf(rasters: readonly RasterFacts[]): [number, number][] {
  const bounds = rasters.map(postBounds);
  const pairs: [number, number][] = [];
  bounds.forEach(([west, south, east, north], a) => {
    for (let b = a + 1; b < bounds.length; b++) {
      const [w = 0, s = 0, e = 0, n = 0] = bounds[b] ?? [];
      const slack = SAME * Math.min(rasters[a]?.step_lon ?? 0, rasters[b]?.step_lon ?? 0);
      if (w <= east + slack && e >= west - slack && s <= north + slack && n >= south - slack) pairs.push([a, b]);
    }
  });
  return pairs;
}

/** Places along one axis that both rasters have: index in the one, index in the other. */
function shared(from: number, step: number, count: number, ofOther: (position: number) => number, otherCount: number) {
  const pairs: [number, number][] = [];
  for (let i = 0; i < count; i++) {
    const place = ofOther(from + i * step);
    const j = Math.round(place);
    if (j >= 0 && j < otherCount && Math.abs(place - j) <= SAME) pairs.push([i, j]);
  }
  return pairs;
}

function compare(first: LonLatRaster, second: LonLatRaster): Pick<Seam, 'posts' | 'different' | 'largest_m'> {
  // The coarser one is walked: each of its posts is at most one of the finer.
  const [coarse, fine] = first.step_lon >= second.step_lon ? [first, second] : [second, first];
  const columns = shared(
    coarse.west,
    coarse.step_lon,
    coarse.cols,
    (lon) => (lon - fine.west) / fine.step_lon,
    fine.cols,
  );
  const rows = shared(
    coarse.north,
    -coarse.step_lat,
    coarse.rows,
    (lat) => (fine.north - lat) / fine.step_lat,
    fine.rows,
  );
  let [posts, different, largest_m] = [0, 0, 0];
  for (const [i, j] of rows) {
    for (const [column, other] of columns) {
      const a = coarse.values[i * coarse.cols + column] as number;
      const b = fine.values[j * fine.cols + other] as number;
      if (isNoValue(a) || isNoValue(b)) continue;
      posts++;
      if (a === b) continue;
      different++;
      largest_m = Math.max(largest_m, Math.abs(a - b));
    }
  }
  return { posts, different, largest_m };
}

/** The seams of rasters that share posts: on the common edge of two tiles, or where one lies over another. */
export function seamsBetween(rasters: readonly LonLatRaster[]): Seam[] {
  return bordersOf(rasters)
    .map(([a, b]) => ({ a, b, ...compare(rasters[a] as LonLatRaster, rasters[b] as LonLatRaster) }))
    .filter(({ posts }) => posts > 0);
}
