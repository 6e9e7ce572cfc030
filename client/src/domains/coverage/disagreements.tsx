import type { Disagreement, DisagreementList, ModelError } from '../../../../server/contract/index.ts';
import { day, number, percent, t, term } from '../../i18n/index.ts';
import { type AppContext, operatorName } from '../../state/app-context.ts';
import { type DisagreementKind, disagreementKinds } from '../../state/coverage-choice.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { Button } from '../../ui/button.tsx';
import { ChoiceRow } from './choice-row.tsx';
import { type CoverageData, chooseCoverage } from './data.ts';
import { ExportLinks } from './export-links.tsx';
import { dbm, signed } from './words.ts';

/** Selects the commune, with the measured points of the operator and technology on the map. */
export function openDisagreement(app: AppContext, item: Disagreement): void {
  const { operator, technology } = item;
  const unit = app.reference.communes.state.peek().data?.items.find(({ id }) => id === item.commune_id);
  if (unit?.bbox) app.session.camera.value = { bbox: unit.bbox };
  app.url.change({
    selection: { kind: 'commune', id: item.commune_id },
    coverage: { ...app.url.state.peek().coverage, evidence: { operator, technology } },
  });
}

function claimText(item: Disagreement): string {
  const share = item.declared_pct_pop === null ? t('evidence.yes') : percent(item.declared_pct_pop);
  const when = item.declared_as_of === null ? '' : t('evidence.as_of', { date: day(item.declared_as_of) });
  return t('disagreement.claim', {
    declared: [share, when].filter(Boolean).join(' '),
    modelled: item.pct_pop === null ? term('coverage_status', item.status) : percent(item.pct_pop),
  });
}

function measuredText(item: Disagreement): string {
  const lowest = item.lowest_dbm === null ? '' : t('disagreement.lowest', { level: dbm(item.lowest_dbm) });
  const counts = t('disagreement.measured', { below: item.points_below ?? 0, points: item.points ?? 0 });
  return [counts, lowest].filter(Boolean).join(' · ');
}

function DisagreementRow({ app, item }: { app: AppContext; item: Disagreement }) {
  const { selection, coverage } = app.url.state.value;
  const isCurrent =
    selection?.kind === 'commune' &&
    selection.id === item.commune_id &&
    coverage.evidence?.operator === item.operator &&
    coverage.evidence.technology === item.technology;
  return (
    <li>
      <button
        type="button"
        class="row"
        aria-current={isCurrent ? 'true' : undefined}
        onClick={() => openDisagreement(app, item)}
      >
        <span class="row-top">
          <strong>{item.commune_name}</strong>
          <span class="row-name coverage-disagreement-subject">
            {t('coverage.legend_subject', { technology: item.technology, operator: operatorName(app, item.operator) })}
          </span>
        </span>
        <span class="row-middle coverage-disagreement-kind">{t(`disagreement.${item.kind}`)}</span>
        <span class="row-middle">{item.kind === 'claimed_not_modelled' ? claimText(item) : measuredText(item)}</span>
      </button>
    </li>
  );
}

function Counts({ list, kind }: { list: DisagreementList; kind: DisagreementKind | null }) {
  const { claimed_not_modelled: claimed, modelled_not_measured: measured, points_below } = list.counts;
  return (
    <>
      <p class="hint">
        {t('disagreement.compared', {
          claims: list.claims,
          points: list.points,
          from: day(list.measured_from),
        })}
      </p>
      <ul class="coverage-disagreement-counts">
        {kind !== 'modelled_not_measured' && (
          <li>
            {t('disagreement.count_claimed')} <strong>{number(claimed)}</strong>
          </li>
        )}
        {kind !== 'claimed_not_modelled' && (
          <li>
            {t('disagreement.count_measured')} <strong>{number(measured)}</strong>{' '}
            {t('disagreement.count_points', { points: points_below })}
          </li>
        )}
      </ul>
    </>
  );
}

function Rows({ app, data, total }: { app: AppContext; data: CoverageData; total: number }) {
  const { items, more, loadMore } = data.evidence.disagreements;
  return (
    <>
      <ul class="plain-list" aria-label={t('disagreement.list')}>
        {items.value.map((item) => (
          <DisagreementRow key={item.id} app={app} item={item} />
        ))}
      </ul>
      {items.value.length < total && (
        <div class="list-end">
          <span aria-live="polite">
            {more.value === 'failed' ? t('app.error') : t('sites.loaded', { loaded: items.value.length, total })}
          </span>
          <Button onClick={loadMore} disabled={more.value === 'loading'}>
            {more.value === 'loading' ? t('app.loading') : t('sites.more')}
          </Button>
        </div>
      )}
    </>
  );
}

/** How far the model is from the drive tests, by operator and technology. */
function ModelErrors({ app, statistics }: { app: AppContext; statistics: readonly ModelError[] }) {
  if (statistics.length === 0) return null;
  return (
    <details class="coverage-errors">
      <summary>{t('disagreement.statistics')}</summary>
      <table class="figures figures-compact">
        <caption class="visually-hidden">{t('disagreement.statistics')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('filter.operator')}</th>
            <th scope="col" class="numeric">
              {t('disagreement.points')}
            </th>
            <th scope="col" class="numeric">
              {t('disagreement.error')}
            </th>
            <th scope="col" class="numeric">
              {t('disagreement.covered_below')}
            </th>
          </tr>
        </thead>
        <tbody>
          {statistics.map((item) => (
            <tr key={`${item.operator} ${item.technology}`}>
              <th scope="row">{`${item.technology} · ${operatorName(app, item.operator)}`}</th>
              <td class="numeric">{t('app.of', { part: item.modelled_points, whole: item.points })}</td>
              <td class="numeric">
                {item.mean_error_db === null
                  ? '–'
                  : `${signed(item.mean_error_db)} ± ${number(item.sd_error_db, 1)} dB`}
              </td>
              <td class="numeric">{t('app.of', { part: item.covered_below, whole: item.covered_points })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** Why the list is empty: nothing to compare with, or nothing that differs. */
function nothingText(list: DisagreementList): string {
  if (list.claims === 0 && list.points === 0) return t('disagreement.nothing_compared');
  return t('disagreement.none');
}

/** Where what is declared, modelled and measured do not agree. */
export function DisagreementsSection({ app, data }: { app: AppContext; data: CoverageData }) {
  const { disagreement } = data.choice.value;
  return (
    <>
      <ChoiceRow
        label={t('disagreement.kinds')}
        value={disagreement ?? 'all'}
        options={(['all', ...disagreementKinds] as const).map((value) => ({
          value,
          label: t(`disagreement.filter_${value}`),
        }))}
        onChange={(value) => chooseCoverage(app, { disagreement: value === 'all' ? null : value })}
      />
      <AsyncView resource={data.evidence.disagreements.first} lines={6}>
        {(list) => (
          <>
            <div class="list-head">
              <h2 class="list-count" aria-live="polite">
                {t('disagreement.count', { count: list.numberMatched })}
              </h2>
              <Counts list={list} kind={disagreement} />
              <ModelErrors app={app} statistics={list.statistics} />
            </div>
            {list.numberMatched === 0 ? (
              <p class="empty">{nothingText(list)}</p>
            ) : (
              <>
                <ExportLinks
                  app={app}
                  what="disagreements"
                  query={data.evidence.query.value}
                  count={list.numberMatched}
                />
                <Rows app={app} data={data} total={list.numberMatched} />
              </>
            )}
          </>
        )}
      </AsyncView>
    </>
  );
}
