import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import type {
  BroadcastCommuneList,
  BroadcastRunDone,
  BroadcastService,
  TransmitterItem,
  TransmitterList,
} from '../../../../server/contract/broadcast.ts';
import { ApiError } from '../../api/api-error.ts';
import { createResource, type Resource } from '../../api/resource.ts';
import { problemText } from '../../i18n/problem-text.ts';
import type { AppContext } from '../../state/app-context.ts';
import { visibleGroups } from '../../state/layer-groups.ts';

/** More transmitters than a province has. */
const most = 1_000;

export interface BroadcastData {
  /** The service looked at: that of the selected transmitter, else the chosen one. */
  service: ReadonlySignal<BroadcastService>;
  list: Resource<TransmitterList>;
  /** Those of the service on air on the day. */
  items: ReadonlySignal<readonly TransmitterItem[]>;
  selected: ReadonlySignal<TransmitterItem | null>;
  /** Asked for while the table of communes is open. */
  communes: Resource<BroadcastCommuneList>;
  areCommunesOpen: Signal<boolean>;
  /** Computing on the server: under way, and why it was refused. */
  isComputing: ReadonlySignal<boolean>;
  refused: ReadonlySignal<string | null>;
  compute: () => Promise<void>;
}

function createCompute(app: AppContext): Pick<BroadcastData, 'isComputing' | 'refused' | 'compute'> {
  const isComputing = signal(false);
  const refused = signal<string | null>(null);
  return {
    isComputing,
    refused,
    async compute() {
      isComputing.value = true;
      refused.value = null;
      try {
        const body = { at: app.day.peek() };
        const request = { method: 'POST', path: '/broadcast/runs', body } as const;
        const done = await app.session.editToken.write<BroadcastRunDone>(app.api, request);
        if (done) app.session.dataChanges.value += 1;
      } catch (error) {
        refused.value = error instanceof ApiError ? problemText(error) : String(error);
      } finally {
        isComputing.value = false;
      }
    },
  };
}

/** Transmitters of the day with what they serve, one answer for list, figures, signs and details: they cannot differ. */
export function createBroadcastData(app: AppContext): BroadcastData {
  const { state } = app.url;
  const retry = app.reachability.recoveries;
  const isWanted = computed(() => {
    const { tab, selection } = state.value;
    return tab === 'broadcast' || selection?.kind === 'transmitter' || visibleGroups(state.value).includes('broadcast');
  });
  const list = createResource<TransmitterList>(
    app.api,
    () => (isWanted.value ? `/broadcast/transmitters?at=${app.day.value}&limit=${most}` : null),
    retry,
  );
  const all = computed(() => list.state.value.data?.items ?? []);
  const selected = computed(() => {
    const { selection } = state.value;
    return selection?.kind === 'transmitter' ? (all.value.find(({ id }) => id === selection.id) ?? null) : null;
  });
  const service = computed(() => selected.value?.service ?? state.value.service);
  const areCommunesOpen = signal(false);
  const communes = createResource<BroadcastCommuneList>(
    app.api,
    () =>
      areCommunesOpen.value && state.value.tab === 'broadcast'
        ? `/broadcast/communes?at=${app.day.value}&service=${service.value}`
        : null,
    retry,
  );
  effect(() => {
    if (app.session.dataChanges.value === 0) return;
    untracked(() => {
      for (const resource of [list, communes]) if (resource.state.peek().path !== null) resource.reload();
    });
  });
  return {
    service,
    list,
    items: computed(() => all.value.filter((item) => item.service === service.value)),
    selected,
    communes,
    areCommunesOpen,
    ...createCompute(app),
  };
}
