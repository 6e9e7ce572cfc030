import { type ReadonlySignal, signal } from '@preact/signals';
import { formatUrlState, parseUrlState, type UrlState } from './url-state.ts';

export interface UrlStore {
  state: ReadonlySignal<UrlState>;
  /** A step of the user: the back button undoes it. */
  change(patch: Partial<UrlState>): void;
  /** A refinement of the same step (moving the map): the address follows, the history does not grow. */
  refine(patch: Partial<UrlState>): void;
}

/** What is used of the window. */
export interface Page {
  location: { search: string; pathname: string };
  history: Pick<History, 'pushState' | 'replaceState'>;
  addEventListener: (type: 'popstate', listener: () => void) => void;
}

/** Binds the long-lived state to the address of the page, both ways. */
export function createUrlStore(page: Page): UrlStore {
  const state = signal(parseUrlState(page.location.search));
  page.addEventListener('popstate', () => {
    state.value = parseUrlState(page.location.search);
  });

  function set(patch: Partial<UrlState>, method: 'pushState' | 'replaceState'): void {
    const next = { ...state.peek(), ...patch };
    const address = `${page.location.pathname}${formatUrlState(next)}`;
    const same = address === `${page.location.pathname}${page.location.search}`;
    if (!same) page.history[method](null, '', address);
    state.value = next;
  }

  return {
    state,
    change: (patch) => set(patch, 'pushState'),
    refine: (patch) => set(patch, 'replaceState'),
  };
}
