import type { CommuneCoverage, UnitCoverage } from '../../../../server/contract/index.ts';
import type { CoverageRule } from '../../state/coverage-choice.ts';

export type FigureColumn =
  | 'name'
  | 'population'
  | 'people_covered'
  | 'pct_pop'
  | 'area_km2'
  | 'area_covered_km2'
  | 'pct_area'
  | 'centre_covered'
  | 'communes_centre_covered';
export interface Sorting {
  column: FigureColumn;
  descending: boolean;
}

/** The columns of the tables by the chosen rule: its numerator and denominator, then the other shares. */
export const communeColumns = {
  people: ['name', 'population', 'people_covered', 'pct_pop', 'pct_area'],
  area: ['name', 'area_km2', 'area_covered_km2', 'pct_area', 'pct_pop'],
  centre: ['name', 'centre_covered', 'pct_pop', 'pct_area'],
} as const satisfies Record<CoverageRule, readonly FigureColumn[]>;
export const unitColumns = {
  people: communeColumns.people,
  area: communeColumns.area,
  centre: ['name', 'communes_centre_covered', 'pct_pop', 'pct_area'],
} as const satisfies Record<CoverageRule, readonly FigureColumn[]>;

/** What a list opens with: the least covered first. */
export const firstSorting = {
  people: { column: 'pct_pop', descending: false },
  area: { column: 'pct_area', descending: false },
  centre: { column: 'pct_pop', descending: false },
} as const satisfies Record<CoverageRule, Sorting>;

const collator = new Intl.Collator('vi');

/** Sorted for the table; what is not known stands last in both directions, ties go by name. */
export function sortFigures<T extends CommuneCoverage | UnitCoverage>(
  items: readonly T[],
  { column, descending }: Sorting,
): T[] {
  const direction = descending ? -1 : 1;
  const valueOf = (item: T): number | null => {
    const value: unknown = Object.entries(item).find(([name]) => name === column)?.[1];
    return typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : null;
  };
  const keyed = items.map((item) => ({ item, value: valueOf(item) }));
  keyed.sort((a, b) => {
    if (column === 'name') return direction * collator.compare(a.item.name, b.item.name);
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    return direction * (a.value - b.value) || collator.compare(a.item.name, b.item.name);
  });
  return keyed.map(({ item }) => item);
}
