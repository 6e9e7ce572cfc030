import type { PlannedChange } from '../../../../../server/contract/planning.ts';
import type { Technology } from '../../../../../server/contract/site-filter.ts';

/** Whose network is meant (without operator: any), and which technology of it. */
export interface Network {
  operator?: string | undefined;
  technology: Technology;
}

/** A change with a number of its own, so that the list, the map and the keyboard speak of the same one. */
export interface PlanItem {
  readonly key: number;
  readonly change: PlannedChange;
  /** What was looked at when it was planned: it is computed for what is looked at now. */
  readonly plannedFor: Network;
}

/** What is planned, and how it came about: undone step by step. */
export interface PlanHistory {
  readonly items: readonly PlanItem[];
  readonly past: readonly (readonly PlanItem[])[];
  /** The drag or the slider of the last step: what it does further is the same step. */
  readonly gesture: string | null;
  readonly nextKey: number;
}

export const emptyPlan: PlanHistory = { items: [], past: [], gesture: null, nextKey: 1 };
/** Metres above the ground that the server takes. */
export const antennaHeightLimits = [1, 350] as const;
/** The most that one question to the server may have. */
export const mostChanges = 50;
const mostSteps = 100;

const siteOf = (change: PlannedChange): number | null => change.site_id ?? null;
/** After these nothing of the operator is left on air at the site. */
const isEnd = ({ kind }: PlannedChange): boolean => kind === 'remove' || kind === 'off';

/**
 * Whether a new change takes the place of an older one: of the same kind at the same site, or one that cannot be meant
 * together with it (raised and switched off).
 */
function replaces(next: PlannedChange, old: PlannedChange): boolean {
  const site = siteOf(next);
  if (site === null || site !== siteOf(old)) return false;
  return next.kind === old.kind || isEnd(next) || isEnd(old);
}

function step(plan: PlanHistory, items: readonly PlanItem[], gesture: string | null): PlanHistory {
  const isSameStep = gesture !== null && gesture === plan.gesture;
  const past = isSameStep ? plan.past : [...plan.past, plan.items].slice(-mostSteps);
  return { ...plan, items, past, gesture };
}

/** The plan with further changes at its end; those beyond the most are left out. */
export function withChanges(plan: PlanHistory, changes: readonly PlannedChange[], plannedFor: Network): PlanHistory {
  if (changes.length === 0) return plan;
  let { items, nextKey } = plan;
  for (const change of changes) {
    const kept = items.filter((item) => !replaces(change, item.change));
    if (kept.length >= mostChanges) break;
    items = [...kept, { key: nextKey, change, plannedFor }];
    nextKey += 1;
  }
  return { ...step(plan, items, null), nextKey };
}

/**
 * The plan with one change altered. Steps of the same `gesture` (a drag, a slider) are one step of undoing; null: a step
 * of its own.
 */
export function withAltered(
  plan: PlanHistory,
  key: number,
  change: PlannedChange,
  gesture: string | null = null,
): PlanHistory {
  const items = plan.items.map((item) => (item.key === key ? { ...item, change } : item));
  return step(plan, items, gesture);
}

export function withoutItem(plan: PlanHistory, key: number): PlanHistory {
  return step(
    plan,
    plan.items.filter((item) => item.key !== key),
    null,
  );
}

export function withoutAll(plan: PlanHistory): PlanHistory {
  return plan.items.length === 0 ? plan : step(plan, [], null);
}

/** Other changes in the place of those there are: a scenario is opened. */
export function withOnly(plan: PlanHistory, changes: readonly PlannedChange[], plannedFor: Network): PlanHistory {
  const opened = withChanges({ ...plan, items: [] }, changes, plannedFor);
  return { ...opened, past: [...plan.past, plan.items].slice(-mostSteps) };
}

/** The gesture is over: the next one is a step of its own. */
export function withGestureEnded(plan: PlanHistory): PlanHistory {
  return plan.gesture === null ? plan : { ...plan, gesture: null };
}

/** One step back; the same plan when there is none. */
export function undone(plan: PlanHistory): PlanHistory {
  const before = plan.past.at(-1);
  return before ? { ...plan, items: before, past: plan.past.slice(0, -1), gesture: null } : plan;
}

const isSame = (a: Network, b: Network): boolean => a.operator === b.operator && a.technology === b.technology;

/** The changes that were planned for something else than what is looked at now. */
export const plannedForOthers = ({ items }: Pick<PlanHistory, 'items'>, now: Network): PlanItem[] =>
  items.filter(({ plannedFor }) => !isSame(plannedFor, now));

/** What changes were planned for, each once, in the order of the list. */
export const networksOf = (items: readonly PlanItem[]): Network[] =>
  items
    .map(({ plannedFor }) => plannedFor)
    .filter((network, index, all) => all.findIndex((one) => isSame(one, network)) === index);

/** The changes as the server is asked about them. */
export const changesOf = ({ items }: Pick<PlanHistory, 'items'>): PlannedChange[] => items.map(({ change }) => change);
