import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import type {
  PlannedChange,
  Scenario,
  SuggestRequest,
  SuggestResult,
  WhatIfRequest,
  WhatIfResult,
} from '../../../../server/contract/planning.ts';
import type { ApiError } from '../../api/api-error.ts';
import { language } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { coverageTechnology } from '../../state/filter-actions.ts';
import type { Language } from '../../state/url-state.ts';
import {
  changesOf,
  emptyPlan,
  type Network,
  type PlanHistory,
  type PlanItem,
  undone,
  withChanges,
  withoutItem,
} from './changes/plan.ts';
import { readPlan, writePlan } from './changes/stored-plan.ts';
import { createKnownSites, isKnown, type KnownSites } from './known-sites.ts';
import { createLatestAnswer, type LatestAnswer } from './latest-answer.ts';
import { createSuggestAsk, initialForm, type SuggestForm } from './suggest/request.ts';

/** Operator (none: any), technology and day that everything planned is about: those of the shared filter. */
export interface Subject extends Network {
  at: string;
}

/** The network alone, of what has more than it. */
export const networkOf = ({ operator, technology }: Network): Network => ({
  ...(operator && { operator }),
  technology,
});

export interface SuggestState {
  status: 'idle' | 'loading' | 'ready' | 'error';
  request: SuggestRequest | null;
  result: SuggestResult | null;
  error: ApiError | null;
}

export const sections = ['changes', 'suggest', 'scenarios'] as const;
export type Section = (typeof sections)[number];

export interface PlanningState {
  subject: ReadonlySignal<Subject>;
  section: Signal<Section>;
  plan: Signal<PlanHistory>;
  /** The change whose fields are open and whose sign is the larger one. */
  current: Signal<number | null>;
  /** The next click on the map: where a new site would stand, or which site is meant. */
  placing: Signal<'candidate' | 'site' | null>;
  /** The site of the inventory that changes are offered for. */
  chosenSite: Signal<number | null>;
  sites: KnownSites;
  whatIf: LatestAnswer<WhatIfResult>;
  suggest: Signal<SuggestState>;
  suggestForm: Signal<SuggestForm>;
  /** Asks for suggestions; the answer to an older question is dropped. */
  askSuggestions: (request: SuggestRequest) => Promise<void>;
  /** The scenario that the changes were opened from or saved as. */
  scenario: Signal<Pick<Scenario, 'id' | 'name' | 'note' | 'version'> | null>;
}

const storageKey = 'phusong.planning.changes';

/** Null where the page may keep nothing, or is not in a browser. */
function sessionStore(): Storage | null {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}

/** Everything the planning tab knows. The changes outlive a reload of the page: they are kept for its session. */
export function createPlanningState(app: AppContext, store: Storage | null = sessionStore()): PlanningState {
  const { state: url } = app.url;
  const retry = app.reachability.recoveries;
  const subject = computed((): Subject => {
    const { operator, technology } = url.value.filter;
    const at = app.day.value;
    return { ...(operator && { operator }), technology: coverageTechnology(technology, at), at };
  });
  const stored = readPlan(store?.getItem(storageKey) ?? null).reduce(
    (before, { change, plannedFor }) => withChanges(before, [change], plannedFor),
    emptyPlan,
  );
  const plan = signal<PlanHistory>({ ...stored, past: [] });
  const chosenSite = signal<number | null>(null);
  const items = computed(() => plan.value.items);
  effect(() => {
    const text = writePlan(items.value);
    try {
      store?.setItem(storageKey, text);
    } catch {
      // Storage that is full or forbidden: the changes live as long as the page.
    }
  });
  const isOpen = computed(() => url.value.tab === 'planning');
  const sites = createKnownSites(app, () => {
    if (!isOpen.value) return [];
    const named = items.value.flatMap(({ change }) => change.site_id ?? []);
    return chosenSite.value === null ? named : [...named, chosenSite.value];
  });
  const whatIf = createLatestAnswer<{ request: WhatIfRequest; language: Language }, WhatIfResult>(
    () =>
      isOpen.value && items.value.length > 0
        ? {
            request: { ...subject.value, changes: changesOf({ items: items.value }), area: true },
            // The warnings are words: another language is another question.
            language: language.value,
          }
        : null,
    ({ request }, abort) => app.api.post<WhatIfResult>('/coverage/what-if', request, abort),
    retry,
  );
  const suggest = signal<SuggestState>({ status: 'idle', request: null, result: null, error: null });
  const askSuggestions = createSuggestAsk(app, suggest);
  let words = language.peek();
  effect(() => {
    if (language.value === words) return;
    words = language.value;
    const { request, result } = suggest.peek();
    const hasWords = result?.items.some(({ warnings }) => warnings.length > 0);
    if (request && hasWords) untracked(() => void askSuggestions(request, true));
  });
  return {
    subject,
    section: signal<Section>('changes'),
    plan,
    current: signal<number | null>(null),
    placing: signal<'candidate' | 'site' | null>(null),
    chosenSite,
    sites,
    whatIf,
    suggest,
    suggestForm: signal(initialForm),
    askSuggestions,
    scenario: signal<PlanningState['scenario']['value']>(null),
  };
}

/** Adds changes, planned for what is looked at if nothing else is said, and opens the last of them. */
export function addChanges(
  state: PlanningState,
  changes: readonly PlannedChange[],
  plannedFor: Network = state.subject.peek(),
): void {
  state.plan.value = withChanges(state.plan.peek(), changes, networkOf(plannedFor));
  state.section.value = 'changes';
  const last = state.plan.peek().items.at(-1);
  state.current.value = changes.length === 1 && last ? last.key : null;
}

export function removeChange(state: PlanningState, key: number): void {
  state.plan.value = withoutItem(state.plan.peek(), key);
  if (state.current.peek() === key) state.current.value = null;
}

export function undoChange(state: PlanningState): void {
  state.plan.value = undone(state.plan.peek());
  const { items } = state.plan.peek();
  if (!items.some(({ key }) => key === state.current.peek())) state.current.value = null;
}

/** Where a change stands on the map; null while its site is not known. */
export function placeOf(state: PlanningState, { change }: PlanItem): { lon: number; lat: number } | null {
  if ('lon' in change && change.lon !== undefined && change.lat !== undefined) {
    return { lon: change.lon, lat: change.lat };
  }
  const site = state.sites.byId.value.get(change.site_id ?? 0);
  return isKnown(site) ? { lon: site.lon, lat: site.lat } : null;
}

/** The change at another place: a new site or a moved one; null for those that stand where their site stands. */
export function changeAt(change: PlannedChange, lon: number, lat: number): PlannedChange | null {
  if (change.kind === 'move') return { ...change, lon, lat };
  return change.kind === 'add' && change.site_id === undefined ? { ...change, lon, lat } : null;
}
