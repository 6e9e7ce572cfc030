import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { SiteDetail } from '../../../../server/contract/wire.ts';
import { ApiError } from '../../api/api-error.ts';
import type { AppContext } from '../../state/app-context.ts';

/** What planning needs of a site of the inventory. */
export interface PlannedSite {
  id: number;
  code: string;
  name: string;
  lon: number;
  lat: number;
  mast_height_m: number | null;
  operators: readonly string[];
  antennas: readonly { operator: string; technology: string; height_m: number }[];
}

/** `missing`: no such site on the day; `failed`: it could not be asked for. */
export type SiteState = PlannedSite | 'loading' | 'missing' | 'failed';

export interface KnownSites {
  byId: ReadonlySignal<ReadonlyMap<number, SiteState>>;
}

function plannedSite(detail: SiteDetail): PlannedSite {
  const { id, code, name, lon, lat, mast_height_m, operators } = detail;
  const antennas = detail.station_details.flatMap(({ operator, cells }) =>
    cells.flatMap(({ technology, antenna_height_m: height_m }) =>
      height_m === null ? [] : [{ operator, technology, height_m }],
    ),
  );
  return { id, code, name, lon, lat, mast_height_m, operators, antennas };
}

export const isKnown = (state: SiteState | undefined): state is PlannedSite => typeof state === 'object';

/** Looks up the sites that are named by number alone, each once a day of the data; what failed again after an outage. */
export function createKnownSites(app: AppContext, wanted: () => readonly number[]): KnownSites {
  const byId = signal<ReadonlyMap<number, SiteState>>(new Map());
  let day = app.day.peek();
  const set = (id: number, state: SiteState, of: string): void => {
    if (of === day) byId.value = new Map(byId.peek()).set(id, state);
  };
  async function load(id: number, of: string): Promise<void> {
    set(id, 'loading', of);
    try {
      set(id, plannedSite(await app.api.get<SiteDetail>(`/sites/${id}?at=${of}`)), of);
    } catch (error) {
      set(id, error instanceof ApiError && error.status === 404 ? 'missing' : 'failed', of);
    }
  }
  let seen = app.reachability.recoveries.peek();
  effect(() => {
    const ids = wanted();
    const now = app.day.value;
    const isBack = app.reachability.recoveries.value !== seen;
    seen = app.reachability.recoveries.value;
    untracked(() => {
      if (now !== day) byId.value = new Map();
      day = now;
      for (const id of ids) {
        const state = byId.peek().get(id);
        if (state === undefined || (isBack && state === 'failed')) void load(id, now);
      }
    });
  });
  return { byId };
}

/** The highest antenna of the operator and technology at a site, metres; without them the highest of all, or the mast. */
export function antennaHeight(
  { antennas, mast_height_m }: PlannedSite,
  operator: string | undefined,
  technology: string,
): number | null {
  const highest = (list: PlannedSite['antennas']): number | null =>
    list.length > 0 ? Math.max(...list.map(({ height_m }) => height_m)) : null;
  const own = antennas.filter((antenna) => operator === undefined || antenna.operator === operator);
  const same = own.filter((antenna) => antenna.technology === technology);
  return highest(same) ?? highest(own) ?? highest(antennas) ?? mast_height_m;
}
