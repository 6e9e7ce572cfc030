import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Scenario, ScenarioComparison, ScenarioList } from '../../../../../server/contract/planning.ts';
import { ApiError } from '../../../api/api-error.ts';
import { createPagedList, type PagedList } from '../../../api/paged-list.ts';
import { createResource, type Resource } from '../../../api/resource.ts';
import { language } from '../../../i18n/index.ts';
import type { AppContext } from '../../../state/app-context.ts';
import { filterBy } from '../../../state/filter-actions.ts';
import { changesOf, withOnly } from '../changes/plan.ts';
import { networkOf, type PlanningState } from '../state.ts';

export interface ScenariosState {
  list: PagedList<Scenario, ScenarioList>;
  /** Ids of the scenarios to be compared or exported. */
  chosen: Signal<ReadonlySet<number>>;
  /** Those of them that are in the list: others delete too. */
  picked: ReadonlySignal<readonly Scenario[]>;
  /** The chosen ones, computed now over the same communes. */
  comparison: Resource<ScenarioComparison>;
  /** What was written last, or why it was not. */
  outcome: Signal<{ kind: 'saved' | 'deleted' | 'computed'; name: string } | ApiError | null>;
  isWriting: Signal<boolean>;
}

const pageSize = 50;
/** As many as the server puts side by side. */
export const mostCompared = 6;

export function createScenariosState(app: AppContext, state: PlanningState): ScenariosState {
  const { state: url } = app.url;
  const chosen = signal<ReadonlySet<number>>(new Set());
  const isShown = computed(() => url.value.tab === 'planning' && state.section.value === 'scenarios');
  const list = createPagedList<Scenario, ScenarioList>(
    app.api,
    () => (isShown.value ? `/coverage/scenarios?limit=${pageSize}` : null),
    app.reachability.recoveries,
  );
  const picked = computed(() => list.items.value.filter(({ id }) => chosen.value.has(id)));
  const comparison = createResource<ScenarioComparison>(
    app.api,
    () => {
      if (!isShown.value || picked.value.length < 2 || picked.value.length > mostCompared) return null;
      const ids = picked.value.map(({ id }) => id).sort((a, b) => a - b);
      // The warnings are words, scenarios are overwritten and the inventory changes: then it is another question.
      const versions = picked.value.map(({ version, result_stale }) => `${version}${result_stale}`);
      return `/coverage/scenarios/compare?ids=${ids.join(',')}#${language.value}${versions.join(',')}`;
    },
    app.reachability.recoveries,
  );
  return {
    list,
    chosen,
    picked,
    comparison,
    outcome: signal<ScenariosState['outcome']['value']>(null),
    isWriting: signal(false),
  };
}

async function write(
  scenarios: ScenariosState,
  work: () => Promise<ScenariosState['outcome']['value']>,
): Promise<void> {
  scenarios.outcome.value = null;
  scenarios.isWriting.value = true;
  try {
    scenarios.outcome.value = await work();
  } catch (error) {
    scenarios.outcome.value =
      error instanceof ApiError ? error : new ApiError(0, null, String(error), { cause: error });
  }
  scenarios.isWriting.value = false;
  // Also after a refusal: another version, or none, may be there now.
  scenarios.list.first.reload();
}

interface Named {
  name: string;
  note: string;
}

/** Saves the changes as a new scenario, or with `over` in the place of the one that was opened. */
export function saveScenario(
  app: AppContext,
  state: PlanningState,
  scenarios: ScenariosState,
  { name, note }: Named,
  over: PlanningState['scenario']['value'],
): Promise<void> {
  const body = { name, ...(note && { note }), ...state.subject.peek(), changes: changesOf(state.plan.peek()) };
  return write(scenarios, async () => {
    const saved = await app.session.editToken.write<Scenario>(app.api, {
      ...(over
        ? { method: 'PUT', path: `/coverage/scenarios/${over.id}`, version: over.version }
        : { method: 'POST', path: '/coverage/scenarios' }),
      body,
    });
    if (saved === undefined) return null;
    state.scenario.value = saved;
    return { kind: 'saved', name: saved.name };
  });
}

export function deleteScenario(
  app: AppContext,
  state: PlanningState,
  scenarios: ScenariosState,
  { id, name, version }: Scenario,
): Promise<void> {
  return write(scenarios, async () => {
    const done = await app.session.editToken.write<null>(app.api, {
      method: 'DELETE',
      path: `/coverage/scenarios/${id}`,
      version,
    });
    if (done === undefined) return null;
    if (state.scenario.peek()?.id === id) state.scenario.value = null;
    scenarios.chosen.value = new Set([...scenarios.chosen.peek()].filter((chosen) => chosen !== id));
    return { kind: 'deleted', name };
  });
}

/** Computes the result of a scenario again, on the inventory as it is now. */
export function computeScenario(app: AppContext, scenarios: ScenariosState, { id, name }: Scenario): Promise<void> {
  return write(scenarios, async () => {
    const path = `/coverage/scenarios/${id}/compute`;
    const done = await app.session.editToken.write<Scenario>(app.api, { method: 'POST', path });
    return done === undefined ? null : { kind: 'computed', name };
  });
}

/** Takes the changes of a scenario into the list, and its operator, technology and day into the filter. */
export function openScenario(app: AppContext, state: PlanningState, scenario: Scenario): void {
  if (scenario.at !== app.day.peek()) app.url.change({ at: scenario.at });
  filterBy(app, { operator: scenario.operator ?? undefined, technology: scenario.technology });
  state.plan.value = withOnly(state.plan.peek(), scenario.changes, networkOf(state.subject.peek()));
  state.scenario.value = scenario;
  state.current.value = null;
  state.section.value = 'changes';
}
