import type { Suggestion, SuggestResult } from '../../../../../server/contract/planning.ts';
import { distance, number, percent, t } from '../../../i18n/index.ts';
import type { AppContext } from '../../../state/app-context.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { antennaHeightLimits, changesOf } from '../changes/plan.ts';
import { signed } from '../format.ts';
import { RequestError } from '../request-error.tsx';
import { SuggestionSign } from '../sign.tsx';
import { addChanges, type PlanningState } from '../state.ts';
import { type SuggestForm, sharingChoices, suggestRequest, takenOverOnce } from './request.ts';

function Form({ form, onChange }: { form: SuggestForm; onChange: (form: SuggestForm) => void }) {
  const set = (change: Partial<SuggestForm>): void => onChange({ ...form, ...change });
  return (
    <div class="filter-grid">
      <NumberField
        label={t('suggest.count')}
        value={form.count}
        limits={[1, 50]}
        isWhole
        onChange={(count) => set({ count })}
      />
      <NumberField
        label={t('planning.height')}
        value={form.antenna_height_m}
        limits={antennaHeightLimits}
        onChange={(antenna_height_m) => set({ antenna_height_m })}
      />
      <SelectField
        label={t('suggest.sharing')}
        value={form.sharing}
        options={sharingChoices.map((value) => ({ value, label: t(`suggest.sharing.${value}`) }))}
        onChange={(value) => set({ sharing: sharingChoices.find((known) => known === value) ?? form.sharing })}
      />
      <NumberField
        label={`${t('suggest.spacing_urban')} (m)`}
        value={form.spacing_urban_m}
        limits={[0, 20_000]}
        onChange={(spacing_urban_m) => set({ spacing_urban_m })}
      />
      <NumberField
        label={`${t('suggest.spacing_rural')} (m)`}
        value={form.spacing_rural_m}
        limits={[0, 20_000]}
        onChange={(spacing_rural_m) => set({ spacing_rural_m })}
      />
    </div>
  );
}

const zoomOfSuggestion = 12;

const beside = (metres: number | null, code: string | null = null): string =>
  metres === null ? '–' : [distance(metres), code && `(${code})`].filter(Boolean).join(' ');

/** They are planned for what they were asked for, also where something else is looked at meanwhile. */
function takeOver(state: PlanningState, items: readonly Suggestion[]): void {
  const { request } = state.suggest.peek();
  addChanges(state, takenOverOnce(items, changesOf(state.plan.peek())), request ?? undefined);
}

function Row({ app, state, item }: { app: AppContext; state: PlanningState; item: Suggestion }) {
  const { rank, kind, lon, lat } = item;
  const place = item.site_code ?? item.commune_name ?? '';
  return (
    <li class="suggestion">
      <button
        type="button"
        class="row row-signed"
        onClick={() => {
          app.session.camera.value = { point: { lon, lat, zoom: zoomOfSuggestion } };
        }}
      >
        <SuggestionSign kind={kind} rank={rank} />
        <span class="row-body">
          <span class="row-top">
            <strong>{t('suggest.people', { people: signed(item.people_gained) })}</strong>
            <span class="row-name">{`${signed(item.area_gained_km2, 1)} km²`}</span>
          </span>
          <span class="row-wrap">
            {t(`suggest.at_${kind}`, {
              code: item.site_code ?? '–',
              commune: item.commune_name ?? '–',
              technology: state.suggest.value.request?.technology ?? '',
            })}
          </span>
          <span class="row-wrap">
            {t(kind === 'new' ? 'suggest.near' : 'suggest.near_standing', {
              mast: beside(item.nearest_mast_m),
              fibre: beside(item.nearest_fibre_m, item.nearest_fibre_code),
              height: number(item.antenna_height_m, 1),
            })}
          </span>
          {item.warnings.map((warning) => (
            <span key={warning} class="row-wrap suggestion-warning">
              <Icon name="info" size={14} /> {warning}
            </span>
          ))}
        </span>
      </button>
      <Button
        kind="quiet"
        icon="plus"
        label={t('suggest.take_one', { rank, place })}
        onClick={() => takeOver(state, [item])}
      >
        {t('suggest.take')}
      </Button>
    </li>
  );
}

function Bound({ result }: { result: SuggestResult }) {
  return (
    <p class="hint">
      {t('suggest.sharing_rule')}{' '}
      {t('suggest.bound', {
        guarantee: percent(100 * result.bound.guarantee, 0),
        most: result.bound.at_most_people,
        own: result.candidates.own,
        share: result.candidates.share,
        free: result.candidates.new,
      })}{' '}
      {result.candidates.left_out > 0 && t('suggest.left_out', { count: result.candidates.left_out })}
    </p>
  );
}

function Answer({ app, state, result }: { app: AppContext; state: PlanningState; result: SuggestResult }) {
  if (result.items.length === 0) return <p class="empty">{t('suggest.none')}</p>;
  const area = result.items.reduce((sum, { area_gained_km2 }) => sum + area_gained_km2, 0);
  return (
    <>
      <div class="suggest-head">
        <p>
          <strong>{t('suggest.people', { people: signed(result.people_gained) })}</strong>{' '}
          {t('suggest.total', { count: result.items.length, area: signed(area, 1) })}{' '}
          <Badge tone="info">{t('app.estimated')}</Badge>
        </p>
        <Button icon="plus" onClick={() => takeOver(state, result.items)}>
          {t('suggest.take_all')}
        </Button>
      </div>
      <Bound result={result} />
      <ol class="suggestions" aria-label={t('suggest.list')}>
        {result.items.map((item) => (
          <Row key={item.rank} app={app} state={state} item={item} />
        ))}
      </ol>
    </>
  );
}

/** The next best sites for the operator and technology of the filter. */
export function SuggestSection({ app, state }: { app: AppContext; state: PlanningState }) {
  const { status, request, result, error } = state.suggest.value;
  const wanted = suggestRequest(state.subject.value, app.url.state.value.filter.district, state.suggestForm.value);
  const isCurrent = JSON.stringify(wanted) === JSON.stringify(request);
  const ask = (): void => void state.askSuggestions(wanted);
  return (
    <>
      <Form form={state.suggestForm.value} onChange={(form) => (state.suggestForm.value = form)} />
      <div class="plan-actions">
        <Button kind="primary" disabled={status === 'loading'} onClick={ask}>
          {status === 'loading' ? t('suggest.running') : t('suggest.run')}
        </Button>
      </div>
      {error && <RequestError error={error} onRetry={ask} />}
      {result === null && status === 'idle' && <p class="empty">{t('suggest.empty')}</p>}
      {result === null && status === 'loading' && <div class="skeleton-line plan-waiting" />}
      {result && (
        <section
          class={isCurrent && status === 'ready' ? 'suggest-answer' : 'suggest-answer suggest-answer-stale'}
          aria-label={t('suggest.list')}
          aria-busy={status === 'loading'}
        >
          {!isCurrent && <p class="notice notice-warn">{t('suggest.stale')}</p>}
          <Answer app={app} state={state} result={result} />
        </section>
      )}
    </>
  );
}
