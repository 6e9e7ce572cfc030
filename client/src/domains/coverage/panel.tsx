import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import type { CommuneCoverage, CommuneCoverageList } from '../../../../server/contract/wire.ts';
import { number, percent, t, term } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { selectAndShow } from '../../state/filter-actions.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { Bar } from '../../ui/bar.tsx';
import { FilterBox } from '../../ui/filter-box.tsx';
import { classColours, coverageClass } from './classes.ts';
import type { CoverageData } from './data.ts';
import { ClassSwatch } from './legend.tsx';
import { RunNote } from './run-note.tsx';
import { type SortColumn, type Sorting, sortColumns, sortCommunes } from './sort.ts';

const headings = {
  name: 'coverage.commune',
  population: 'coverage.population',
  people_covered: 'coverage.covered',
  pct_pop: 'coverage.pct_pop',
  pct_area: 'coverage.pct_area',
} as const satisfies Record<SortColumn, string>;

function Figure({ label, part, whole, value }: { label: string; part: string; whole: string; value: number | null }) {
  return (
    <div class="ratio">
      <div class="ratio-line">
        <span>{label}</span>
        <strong>{percent(value)}</strong>
      </div>
      <Bar value={value} />
      <p class="hint">{t('app.of', { part, whole })}</p>
    </div>
  );
}

function Totals({ totals }: { totals: CommuneCoverageList['totals'] }) {
  const known = totals.communes - totals.communes_unknown;
  const share = (part: number): number | null => (known > 0 ? (100 * part) / known : null);
  return (
    <section class="card" aria-label={t('coverage.title')}>
      <Figure
        label={t('coverage.people')}
        part={number(totals.people_covered)}
        whole={number(totals.population)}
        value={totals.pct_pop}
      />
      <Figure
        label={t('coverage.area')}
        part={`${number(totals.area_covered_km2, 1)} km²`}
        whole={`${number(totals.area_km2, 1)} km²`}
        value={totals.pct_area}
      />
      <Figure
        label={t('coverage.communes')}
        part={number(totals.communes_covered)}
        whole={number(known)}
        value={share(totals.communes_covered)}
      />
      <Figure
        label={t('coverage.centres')}
        part={number(totals.communes_centre_covered)}
        whole={number(known)}
        value={share(totals.communes_centre_covered)}
      />
      {totals.communes_unknown > 0 && (
        <p class="hint">{t('coverage.unknown_note', { count: totals.communes_unknown })}</p>
      )}
    </section>
  );
}

function SortHeading({
  column,
  sorting,
  onSort,
}: {
  column: SortColumn;
  sorting: Sorting;
  onSort: (next: Sorting) => void;
}) {
  const active = sorting.column === column;
  const order = sorting.descending ? 'descending' : 'ascending';
  const name = t(headings[column]);
  return (
    <th scope="col" class={column === 'name' ? '' : 'numeric'} aria-sort={active ? order : undefined}>
      <button
        type="button"
        class={active ? `sort sort-${order}` : 'sort'}
        aria-label={t('coverage.sort_by', { column: name })}
        onClick={() => onSort({ column, descending: active ? !sorting.descending : column === 'population' })}
      >
        {name}
      </button>
    </th>
  );
}

function CommuneRow({ app, item, selected }: { app: AppContext; item: CommuneCoverage; selected: boolean }) {
  const index = coverageClass(item);
  return (
    <tr aria-current={selected ? 'true' : undefined}>
      <th scope="row">
        <button type="button" class="link" onClick={() => selectAndShow(app, { kind: 'commune', id: item.id })}>
          {item.name}
        </button>
        <small class="status-line">
          <ClassSwatch colour={classColours[index] ?? null} /> {term('coverage_status', item.status)}
        </small>
      </th>
      <td class="numeric">{number(item.population)}</td>
      <td class="numeric">{number(item.people_covered)}</td>
      <td class="numeric">{percent(item.pct_pop)}</td>
      <td class="numeric">{percent(item.pct_area)}</td>
    </tr>
  );
}

function CommuneTable({ app, items }: { app: AppContext; items: readonly CommuneCoverage[] }) {
  const [sorting, setSorting] = useState<Sorting>({ column: 'pct_pop', descending: false });
  const { selection } = app.url.state.value;
  return (
    <div class="table-wide">
      <table class="figures figures-sortable">
        <caption>{t('coverage.table')}</caption>
        <thead>
          <tr>
            {sortColumns.map((column) => (
              <SortHeading key={column} column={column} sorting={sorting} onSort={setSorting} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sortCommunes(items, sorting).map((item) => (
            <CommuneRow
              key={item.id}
              app={app}
              item={item}
              selected={selection?.kind === 'commune' && selection.id === item.id}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

export interface CoveragePanelProps {
  app: AppContext;
  data: CoverageData;
  CommonFilter: ComponentType;
}

export function CoveragePanel({ app, data, CommonFilter }: CoveragePanelProps) {
  return (
    <>
      <FilterBox>
        <CommonFilter />
      </FilterBox>
      <AsyncView resource={data.communes} lines={8}>
        {(list) => (
          <>
            <RunNote app={app} data={data} run={list.run} />
            <Totals totals={list.totals} />
            {data.shown.value.length === 0 ? (
              <p class="empty">{t('coverage.empty')}</p>
            ) : (
              <CommuneTable app={app} items={data.shown.value} />
            )}
          </>
        )}
      </AsyncView>
    </>
  );
}
