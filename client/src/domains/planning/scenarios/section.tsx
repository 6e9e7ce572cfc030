import { useEffect, useId, useState } from 'preact/hooks';
import type { Scenario } from '../../../../../server/contract/planning.ts';
import { ApiError } from '../../../api/api-error.ts';
import { day, language, t } from '../../../i18n/index.ts';
import { problemText } from '../../../i18n/problem-text.ts';
import type { AppContext } from '../../../state/app-context.ts';
import { AsyncView } from '../../../ui/async-view.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useDraft } from '../../../ui/use-draft.ts';
import { signed } from '../format.ts';
import { refusedChanges } from '../refused-changes.ts';
import type { PlanningState } from '../state.ts';
import { subjectText } from '../subject-text.ts';
import { Comparison } from './compare.tsx';
import {
  computeScenario,
  deleteScenario,
  mostCompared,
  openScenario,
  type ScenariosState,
  saveScenario,
} from './data.ts';

interface Props {
  app: AppContext;
  state: PlanningState;
  scenarios: ScenariosState;
}

/** The scenario whose name was asked for once more, by its name; null when the last write was not refused for that. */
function takenName({ outcome }: ScenariosState): string | null {
  const problem = outcome.value instanceof ApiError ? outcome.value.problem : null;
  return problem?.type.endsWith(':scenario-name-taken') ? String(problem.errors?.[0]?.value) : null;
}

function SaveForm({ app, state, scenarios }: Props) {
  const opened = state.scenario.value;
  const [name, setName] = useDraft(opened?.name ?? '', opened?.id);
  const [note, setNote] = useDraft(opened?.note ?? '', opened?.id);
  const id = useId();
  const count = state.plan.value.items.length;
  const isIdle = !scenarios.isWriting.value;
  const text = name.trim().normalize('NFC');
  const taken = takenName(scenarios);
  const save = (over: PlanningState['scenario']['value']): void => {
    void saveScenario(app, state, scenarios, { name: text, note: note.trim().normalize('NFC') }, over);
  };
  if (count === 0) return <p class="hint">{t('scenario.nothing_to_save')}</p>;
  return (
    <form
      class="scenario-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (text && isIdle) save(opened);
      }}
    >
      <h3>{t('scenario.save_title', { count })}</h3>
      <div class="field">
        <label for={id}>{t('scenario.name')}</label>
        <input
          id={id}
          type="text"
          required
          maxLength={200}
          value={name}
          aria-invalid={taken !== null}
          aria-describedby={taken === null ? undefined : `${id}-taken`}
          onInput={(event) => {
            setName(event.currentTarget.value);
            if (taken !== null) scenarios.outcome.value = null;
          }}
        />
        {taken !== null && (
          <small id={`${id}-taken`} class="field-wrong" role="alert">
            {t('scenario.name_taken', { name: taken })}
          </small>
        )}
      </div>
      <div class="field">
        <label for={`${id}-note`}>{t('scenario.note')}</label>
        <textarea
          id={`${id}-note`}
          rows={2}
          maxLength={4_000}
          value={note}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </div>
      <div class="plan-actions">
        <button type="submit" class="button button-primary" disabled={!isIdle || text === ''}>
          {opened ? t('scenario.overwrite', { name: opened.name }) : t('scenario.save')}
        </button>
        {opened && (
          <Button disabled={!isIdle || text === ''} onClick={() => save(null)}>
            {t('scenario.save_as_new')}
          </Button>
        )}
      </div>
    </form>
  );
}

/** What became of the last write: in words of the page for what often happens, else in those of the server. */
function Outcome({ scenarios }: { scenarios: ScenariosState }) {
  const outcome = scenarios.outcome.value;
  // A name that is taken is said where it stands.
  if (outcome === null || takenName(scenarios) !== null) return <output />;
  if (!(outcome instanceof ApiError)) {
    return <output class="notice notice-good">{t(`scenario.${outcome.kind}`, { name: outcome.name })}</output>;
  }
  const key =
    outcome.status === 412 ? 'scenario.conflict' : outcome.isBusy ? 'problem.planning-busy' : 'scenario.not_written';
  const reasons = [...refusedChanges(outcome)].map(([index, reason]) =>
    t('planning.change_refused', { no: index + 1, reason }),
  );
  const detail = outcome.status === 0 ? t('app.offline') : reasons.join(' ') || problemText(outcome);
  return <Notice tone="error">{t(key, { detail })}</Notice>;
}

function DeleteButton({ name, onDelete }: { name: string; onDelete: () => void }) {
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) {
    return (
      <Button kind="quiet" label={t('scenario.delete_one', { name })} onClick={() => setAsking(true)}>
        {t('scenario.delete')}
      </Button>
    );
  }
  return (
    <span class="confirm">
      {t('scenario.delete_sure')}
      <Button
        onClick={() => {
          setAsking(false);
          onDelete();
        }}
      >
        {t('scenario.delete_yes')}
      </Button>
      <Button kind="quiet" onClick={() => setAsking(false)}>
        {t('app.cancel')}
      </Button>
    </span>
  );
}

function Row({ app, state, scenarios, item }: Props & { item: Scenario }) {
  const { chosen } = scenarios;
  const { result } = item;
  const isOpened = state.scenario.value?.id === item.id;
  const choose = (isChosen: boolean): void => {
    const next = new Set(chosen.peek());
    if (isChosen) next.add(item.id);
    else next.delete(item.id);
    chosen.value = next;
  };
  return (
    <li class="scenario" aria-current={isOpened ? 'true' : undefined}>
      <label class="scenario-head">
        <input
          type="checkbox"
          checked={chosen.value.has(item.id)}
          aria-label={t('scenario.choose', { name: item.name })}
          onChange={(event) => choose(event.currentTarget.checked)}
        />
        <strong>{item.name}</strong>
        {isOpened && <Badge tone="good">{t('scenario.opened')}</Badge>}
        {item.result_stale && <Badge tone="warn">{t('scenario.stale')}</Badge>}
      </label>
      <p class="hint">
        {`${subjectText(app, item)} · ${day(item.at)} · ${t('scenario.changes', { count: item.changes.length })} · ${t(
          'scenario.updated',
          { date: day(item.updated_at) },
        )}`}
      </p>
      {item.note && <p class="scenario-note">{item.note}</p>}
      <p>
        {result
          ? t('scenario.delta', { people: signed(result.delta.people), area: signed(result.delta.area_km2, 1) })
          : t('scenario.no_result')}
      </p>
      <div class="plan-actions">
        <Button
          label={t('scenario.open_one', { name: item.name })}
          onClick={() => {
            scenarios.outcome.value = null;
            openScenario(app, state, item);
          }}
        >
          {t('scenario.open')}
        </Button>
        {(item.result_stale || item.result === null) && (
          <Button
            label={t('scenario.compute_one', { name: item.name })}
            disabled={scenarios.isWriting.value}
            onClick={() => void computeScenario(app, scenarios, item)}
          >
            {t('scenario.compute')}
          </Button>
        )}
        <DeleteButton name={item.name} onDelete={() => void deleteScenario(app, state, scenarios, item)} />
      </div>
    </li>
  );
}

const formats = ['csv', 'xlsx', 'geojson'] as const;

function Exports({ app, ids }: { app: AppContext; ids: readonly number[] }) {
  const params = new URLSearchParams({ ids: ids.join(','), lang: language.value });
  return (
    <fieldset class="exports" aria-label={t('scenario.export', { count: ids.length })}>
      <span class="exports-count">
        <Icon name="download" size={16} /> {t('scenario.export', { count: ids.length })}
      </span>
      {formats.map((format) => (
        <a
          key={format}
          class="button button-plain"
          href={app.api.href(`/exports/scenarios.${format}?${params}`)}
          download
        >
          {t(`export.${format}`)}
        </a>
      ))}
    </fieldset>
  );
}

/** Others save too, and nothing tells the page: the list is asked for when the section is opened, or looked at again. */
function useFreshList({ list: { first } }: ScenariosState): void {
  useEffect(() => {
    // The first time it is on its way already.
    if (first.state.peek().status !== 'loading') first.reload();
    window.addEventListener('focus', first.reload);
    return () => window.removeEventListener('focus', first.reload);
  }, [first]);
}

/** Saved scenarios: kept, opened again, compared, exported. */
export function ScenariosSection({ app, state, scenarios }: Props) {
  const { list } = scenarios;
  useFreshList(scenarios);
  return (
    <>
      {app.session.meta.state.value.data?.editing === false ? (
        <Notice tone="info">{t('scenario.no_editing')}</Notice>
      ) : (
        <SaveForm app={app} state={state} scenarios={scenarios} />
      )}
      <Outcome scenarios={scenarios} />
      <AsyncView resource={list.first}>
        {() => {
          const items = list.items.value;
          if (items.length === 0) return <p class="empty">{t('scenario.empty')}</p>;
          const picked = scenarios.picked.value;
          const exported = picked.length > 0 ? picked : items;
          return (
            <>
              {picked.length === 1 && <p class="hint">{t('scenario.choose_more')}</p>}
              {picked.length > mostCompared && <p class="hint">{t('scenario.too_many', { count: mostCompared })}</p>}
              {picked.length > 1 && picked.length <= mostCompared && (
                <AsyncView resource={scenarios.comparison}>
                  {(comparison) => <Comparison app={app} comparison={comparison} />}
                </AsyncView>
              )}
              <ul class="scenarios" aria-label={t('scenario.list')}>
                {items.map((item) => (
                  <Row key={item.id} app={app} state={state} scenarios={scenarios} item={item} />
                ))}
              </ul>
              {list.first.state.value.data?.next_cursor && list.more.value !== 'loading' && (
                <Button onClick={list.loadMore}>{t('scenario.more')}</Button>
              )}
              <Exports app={app} ids={exported.map(({ id }) => id)} />
            </>
          );
        }}
      </AsyncView>
    </>
  );
}
