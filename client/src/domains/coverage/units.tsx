import { useState } from 'preact/hooks';
import type { UnitCoverage } from '../../../../server/contract/index.ts';
import { number, percent, t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import type { CoverageRule } from '../../state/coverage-choice.ts';
import { districtNote } from '../../state/district-note.ts';
import { filterBy } from '../../state/filter-actions.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import type { CoverageData } from './data.ts';
import { type FigureColumn, firstSorting, type Sorting, sortFigures, unitColumns } from './sort.ts';
import { SortHeading } from './sort-heading.tsx';

function cellText(unit: UnitCoverage, column: FigureColumn): string {
  switch (column) {
    case 'population':
    case 'people_covered':
      return number(unit[column]);
    case 'area_km2':
    case 'area_covered_km2':
      return number(unit[column], 1);
    case 'pct_pop':
    case 'pct_area':
      return percent(unit[column]);
    default:
      return t('app.of', {
        part: unit.communes_centre_covered,
        whole: unit.communes - unit.communes_unknown,
      });
  }
}

function UnitRow({ app, unit, rule }: { app: AppContext; unit: UnitCoverage; rule: CoverageRule }) {
  const [, ...columns] = unitColumns[rule];
  const known = unit.communes - unit.communes_unknown;
  const isChosen = app.url.state.value.filter.district === unit.code;
  const note = [
    t('coverage.unit_communes', { covered: unit.communes_covered, known }),
    unit.communes_unknown > 0 && t('coverage.unit_unknown', { count: unit.communes_unknown }),
  ];
  return (
    <tr class={unit.level === 'province' ? 'total' : ''} aria-current={isChosen ? 'true' : undefined}>
      <th scope="row">
        {unit.level === 'province' ? (
          <strong>{unit.name}</strong>
        ) : (
          <button type="button" class="link" onClick={() => filterBy(app, { district: unit.code })}>
            {unit.name}
          </button>
        )}
        <small class="status-line">{note.filter(Boolean).join(' · ')}</small>
      </th>
      {columns.map((column) => (
        <td key={column} class="numeric">
          {cellText(unit, column)}
        </td>
      ))}
    </tr>
  );
}

interface UnitTableProps {
  app: AppContext;
  districts: readonly UnitCoverage[];
  provinces: readonly UnitCoverage[];
  rule: CoverageRule;
}

function UnitTable({ app, districts, provinces, rule }: UnitTableProps) {
  const [sorting, setSorting] = useState<Sorting>(firstSorting[rule]);
  return (
    <div class="table-wide">
      <table class="figures figures-sortable">
        <caption>{t('coverage.units_table')}</caption>
        <thead>
          <tr>
            {unitColumns[rule].map((column) => (
              <SortHeading
                key={column}
                column={column}
                sorting={sorting}
                onSort={setSorting}
                {...(column === 'name' && { name: t('coverage.unit') })}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {sortFigures(districts, sorting).map((unit) => (
            <UnitRow key={unit.id} app={app} unit={unit} rule={rule} />
          ))}
        </tbody>
        <tfoot>
          {provinces.map((unit) => (
            <UnitRow key={unit.id} app={app} unit={unit} rule={rule} />
          ))}
        </tfoot>
      </table>
    </div>
  );
}

/** Figures of the districts, with those of the province as their total. */
export function UnitsSection({ app, data }: { app: AppContext; data: CoverageData }) {
  const { rule } = data.choice.value;
  return (
    <AsyncView resource={data.districts} lines={8}>
      {(list) =>
        list.items.length === 0 ? (
          <p class="empty">{t('coverage.no_units')}</p>
        ) : (
          <>
            {list.district_note !== null && <p class="hint">{districtNote(app)}</p>}
            <UnitTable
              key={rule}
              app={app}
              districts={list.items}
              provinces={data.province.state.value.data?.items ?? []}
              rule={rule}
            />
          </>
        )
      }
    </AsyncView>
  );
}
