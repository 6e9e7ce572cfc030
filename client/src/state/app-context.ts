import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Meta, Operator } from '../../../server/contract/wire.ts';
import type { ApiClient } from '../api/client.ts';
import type { Reachability } from '../api/reachability.ts';
import { createResource, type Resource } from '../api/resource.ts';
import { dayInVietnam } from '../i18n/format.ts';
import { createEditToken, type EditToken } from './edit-token.ts';
import { createReferenceData, type ReferenceData } from './reference-data.ts';
import type { Selection } from './selection.ts';
import type { UrlStore } from './url-store.ts';

/** A wish to move the map; the map consumes it. */
export interface CameraRequest {
  bbox?: readonly [number, number, number, number];
  /** How near the map may go to the bounds, as a zoom. */
  nearest?: number;
  point?: { lon: number; lat: number; zoom: number };
}

/** Short-lived state: gone with the page. */
export interface SessionState {
  meta: Resource<Meta>;
  camera: Signal<CameraRequest | null>;
  /** The details that open next bring their thing into sight: it was chosen in a list, or by a link without a view. */
  isToShow: Signal<boolean>;
  /** What the pointer is over in a list or on the map. */
  hovered: Signal<Selection | null>;
  mapStatus: Signal<'loading' | 'ready' | 'failed'>;
  /** The part of the page a phone shows over the map. */
  sheet: Signal<'closed' | 'half' | 'full'>;
  editToken: EditToken;
  /** Counts the changes of what the server keeps that this page knows of: lists and tiles are asked for again. */
  dataChanges: Signal<number>;
}

/** What every domain gets. */
export interface AppContext {
  url: UrlStore;
  api: ApiClient;
  reachability: Reachability;
  session: SessionState;
  reference: ReferenceData;
  /** The day the answers are for, YYYY-MM-DD. */
  day: ReadonlySignal<string>;
}

/** Assembles the context; `now` is only asked for the day before the server has told its own. */
export function createAppContext(
  url: UrlStore,
  api: ApiClient,
  reachability: Reachability,
  now: Date = new Date(),
): AppContext {
  const retry = reachability.recoveries;
  const meta = createResource<Meta>(api, () => '/meta', retry);
  const { view, selection, network } = url.state.peek();
  const day = computed(() => url.state.value.at ?? meta.state.value.data?.today ?? dayInVietnam(now));
  return {
    url,
    api,
    reachability,
    day,
    reference: createReferenceData(api, day, retry),
    session: {
      meta,
      camera: signal(null),
      isToShow: signal(view === null && (selection !== null || network.place !== null)),
      hovered: signal(null),
      mapStatus: signal('loading'),
      sheet: signal('half'),
      editToken: createEditToken(),
      dataChanges: signal(0),
    },
  };
}

/** Operators by code; empty until they are loaded. */
export function operatorsByCode(app: AppContext): Map<string, Operator> {
  const items = app.reference.operators.state.value.data?.items ?? [];
  return new Map(items.map((operator) => [operator.code, operator]));
}

/** The name of an operator, or its code while the name is not known. */
export function operatorName(app: AppContext, code: string): string {
  return operatorsByCode(app).get(code)?.name ?? code;
}
