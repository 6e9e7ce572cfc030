import type { SiteFilter, SiteStatus, Technology } from '../../../server/contract/site-filter.ts';

/**
 * The values of the shared filter, for the controls. They are typed by the contract and not imported from it at run
 * time: the schemas would bring their validator into the page.
 */
export const technologies = ['2G', '3G', '4G', '5G'] as const satisfies readonly Technology[];
export const siteStatuses = ['planned', 'active', 'suspended', 'removed'] as const satisfies readonly SiteStatus[];
export const mastClasses = ['A1a', 'A1b', 'A2a', 'A2b', 'A2c'] as const satisfies readonly NonNullable<
  SiteFilter['mast_class']
>[];
export const certificateStates = ['valid', 'due', 'expired', 'none'] as const satisfies readonly NonNullable<
  SiteFilter['certificate']
>[];

/** What the user filters by; the day stands beside it in the URL state. */
export type ClientFilter = Pick<
  SiteFilter,
  'district' | 'commune' | 'operator' | 'technology' | 'band' | 'status' | 'mast_class' | 'certificate' | 'q'
>;
export type ClientFilterName = keyof ClientFilter;

/** In the order of the contract's `siteFilterNames`: the same filter always gives the same text. */
export const clientFilterNames = [
  'district',
  'commune',
  'operator',
  'technology',
  'band',
  'status',
  'mast_class',
  'certificate',
  'q',
] as const satisfies readonly ClientFilterName[];

const code = /^[0-9A-Za-z._-]{1,40}$/;
const oneOf =
  <T extends string>(values: readonly T[]) =>
  (text: string): T | undefined =>
    values.find((value) => value === text);
const asCode = (text: string): string | undefined => (code.test(text) ? text : undefined);

function asBand(text: string): number | undefined {
  const band = Number(text);
  return /^\d{1,6}(\.\d{1,3})?$/.test(text) && band > 0 && band <= 100_000 ? band : undefined;
}

function asText(text: string): string | undefined {
  const trimmed = text.trim().slice(0, 100).trim();
  return trimmed === '' ? undefined : trimmed;
}

const readers: { [name in ClientFilterName]-?: (text: string) => ClientFilter[name] | undefined } = {
  district: asCode,
  commune: asCode,
  operator: asCode,
  technology: oneOf(technologies),
  band: asBand,
  status: oneOf(siteStatuses),
  mast_class: oneOf(mastClasses),
  certificate: oneOf(certificateStates),
  q: asText,
};

/** Reads the filter from query parameters; a value that cannot be meant is left out. */
export function parseFilter(params: URLSearchParams): ClientFilter {
  const filter: Record<string, unknown> = {};
  for (const name of clientFilterNames) {
    const text = params.get(name);
    const value = text === null ? undefined : readers[name](text);
    if (value !== undefined) filter[name] = value;
  }
  return filter;
}

/** The query parameters of a filter at a day, those named only when `names` is given. */
export function filterParams(
  filter: ClientFilter,
  at: string | null,
  names: readonly ClientFilterName[] = clientFilterNames,
): URLSearchParams {
  const params = new URLSearchParams();
  if (at !== null) params.set('at', at);
  for (const name of clientFilterNames) {
    const value = filter[name];
    if (value !== undefined && names.includes(name)) params.set(name, String(value));
  }
  return params;
}

/** A filter with some values changed; `undefined` takes a value out. */
export function changeFilter(
  filter: ClientFilter,
  change: { [name in ClientFilterName]?: ClientFilter[name] | undefined },
): ClientFilter {
  const merged = { ...filter, ...change };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined && value !== ''));
}
