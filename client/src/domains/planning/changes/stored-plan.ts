import type { PlannedChange } from '../../../../../server/contract/planning.ts';
import { technologies } from '../../../state/filter.ts';
import { antennaHeightLimits, mostChanges, type Network, type PlanItem } from './plan.ts';

type Fields = Readonly<Record<string, unknown>>;

function inRange(value: unknown, low: number, high: number): number | undefined {
  return typeof value === 'number' && value >= low && value <= high ? value : undefined;
}

/** The fields that are there: a member that is `undefined` is none. */
function present<T extends object>(fields: T): { [name in keyof T]: Exclude<T[name], undefined> } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the members that are undefined have just gone
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

function readAzimuths(value: unknown): number[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const degrees = value.map((one) => inRange(one, 0, 360) ?? Number.NaN);
  return degrees.every((one) => one < 360) ? degrees : undefined;
}

function readAdd(fields: Fields): PlannedChange | null {
  const [site_id, lon, lat] = [
    inRange(fields['site_id'], 1, Number.MAX_SAFE_INTEGER),
    inRange(fields['lon'], -180, 180),
    inRange(fields['lat'], -90, 90),
  ];
  if (site_id === undefined && (lon === undefined || lat === undefined)) return null;
  return present({
    kind: 'add' as const,
    site_id,
    lon,
    lat,
    antenna_height_m: inRange(fields['antenna_height_m'], ...antennaHeightLimits),
    band_mhz: inRange(fields['band_mhz'], 1, 100_000),
    eirp_dbm: inRange(fields['eirp_dbm'], -30, 100),
    azimuths_deg: readAzimuths(fields['azimuths_deg']),
  });
}

function readChange(value: unknown): PlannedChange | null {
  if (typeof value !== 'object' || value === null) return null;
  const fields: Fields = { ...value };
  const { kind } = fields;
  if (kind === 'add') return readAdd(fields);
  const site_id = inRange(fields['site_id'], 1, Number.MAX_SAFE_INTEGER);
  if (site_id === undefined) return null;
  if (kind === 'remove' || kind === 'off') return { kind, site_id };
  const [lon, lat] = [inRange(fields['lon'], -180, 180), inRange(fields['lat'], -90, 90)];
  if (kind === 'move' && lon !== undefined && lat !== undefined) return { kind, site_id, lon, lat };
  const antenna_height_m = inRange(fields['antenna_height_m'], ...antennaHeightLimits);
  return kind === 'raise' && antenna_height_m !== undefined ? { kind, site_id, antenna_height_m } : null;
}

type StoredItem = Omit<PlanItem, 'key'>;

function readItem(value: unknown): StoredItem | null {
  if (typeof value !== 'object' || value === null) return null;
  const { change: stored, operator, technology: named }: Fields = { ...value };
  const change = readChange(stored);
  const technology = technologies.find((known) => known === named);
  if (change === null || technology === undefined) return null;
  const plannedFor: Network = { ...(typeof operator === 'string' && { operator }), technology };
  return { change, plannedFor };
}

export const writePlan = (items: readonly StoredItem[]): string =>
  JSON.stringify(items.map(({ change, plannedFor }) => ({ change, ...plannedFor })));

/** The changes that were stored, each with what it was planned for; what cannot be meant is left out. */
export function readPlan(text: string | null): StoredItem[] {
  try {
    const stored: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(stored) ? stored.flatMap((value) => readItem(value) ?? []).slice(0, mostChanges) : [];
  } catch {
    return [];
  }
}
