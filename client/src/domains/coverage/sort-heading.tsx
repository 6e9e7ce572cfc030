import { t } from '../../i18n/index.ts';
import type { FigureColumn, Sorting } from './sort.ts';

const headings = {
  name: 'coverage.commune',
  population: 'coverage.population',
  people_covered: 'coverage.covered',
  pct_pop: 'coverage.pct_pop',
  area_km2: 'coverage.area_km2',
  area_covered_km2: 'coverage.covered_km2',
  pct_area: 'coverage.pct_area',
  centre_covered: 'coverage.centre',
  communes_centre_covered: 'coverage.centres_short',
} as const satisfies Record<FigureColumn, string>;

const countsFirst: ReadonlySet<FigureColumn> = new Set(['population', 'area_km2']);

interface SortHeadingProps {
  column: FigureColumn;
  /** Instead of "commune". */
  name?: string;
  sorting: Sorting;
  onSort: (next: Sorting) => void;
}

/** The heading of a column, which sorts by it. */
export function SortHeading({ column, name = t(headings[column]), sorting, onSort }: SortHeadingProps) {
  const active = sorting.column === column;
  const order = sorting.descending ? 'descending' : 'ascending';
  return (
    <th scope="col" class={column === 'name' ? '' : 'numeric'} aria-sort={active ? order : undefined}>
      <button
        type="button"
        class={active ? `sort sort-${order}` : 'sort'}
        aria-label={t('coverage.sort_by', { column: name })}
        onClick={() => onSort({ column, descending: active ? !sorting.descending : countsFirst.has(column) })}
      >
        {name}
      </button>
    </th>
  );
}
