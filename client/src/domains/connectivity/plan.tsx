import { useState } from 'preact/hooks';
import type { ConnectivityPlan } from '../../../../server/contract/connectivity.ts';
import { distance, language, number, t, term } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { Button } from '../../ui/button.tsx';
import { DownloadLinks } from '../../ui/download-links.tsx';
import { Segments } from '../../ui/segments.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { type ConnectivityData, initialPlan, type PlanQuestion, planQuery } from './data.ts';

interface Props {
  app: AppContext;
  data: ConnectivityData;
}

const goals = ['dual', 'extend'] as const;
const ways = ['straight', 'lines'] as const;
const deployments = ['aerial', 'buried', 'duct'] as const;

function Form({ data }: { data: ConnectivityData }) {
  const [question, setQuestion] = useState<PlanQuestion>(data.planQuestion.peek() ?? initialPlan);
  const change = (part: Partial<PlanQuestion>): void => setQuestion((known) => ({ ...known, ...part }));
  return (
    <>
      <Segments
        label={t('network.goal')}
        value={question.goal}
        options={goals.map((value) => ({ value, label: t(`network.goal_${value}`) }))}
        onChange={(goal) => change({ goal })}
      />
      <div class="filter-grid">
        <SelectField
          label={t('network.along')}
          value={question.along}
          options={ways.map((value) => ({ value, label: t(`network.along_${value}`) }))}
          onChange={(value) => change({ along: ways.find((way) => way === value) ?? 'straight' })}
        />
        <SelectField
          label={t('fibre.deployment')}
          value={question.deployment}
          options={deployments.map((value) => ({ value, label: term('deployment', value) }))}
          onChange={(value) => change({ deployment: deployments.find((kind) => kind === value) ?? 'aerial' })}
        />
        <TextField
          label={t('network.max_hop')}
          value={question.max_hop_m}
          placeholder={t('network.preset')}
          onChange={(max_hop_m) => change({ max_hop_m })}
        />
        <TextField
          label={t('network.cost_per_m')}
          value={question.cost_per_m}
          placeholder={t('network.preset')}
          onChange={(cost_per_m) => change({ cost_per_m })}
        />
      </div>
      <Button kind="primary" onClick={() => (data.planQuestion.value = question)}>
        {t('network.compute_plan')}
      </Button>
    </>
  );
}

function boundText({ exact, lower_bound, factor, currency }: ConnectivityPlan): string {
  if (exact) return t('network.plan_exact');
  const bound = t('network.plan_bound', { cost: number(lower_bound), currency });
  return factor === null ? bound : `${bound} ${t('network.plan_factor', { factor: number(factor, 1) })}`;
}

function PlannedSpan({
  app,
  span,
  currency,
}: {
  app: AppContext;
  span: ConnectivityPlan['spans'][number];
  currency: string;
}) {
  const [lon, lat] = span.coordinates[Math.floor(span.coordinates.length / 2)] ?? [];
  const show = (): void => {
    if (lon !== undefined && lat !== undefined) app.session.camera.value = { point: { lon, lat, zoom: 12 } };
  };
  const title = `${number(span.no)}. ${span.start_code ?? '…'} – ${span.end_code ?? '…'}`;
  return (
    <li>
      <button type="button" class="row" aria-label={title} onClick={show}>
        <span class="row-body">
          <span class="row-top">
            <strong>{title}</strong>
          </span>
          <span class="row-middle">
            {`${distance(span.length_m)} · ${number(span.cost)} ${currency} · ${term('deployment', span.deployment)}`}
          </span>
        </span>
      </button>
    </li>
  );
}

function Answer({ app, data, plan }: Props & { plan: ConnectivityPlan }) {
  if (plan.wanted === 0) return <p class="notice notice-good">{t(`network.plan_done_${plan.goal}`)}</p>;
  const query = data.planQuestion.value ? `${data.subject.value}&${planQuery(data.planQuestion.value)}` : '';
  return (
    <>
      <p class="lead" aria-live="polite">
        {t('network.plan_summary', {
          spans: number(plan.spans.length),
          length: distance(plan.length_m),
          cost: number(plan.cost),
          currency: plan.currency,
          wanted: number(plan.wanted),
        })}
      </p>
      <p class="hint">
        {boundText(plan)} {t('network.plan_candidates', { count: number(plan.candidates) })} {plan.cost_source}
      </p>
      {plan.impossible.length > 0 && (
        <p class="notice notice-error">{t('network.plan_impossible', { codes: plan.impossible.join(', ') })}</p>
      )}
      <DownloadLinks
        what={t('network.part_plan')}
        links={['csv', 'xlsx', 'geojson'].map((format) => ({
          label: format.toUpperCase(),
          href: app.api.href(`/exports/plan.${format}?${query}&lang=${language.value}`),
        }))}
      />
      <ol class="plain-list">
        {plan.spans.map((span) => (
          <PlannedSpan key={span.no} app={app} span={span} currency={plan.currency} />
        ))}
      </ol>
    </>
  );
}

/** The cheapest new spans for a goal, with what is known of how cheap they can be; drawn on the map. */
export function PlanSection({ app, data }: Props) {
  return (
    <>
      <p class="hint">{t('network.plan_promise')}</p>
      <Form data={data} />
      {data.planQuestion.value && (
        <AsyncView resource={data.plan}>{(plan) => <Answer app={app} data={data} plan={plan} />}</AsyncView>
      )}
    </>
  );
}
