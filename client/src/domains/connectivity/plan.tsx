import type { ConnectivityPlan } from '../../../../server/contract/connectivity.ts';
import { distance, number, t, term } from '../../i18n/index.ts';
import { boundsOf, boundsOfAll } from '../../map/bounds.ts';
import type { AppContext } from '../../state/app-context.ts';
import { type PlanQuestion, planQuery } from '../../state/network-choice.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { InSight } from '../../ui/in-sight.tsx';
import { chooseNetwork } from './chooser.tsx';
import type { ConnectivityData, PlannedSpan } from './data.ts';
import { ExportLinks } from './export-links.tsx';
import { communeNamer, districtNamer } from './names.ts';
import { PlanForm } from './plan-form.tsx';

interface Props {
  app: AppContext;
  data: ConnectivityData;
}

function boundText({ exact, lower_bound, factor, currency }: ConnectivityPlan): string {
  if (exact) return t('network.plan_exact');
  const bound = t('network.plan_bound', { cost: number(lower_bound), currency });
  return factor === null ? bound : `${bound} ${t('network.plan_factor', { factor: number(factor, 1) })}`;
}

interface PlannedRowProps extends Props {
  span: PlannedSpan;
  currency: string;
}

function PlannedRow({ app, data, span, currency }: PlannedRowProps) {
  const isChosen = data.planned.value === span;
  const bbox = boundsOf(span.coordinates);
  const from = span.start_name ?? span.start_code ?? t('network.junction');
  const to = span.end_name ?? span.end_code ?? t('network.junction');
  return (
    <li>
      <button
        type="button"
        class="row row-ranked network-planned"
        aria-pressed={isChosen}
        onClick={() => {
          data.planned.value = isChosen ? null : span;
          if (bbox && !isChosen) app.session.camera.value = { bbox, nearest: 16 };
        }}
      >
        <span class="rank">{number(span.no)}</span>
        <span class="row-body">
          <strong>{`${from} – ${to}`}</strong>
          <span class="row-middle">
            {`${distance(span.length_m)} · ${number(span.cost)} ${currency} · ${term('deployment', span.deployment)}`}
          </span>
        </span>
      </button>
    </li>
  );
}

/** What a plan costs, how sure that is the least, and what it cannot help. */
function Summary({ app, plan }: { app: AppContext; plan: ConnectivityPlan }) {
  const { spans, currency } = plan;
  // Codes of districts or communes: a node may have the same code.
  const name = plan.goal === 'dual' ? districtNamer(app) : communeNamer(app);
  return (
    <>
      {spans.length > 0 && (
        <p class="lead" aria-live="polite">
          {t('network.plan_summary', {
            spans: spans.length,
            length: distance(plan.length_m),
            cost: plan.cost,
            currency,
            wanted: plan.wanted - plan.impossible.length,
          })}
        </p>
      )}
      {plan.impossible.length > 0 && (
        <output class="notice notice-warn">
          {t('network.plan_impossible', {
            count: plan.impossible.length,
            names: plan.impossible.map(name).join(', '),
          })}
        </output>
      )}
      <p class="hint">
        {spans.length > 0 && `${boundText(plan)} `}
        {t(`network.plan_candidates_${plan.along}`, { count: plan.candidates, hop: distance(plan.max_hop_m) })}{' '}
        {t('network.plan_cost', { cost: number(plan.cost_per_m, 2), currency })} {plan.cost_source}
      </p>
    </>
  );
}

function Answer({ app, data, plan, question }: Props & { plan: ConnectivityPlan; question: PlanQuestion }) {
  if (plan.wanted === 0) {
    const nobody = (data.districts.state.value.data?.totals.total ?? 0) === 0;
    return <p class="notice notice-good">{t(nobody ? 'network.empty' : `network.plan_done_${plan.goal}`)}</p>;
  }
  const bbox = boundsOfAll(plan.spans.map(({ coordinates }) => boundsOf(coordinates)));
  return (
    <>
      {bbox && <InSight key={planQuery(question)} app={app} camera={{ bbox }} />}
      <Summary app={app} plan={plan} />
      {plan.spans.length > 0 && (
        <ExportLinks
          app={app}
          kind="plan"
          what={t('network.part_plan')}
          query={`${data.subject.value}&${planQuery(question)}`}
          count={plan.spans.length}
        />
      )}
      <ol class="plain-list network-list">
        {plan.spans.map((span) => (
          <PlannedRow key={span.no} app={app} data={data} span={span} currency={plan.currency} />
        ))}
      </ol>
    </>
  );
}

/** Says what to do when there are no lines to lay cable along. */
function isWithoutLines({ plan }: ConnectivityData): boolean {
  const { status, error } = plan.state.value;
  return status === 'error' && (error?.problem?.type.endsWith(':no-lines') ?? false);
}

/** Asks for a plan; the map goes to its spans as soon as they are known, which may be short for the province. */
function askPlan(app: AppContext, plan: PlanQuestion): void {
  app.session.isToShow.value = true;
  chooseNetwork(app, { plan });
}

/** The cheapest new spans for a goal, with what is known of how cheap they can be; drawn on the map. */
export function PlanSection({ app, data }: Props) {
  const question = data.choice.value.plan;
  return (
    <>
      <p class="hint">{t('network.plan_promise')}</p>
      <PlanForm question={question} onAsk={(plan) => askPlan(app, plan)} />
      {question && isWithoutLines(data) && (
        <div class="notice notice-warn" role="alert">
          <div>
            <p>{t('network.no_lines')}</p>
            <p>
              <code class="command">phusong import lines FILE.geojson</code>
            </p>
          </div>
        </div>
      )}
      {question && !isWithoutLines(data) && (
        <AsyncView resource={data.plan} lines={8}>
          {(plan) => <Answer app={app} data={data} plan={plan} question={question} />}
        </AsyncView>
      )}
    </>
  );
}
