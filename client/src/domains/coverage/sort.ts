import type { CommuneCoverage } from '../../../../server/contract/wire.ts';

export const sortColumns = ['name', 'population', 'people_covered', 'pct_pop', 'pct_area'] as const;
export type SortColumn = (typeof sortColumns)[number];
export interface Sorting {
  column: SortColumn;
  descending: boolean;
}

const collator = new Intl.Collator('vi');

/** Sorted for the table; what is not known stands last in both directions, ties go by name. */
export function sortCommunes(items: readonly CommuneCoverage[], { column, descending }: Sorting): CommuneCoverage[] {
  const direction = descending ? -1 : 1;
  return [...items].sort((a, b) => {
    if (column === 'name') return direction * collator.compare(a.name, b.name);
    const [left, right] = [a[column], b[column]];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return direction * (left - right) || collator.compare(a.name, b.name);
  });
}
