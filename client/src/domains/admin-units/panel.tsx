import { useState } from 'preact/hooks';
import type { SiteList, Summary } from '../../../../server/contract/wire.ts';
import type { Resource } from '../../api/resource.ts';
import { number, t } from '../../i18n/index.ts';
import { type AppContext, operatorsByCode } from '../../state/app-context.ts';
import { districtNote } from '../../state/district-note.ts';
import { filterParams } from '../../state/filter.ts';
import { filterBy } from '../../state/filter-actions.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { Bar } from '../../ui/bar.tsx';
import { Indicators } from './indicators.tsx';

interface OverviewProps {
  app: AppContext;
  summary: Resource<Summary>;
  /** Nothing is asked for while nothing is filtered by. */
  filtered: Resource<Pick<SiteList, 'counts'>>;
}

function Counts({ counts }: { counts: Summary['counts'] }) {
  return (
    <>
      <dl class="big-counts">
        {(['sites', 'stations', 'cells'] as const).map((name) => (
          <div key={name}>
            <dd data-count={name}>{number(counts[name])}</dd>
            <dt>{t(`summary.${name}`)}</dt>
          </div>
        ))}
      </dl>
      <p class="hint">{t('summary.counts_note')}</p>
    </>
  );
}

/** The counts of the filter, before those of the whole province. */
function FilteredCounts({ filtered }: Pick<OverviewProps, 'filtered'>) {
  return (
    <section class="card" aria-label={t('summary.filtered')}>
      <h3>{t('summary.filtered')}</h3>
      <AsyncView resource={filtered} lines={1}>
        {({ counts }) => <p data-count="filtered">{t('sites.count', counts)}</p>}
      </AsyncView>
      <p class="hint">{t('summary.whole_province_note')}</p>
    </section>
  );
}

function Ratio({ label, part, whole }: { label: string; part: number; whole: number }) {
  return (
    <div class="ratio">
      <div class="ratio-line">
        <span>{label}</span>
        <strong>{t('app.of', { part, whole })}</strong>
      </div>
      <Bar value={whole > 0 ? (100 * part) / whole : null} />
    </div>
  );
}

function Situation({ summary }: { summary: Summary }) {
  const { district_centres: centres, communes } = summary;
  const unknown = communes.unknown ?? 0;
  return (
    <section class="card" aria-label={t('summary.title')}>
      {centres.total > 0 && (
        <>
          <Ratio label={t('summary.district_centres')} part={centres.on_fibre} whole={centres.total} />
          <Ratio label={t('summary.dual')} part={centres.dual} whole={centres.total} />
        </>
      )}
      {communes.covered !== null && (
        <Ratio
          label={`${t('summary.communes_covered')} · ${t('app.estimated')}`}
          part={communes.covered}
          whole={communes.total - unknown}
        />
      )}
      {unknown > 0 && <p class="hint">{t('coverage.unknown_note', { count: unknown })}</p>}
    </section>
  );
}

interface GroupRow {
  code: string | null;
  name: string;
  sites: number;
  stations: number;
  cells: number;
}

interface GroupTableProps {
  title: string;
  note?: string;
  rows: readonly GroupRow[];
  colour?: (code: string | null) => string | undefined;
  onPick?: (code: string) => void;
}

const firstRows = 15;

function GroupTable({ title, note, rows, colour, onPick }: GroupTableProps) {
  const [all, setAll] = useState(false);
  if (rows.length === 0) return null;
  const shown = all ? rows : rows.slice(0, firstRows);
  const most = Math.max(...rows.map((row) => row.sites), 1);
  return (
    <section class="card">
      <table class="figures">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">{title}</span>
            </th>
            {(['sites', 'stations', 'cells'] as const).map((name) => (
              <th key={name} scope="col" class="numeric">
                {t(`summary.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.code ?? ''}>
              <th scope="row">
                {onPick && row.code !== null ? (
                  <button type="button" class="link" onClick={() => onPick(row.code ?? '')}>
                    {row.name}
                  </button>
                ) : (
                  <span>{row.code === null ? t('summary.outside') : row.name}</span>
                )}
                <Bar value={(100 * row.sites) / most} colour={colour?.(row.code)} />
              </th>
              <td class="numeric">{number(row.sites)}</td>
              <td class="numeric">{number(row.stations)}</td>
              <td class="numeric">{number(row.cells)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {note && <p class="hint">{note}</p>}
      {rows.length > firstRows && (
        <button type="button" class="link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('summary.fewer') : t('summary.all', { count: rows.length })}
        </button>
      )}
    </section>
  );
}

export function OverviewPanel({ app, summary, filtered }: OverviewProps) {
  const operators = operatorsByCode(app);
  const isFiltered = filterParams(app.url.state.value.filter, null).size > 0;
  const showSites = (change: Parameters<typeof filterBy>[1]): void => {
    app.url.change({ tab: 'sites' });
    filterBy(app, change);
  };
  return (
    <AsyncView resource={summary} lines={8}>
      {(data) => {
        const hasDistricts = (data.vintage?.districts ?? 0) > 0;
        return (
          <>
            {isFiltered && <FilteredCounts filtered={filtered} />}
            <Counts counts={data.counts} />
            <Situation summary={data} />
            {!hasDistricts && (
              <GroupTable
                title={t('summary.by_commune')}
                rows={data.by_commune}
                onPick={(commune) => showSites({ district: undefined, commune })}
              />
            )}
            <GroupTable
              title={t('summary.by_district')}
              {...(!hasDistricts && { note: districtNote(app) })}
              rows={data.by_district}
              onPick={(district) => showSites({ district })}
            />
            <GroupTable
              title={t('summary.by_operator')}
              rows={data.by_operator}
              colour={(code) => operators.get(code ?? '')?.colour}
              onPick={(operator) => showSites({ operator })}
            />
            <GroupTable title={t('summary.by_technology')} rows={data.by_technology} />
            <Indicators summary={data} />
            {data.notes.length > 0 && (
              <section class="card">
                <h3>{t('summary.notes')}</h3>
                {data.notes.map((note) => (
                  <p key={note} class="hint">
                    {note}
                  </p>
                ))}
              </section>
            )}
          </>
        );
      }}
    </AsyncView>
  );
}
