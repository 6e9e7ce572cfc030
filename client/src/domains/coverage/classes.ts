import type { CommuneCoverage } from '../../../../server/contract/wire.ts';
import { cividisClasses } from '../../map/palette.ts';
import type { CoverageRule } from '../../state/coverage-choice.ts';

/** Lower bounds of the classes, per cent of people or area. The last is the rule by which a commune counts as covered. */
export const classBounds = [0, 25, 50, 80, 95] as const;
export const classColours = cividisClasses(classBounds.length);
/** Class of a commune of which nothing is known: not the lowest class, and in no sum. */
export const unknownClass = -1;

export type ClassedCommune = Pick<CommuneCoverage, 'status' | 'pct_pop' | 'pct_area' | 'centre_covered'>;

/** The share that a rule goes by, per cent; a centre is covered whole or not at all. Null where it is not known. */
export function ruleShare(item: ClassedCommune, rule: CoverageRule): number | null {
  if (item.status === 'unknown') return null;
  if (rule === 'people') return item.pct_pop;
  if (rule === 'area') return item.pct_area;
  return item.centre_covered === null ? null : Number(item.centre_covered) * 100;
}

/** The class of a commune by a rule; `unknownClass` where it is not known. */
export function coverageClass(item: ClassedCommune, rule: CoverageRule = 'people'): number {
  const share = ruleShare(item, rule);
  return share === null ? unknownClass : classBounds.findLastIndex((bound) => share >= bound);
}

/** The colour of a commune by a rule; null where it is not known. */
export function coverageColour(item: ClassedCommune, rule: CoverageRule): string | null {
  return classColours[coverageClass(item, rule)] ?? null;
}

export interface LegendClass {
  index: number;
  from: number | null;
  to: number | null;
  colour: string | null;
  count: number;
}

/** The classes from the best to the worst, then "unknown", each with how many communes it has. A centre has two. */
export function legendClasses(items: readonly ClassedCommune[], rule: CoverageRule): LegendClass[] {
  const counts = new Map<number, number>();
  for (const item of items) {
    const index = coverageClass(item, rule);
    counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  const known = classBounds.map((from, index) => ({
    index,
    from,
    to: classBounds[index + 1] ?? null,
    colour: classColours[index] ?? null,
    count: counts.get(index) ?? 0,
  }));
  const unknown = { index: unknownClass, from: null, to: null, colour: null, count: counts.get(unknownClass) ?? 0 };
  const shown = rule === 'centre' ? known.filter(({ index, to }) => index === 0 || to === null) : known;
  return [...shown.reverse(), unknown];
}
