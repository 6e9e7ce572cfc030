import { useState } from 'preact/hooks';
import type { CommuneCoverage } from '../../../../server/contract/wire.ts';
import { number, percent, t, term } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import type { CoverageRule } from '../../state/coverage-choice.ts';
import { selectAndShow } from '../../state/filter-actions.ts';
import { coverageColour } from './classes.ts';
import { communeColumns, type FigureColumn, firstSorting, type Sorting, sortFigures } from './sort.ts';
import { SortHeading } from './sort-heading.tsx';
import { ClassSwatch } from './swatches.tsx';

function cellText(item: CommuneCoverage, column: FigureColumn): string {
  switch (column) {
    case 'population':
    case 'people_covered':
      return number(item[column]);
    case 'area_km2':
    case 'area_covered_km2':
      return number(item[column], 1);
    case 'pct_pop':
    case 'pct_area':
      return percent(item[column]);
    default:
      return item.centre_covered === null ? t('app.unknown') : t(item.centre_covered ? 'app.yes' : 'app.no');
  }
}

interface CommuneRowProps {
  app: AppContext;
  item: CommuneCoverage;
  rule: CoverageRule;
  selected: boolean;
}

function CommuneRow({ app, item, rule, selected }: CommuneRowProps) {
  const [, ...columns] = communeColumns[rule];
  return (
    <tr aria-current={selected ? 'true' : undefined}>
      <th scope="row">
        <button type="button" class="link" onClick={() => selectAndShow(app, { kind: 'commune', id: item.id })}>
          {item.name}
        </button>
        <small class="status-line">
          <ClassSwatch colour={coverageColour(item, rule)} />
          {item.unknown_reason ? term('unknown_reason', item.unknown_reason) : term('coverage_status', item.status)}
        </small>
      </th>
      {columns.map((column) => (
        <td key={column} class="numeric">
          {cellText(item, column)}
        </td>
      ))}
    </tr>
  );
}

/** Communes with the figures of the chosen rule first; every column sorts. */
export function CommuneTable({
  app,
  items,
  rule,
}: {
  app: AppContext;
  items: readonly CommuneCoverage[];
  rule: CoverageRule;
}) {
  const [sorting, setSorting] = useState<Sorting>(firstSorting[rule]);
  const { selection } = app.url.state.value;
  return (
    <div class="table-wide">
      <table class="figures figures-sortable">
        <caption>{t('coverage.table')}</caption>
        <thead>
          <tr>
            {communeColumns[rule].map((column) => (
              <SortHeading key={column} column={column} sorting={sorting} onSort={setSorting} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sortFigures(items, sorting).map((item) => (
            <CommuneRow
              key={item.id}
              app={app}
              item={item}
              rule={rule}
              selected={selection?.kind === 'commune' && selection.id === item.id}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
