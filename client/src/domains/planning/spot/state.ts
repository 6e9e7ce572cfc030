import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { createRef, type RefObject } from 'preact';
import type { CoverageSpot, RadioPath, SpotLevel } from '../../../../../server/contract/radio-path.ts';
import { language } from '../../../i18n/index.ts';
import type { AppContext } from '../../../state/app-context.ts';
import type { Network } from '../changes/plan.ts';
import { coordinate } from '../format.ts';
import { createLatestAnswer, type LatestAnswer } from '../latest-answer.ts';
import type { Subject } from '../state.ts';

export interface Place {
  lon: number;
  lat: number;
}

export interface SpotState {
  /** What is looked at elsewhere: its level comes first. */
  subject: ReadonlySignal<Subject>;
  isOn: Signal<boolean>;
  spot: Signal<Place | null>;
  /** The cell whose path is drawn. */
  cell: Signal<number | null>;
  levels: LatestAnswer<CoverageSpot>;
  path: LatestAnswer<RadioPath>;
  button: RefObject<HTMLButtonElement | null>;
}

const atOnce = { rest: 0, most: 0 };

const query = (place: Place, day: string): string =>
  `lon=${coordinate(place.lon)}&lat=${coordinate(place.lat)}&at=${day}`;

/** The levels at one spot, and the way of the wave to it from one cell. */
export function createSpotState(app: AppContext, subject: ReadonlySignal<Subject>): SpotState {
  const isOn = signal(false);
  const spot = signal<Place | null>(null);
  const cell = signal<number | null>(null);
  const retry: ReadonlySignal<number> = app.reachability.recoveries;
  const where = (): string | null => (isOn.value && spot.value ? query(spot.value, app.day.value) : null);
  return {
    subject,
    isOn,
    spot,
    cell,
    levels: createLatestAnswer(
      () => {
        const at = where();
        // The note is words: another language is another question.
        return at === null ? null : `${at}#${language.value}`;
      },
      (asked, abort) => app.api.get<CoverageSpot>(`/coverage/spot?${asked}`, abort),
      retry,
      atOnce,
    ),
    path: createLatestAnswer(
      () => {
        const to = where();
        return to === null || cell.value === null ? null : `cell_id=${cell.value}&${to}`;
      },
      (asked, abort) => app.api.get<RadioPath>(`/coverage/path?${asked}`, abort),
      retry,
      atOnce,
    ),
    button: createRef(),
  };
}

/** Another spot: the row chosen for the old one means nothing there. */
export function moveSpot(state: SpotState, place: Place): void {
  state.cell.value = null;
  state.spot.value = { lon: place.lon, lat: place.lat };
}

export function endSpot(state: SpotState): void {
  state.isOn.value = false;
  state.spot.value = null;
  state.cell.value = null;
}

export interface TechnologyLevels {
  technology: string;
  items: readonly SpotLevel[];
}

/** Whether a level is of the operator and technology looked at; without an operator none is. */
export const isOfSubject = (
  { operator, technology }: Pick<SpotLevel, 'operator' | 'technology'>,
  subject: Network,
): boolean => operator === subject.operator && technology === subject.technology;

/** Sorts what is to come first before the rest. */
const first = (isFirst: boolean): number => (isFirst ? 0 : 1);

/**
 * The levels by technology in the order of the answer, the strongest first in each; the technology looked at before the
 * others, and in it the operator.
 */
export function byTechnology(items: readonly SpotLevel[], subject: Network): TechnologyLevels[] {
  const groups = new Map<string, SpotLevel[]>();
  for (const item of items) {
    const group = groups.get(item.technology);
    if (group) group.push(item);
    else groups.set(item.technology, [item]);
  }
  return [...groups]
    .map(([technology, levels]) => ({
      technology,
      items: levels.sort(
        (a, b) => first(isOfSubject(a, subject)) - first(isOfSubject(b, subject)) || b.level_dbm - a.level_dbm,
      ),
    }))
    .sort((a, b) => first(a.technology === subject.technology) - first(b.technology === subject.technology));
}
