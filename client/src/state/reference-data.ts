import { computed, type ReadonlySignal } from '@preact/signals';
import type { AdminUnit, Operator, Vintage } from '../../../server/contract/wire.ts';
import type { ApiClient } from '../api/client.ts';
import { createResource, type Resource } from '../api/resource.ts';

interface Items<T> {
  items: T[];
}

/** What every domain names things by. */
export interface ReferenceData {
  operators: Resource<Items<Operator>>;
  vintages: Resource<Items<Vintage>>;
  /** The vintage of the day; null when there is none or it is not known yet. */
  vintage: ReadonlySignal<Vintage | null>;
  /** Communes of the day. */
  communes: Resource<Items<AdminUnit>>;
  /** False when no commune of the day has a boundary: nothing can be computed then. True while that is not known. */
  isComputable: ReadonlySignal<boolean>;
  /** Districts of the day, or, where the level was abolished, the last valid ones: inspectors still work by them. */
  districts: Resource<Items<AdminUnit>>;
}

/** True when the day lies in the vintage; `valid_to` is the first day after it. */
export function isInVintage(vintage: Vintage, day: string): boolean {
  return vintage.valid_from <= day && (vintage.valid_to === null || day < vintage.valid_to);
}

/** The day before, YYYY-MM-DD. */
export function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

/** The day itself when it has districts, else the last day of the latest vintage before it that has; null if none. */
export function districtDay(vintages: readonly Vintage[], day: string): string | null {
  const now = vintages.find((vintage) => isInVintage(vintage, day));
  if (now && now.districts > 0) return day;
  const earlier = vintages
    .filter((vintage) => vintage.districts > 0 && vintage.valid_to !== null && vintage.valid_to <= day)
    .sort((a, b) => a.valid_from.localeCompare(b.valid_from))
    .at(-1);
  return earlier?.valid_to ? dayBefore(earlier.valid_to) : null;
}

export function createReferenceData(
  api: ApiClient,
  day: ReadonlySignal<string>,
  retry: ReadonlySignal<number>,
): ReferenceData {
  const vintages = createResource<Items<Vintage>>(api, () => '/admin-units/vintages', retry);
  const communes = createResource<Items<AdminUnit>>(
    api,
    () => `/admin-units?at=${day.value}&level=commune&limit=1000`,
    retry,
  );
  const known = computed(() => vintages.state.value.data?.items ?? []);
  return {
    vintages,
    vintage: computed(() => known.value.find((vintage) => isInVintage(vintage, day.value)) ?? null),
    operators: createResource(api, () => `/operators?at=${day.value}`, retry),
    communes,
    isComputable: computed(() => {
      const { status, data } = communes.state.value;
      return status !== 'ready' || (data?.items.some(({ bbox }) => bbox !== null) ?? true);
    }),
    districts: createResource(
      api,
      () => {
        const at = districtDay(known.value, day.value);
        return at === null ? null : `/admin-units?at=${at}&level=district&limit=1000`;
      },
      retry,
    ),
  };
}
