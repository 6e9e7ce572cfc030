import type { WhatIfResult } from '../../../../server/contract/planning.ts';
import { number, percent, t, term } from '../../i18n/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { signed } from './format.ts';
import { RequestError } from './request-error.tsx';
import type { PlanningState } from './state.ts';
import { Warnings } from './warnings.tsx';

type Reached = WhatIfResult['before'];

const share = (part: number, whole: number): string => percent(whole > 0 ? (100 * part) / whole : null);

function Delta({ value, text }: { value: number; text: string }) {
  const tone = value > 0 ? 'delta-more' : value < 0 ? 'delta-less' : '';
  return <strong class={`delta ${tone}`}>{text}</strong>;
}

const people = ({ people_covered, population }: Reached) => (
  <>
    {number(people_covered)} <small>{share(people_covered, population)}</small>
  </>
);

const area = ({ area_covered_km2, area_km2 }: Reached) => (
  <>
    {number(area_covered_km2, 1)} <small>{share(area_covered_km2, area_km2)}</small>
  </>
);

type Commune = WhatIfResult['communes'][number];

const isKnownInBoth = ({ status_before, status_after }: Commune): boolean =>
  status_before !== 'unknown' && status_after !== 'unknown';

/** After less before is not the change where communes are in one of the sums only: without this it looks wrong. */
function OneSumOnly({ communes }: { communes: readonly Commune[] }) {
  const count = communes.filter((one) => !isKnownInBoth(one)).length;
  return count > 0 ? <p class="hint">{t('planning.one_sum_only', { count })}</p> : null;
}

function Figures({ result }: { result: WhatIfResult }) {
  const { before, after, delta } = result;
  return (
    <table class="figures plan-figures">
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">{t('planning.result')}</span>
          </th>
          <th scope="col" class="numeric">
            {t('planning.before')}
          </th>
          <th scope="col" class="numeric">
            {t('planning.after')}
          </th>
          <th scope="col" class="numeric">
            {t('planning.delta')}
          </th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{t('planning.people')}</th>
          <td class="numeric">{people(before)}</td>
          <td class="numeric">{people(after)}</td>
          <td class="numeric" data-figure="people" data-value={delta.people}>
            <Delta value={delta.people} text={signed(delta.people)} />
          </td>
        </tr>
        <tr>
          <th scope="row">{t('planning.area')}</th>
          <td class="numeric">{area(before)}</td>
          <td class="numeric">{area(after)}</td>
          <td class="numeric">
            <Delta value={delta.area_km2} text={signed(delta.area_km2, 2)} />
          </td>
        </tr>
      </tbody>
    </table>
  );
}

const shownCommunes = 12;
/** How many people gain or lose; null where one of the two is not known. */
const change = ({ people_before, people_after }: Commune): number | null =>
  people_before === null || people_after === null ? null : people_after - people_before;
const areaChange = ({ area_before_km2, area_after_km2 }: Commune): number | null =>
  area_before_km2 === null || area_after_km2 === null ? null : area_after_km2 - area_before_km2;
/** Communes that become unknown or known come first: the sums differ by all of them. */
const weight = (item: Commune): number => Math.abs(change(item) ?? Number.POSITIVE_INFINITY);
const byWeight = (a: Commune, b: Commune): number => (weight(a) === weight(b) ? 0 : weight(b) - weight(a));
const covered = (people: number | null): string =>
  people === null ? term('coverage_status', 'unknown') : number(people);

function Communes({ communes }: { communes: readonly Commune[] }) {
  const sorted = [...communes].sort(byWeight);
  if (sorted.length === 0) return <p class="hint">{t('planning.no_communes')}</p>;
  return (
    <details class="plan-communes">
      <summary>{t('planning.communes', { count: sorted.length })}</summary>
      <table class="figures figures-compact">
        <thead>
          <tr>
            <th scope="col">{t('coverage.commune')}</th>
            <th scope="col" class="numeric">
              {t('planning.people_before_after')}
            </th>
            <th scope="col" class="numeric">
              {t('planning.delta')}
            </th>
            <th scope="col" class="numeric">
              km²
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, shownCommunes).map((item) => (
            <tr key={item.id}>
              <th scope="row">{item.name}</th>
              <td class="numeric">
                {covered(item.people_before)} → {covered(item.people_after)}
              </td>
              <td class="numeric">{signed(change(item))}</td>
              <td class="numeric">{signed(areaChange(item), 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > shownCommunes && (
        <p class="hint">{t('planning.more_communes', { count: sorted.length - shownCommunes })}</p>
      )}
    </details>
  );
}

/** Beside the figures, and not in their way. */
function More({ state }: { state: PlanningState }) {
  const { answer } = state.whatIf.state.value;
  if (!answer) return null;
  return (
    <div class={state.whatIf.isFresh.value ? 'plan-more' : 'plan-more plan-answer-stale'}>
      <Communes communes={answer.communes} />
      <Warnings warnings={answer.warnings} title={t('planning.warnings', { count: answer.warnings.length })} />
    </div>
  );
}

/** What the changes would do. A figure that is not that of the changes as they are now is marked and dimmed. */
export function Result({ state }: { state: PlanningState }) {
  const { status, answer, error } = state.whatIf.state.value;
  const isFresh = state.whatIf.isFresh.value;
  if (status === 'idle') return null;
  return (
    <>
      <section class="plan-result" aria-label={t('planning.result')} data-fresh={isFresh}>
        <div class="plan-result-head">
          <h3>{t('planning.result')}</h3>
          <Badge tone="info">{t('app.estimated')}</Badge>
          <output class="plan-status">
            {!isFresh && (
              <Badge tone={status === 'error' ? 'bad' : 'warn'}>
                {t(status === 'error' ? (answer ? 'planning.outdated' : 'planning.failed') : 'planning.computing')}
              </Badge>
            )}
          </output>
        </div>
        {answer && (
          <div class={isFresh ? 'plan-answer' : 'plan-answer plan-answer-stale'} aria-busy={!isFresh}>
            <Figures result={answer} />
            <OneSumOnly communes={answer.communes} />
          </div>
        )}
        {!answer && status !== 'error' && <div class="skeleton-line plan-waiting" />}
        {error && <RequestError error={error} onRetry={state.whatIf.retry} />}
      </section>
      <More state={state} />
    </>
  );
}
