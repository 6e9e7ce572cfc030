import type { CommuneCoverage } from '../../../../server/contract/wire.ts';
import { cividisClasses } from '../../map/palette.ts';

/** Lower bounds of the classes, per cent of people. The last is the rule by which a commune counts as covered. */
export const classBounds = [0, 25, 50, 80, 95] as const;
export const classColours = cividisClasses(classBounds.length);
/** Class of a commune of which nothing is known: not the lowest class, and in no sum. */
export const unknownClass = -1;

/** The class of a percentage of people covered; `unknownClass` where it is not known. */
export function coverageClass({ status, pct_pop: percent }: Pick<CommuneCoverage, 'status' | 'pct_pop'>): number {
  if (status === 'unknown' || percent === null) return unknownClass;
  return classBounds.findLastIndex((bound) => percent >= bound);
}

export interface LegendClass {
  index: number;
  from: number | null;
  to: number | null;
  colour: string | null;
  count: number;
}

/** The classes from the best to the worst, then "unknown", each with how many communes it has. */
export function legendClasses(items: readonly Pick<CommuneCoverage, 'status' | 'pct_pop'>[]): LegendClass[] {
  const counts = new Map<number, number>();
  for (const item of items) counts.set(coverageClass(item), (counts.get(coverageClass(item)) ?? 0) + 1);
  const known = classBounds.map((from, index) => ({
    index,
    from,
    to: classBounds[index + 1] ?? null,
    colour: classColours[index] ?? null,
    count: counts.get(index) ?? 0,
  }));
  const unknown = { index: unknownClass, from: null, to: null, colour: null, count: counts.get(unknownClass) ?? 0 };
  return [...known.reverse(), unknown];
}
