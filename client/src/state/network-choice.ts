import type { ConnectivityPlan, PlaceConnectivity } from '../../../server/contract/connectivity.ts';

/** The lists of the connectivity panel. */
export const networkSections = ['districts', 'communes', 'sites', 'risks', 'plan', 'figures', 'topology'] as const;
export type NetworkSection = (typeof networkSections)[number];

/** Everybody's network, or with sharing; any other text is the code of the operator whose network alone is looked at. */
export const networkViews = ['together', 'sharing'] as const;

export const placeStatuses = ['none', 'single', 'dual'] as const satisfies readonly PlaceConnectivity['status'][];
export type PlaceStatus = (typeof placeStatuses)[number];

export const planGoals = ['dual', 'extend'] as const satisfies readonly ConnectivityPlan['goal'][];
export const planWays = ['straight', 'lines'] as const satisfies readonly ConnectivityPlan['along'][];
export const planDeployments = [
  'aerial',
  'buried',
  'duct',
] as const satisfies readonly ConnectivityPlan['deployment'][];

/** The question a plan answers, beside day and network. */
export interface PlanQuestion {
  goal: (typeof planGoals)[number];
  along: (typeof planWays)[number];
  deployment: (typeof planDeployments)[number];
  /** Metres; null: what the server takes. */
  maxHopM: number | null;
  /** null: what the server takes. */
  costPerM: number | null;
}

export const initialPlan: PlanQuestion = {
  goal: 'dual',
  along: 'straight',
  deployment: 'aerial',
  maxHopM: null,
  costPerM: null,
};

export const rateNames = ['duct', 'buried', 'aerial', 'mttr'] as const;
/** Failures per 1000 km and year by deployment, and hours to repair; null: what the server takes. */
export type FailureRates = Readonly<Record<(typeof rateNames)[number], number | null>>;
export const initialRates: FailureRates = { duct: null, buried: null, aerial: null, mttr: null };
/** What the API takes. */
export const rateLimits = {
  duct: [0, 10_000],
  buried: [0, 10_000],
  aerial: [0, 10_000],
  mttr: [0.1, 8_760],
} as const satisfies Record<keyof FailureRates, readonly [number, number]>;

export const failureKinds = ['span', 'group', 'node'] as const;
/** One of several things that fail at once. */
export interface FailedPart {
  kind: (typeof failureKinds)[number];
  /** Of a span or node; of a route group its code. */
  id: string;
}
/** As many as a reader can still follow. */
export const mostFailed = 20;

/** A corner of an area drawn on the map: lon, lat in degrees. */
export type Corner = readonly [lon: number, lat: number];
/** As many as an address holds without growing too long for mail. */
export const mostCorners = 30;

/** What the API takes as snapping tolerance, metres. */
export const toleranceLimits = [1, 200] as const;

/** What of connectivity is looked at; a link brings it back. */
export interface NetworkChoice {
  net: string;
  part: NetworkSection;
  /** Of the places in a list only those that are connected so; null: all. */
  reach: PlaceStatus | null;
  /** The commune or site opened in its list: its paths are on the map. */
  place: number | null;
  /** Spans of the risk chosen among the worst cuts. */
  cut: readonly number[];
  /** What was gathered to fail at once. */
  failed: readonly FailedPart[];
  /** Corners of the area that fails, in the order they were drawn. */
  area: readonly Corner[];
  /** How often cable is taken to fail, and how long it then does. */
  rates: FailureRates;
  /** What the planner was asked; null before. */
  plan: PlanQuestion | null;
  /** Metres within which nodes are taken for one where faults of the drawing are looked for; null: what the server takes. */
  toleranceM: number | null;
}

export const initialNetworkChoice: NetworkChoice = {
  net: 'together',
  part: 'districts',
  reach: null,
  place: null,
  cut: [],
  failed: [],
  area: [],
  rates: initialRates,
  plan: null,
  toleranceM: null,
};

const mostSpans = 1_000;

function oneOf<T extends string>(known: readonly T[], text: string | null | undefined): T | null {
  return known.find((value) => value === text) ?? null;
}

/** A number between the limits of the API, written as plain decimals; null for anything else. */
function within(text: string | undefined, [least, most]: readonly [number, number]): number | null {
  if (!/^\d{1,7}(\.\d{1,6})?$/.test(text ?? '')) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}

/** What the API takes: the longest hop in metres, the cost of a metre. */
export const hopLimits = [100, 200_000] as const;
export const costLimits = [0, 1_000_000] as const;

/** `dual,straight,aerial,40000,6.33`, the numbers empty where nothing was said; null when it is no question. */
function parsePlan(text: string | null): PlanQuestion | null {
  const [goal, along, deployment, hop, cost] = (text ?? '').split(',');
  const asked = oneOf(planGoals, goal);
  if (!asked) return null;
  return {
    goal: asked,
    along: oneOf(planWays, along) ?? initialPlan.along,
    deployment: oneOf(planDeployments, deployment) ?? initialPlan.deployment,
    maxHopM: within(hop, hopLimits),
    costPerM: within(cost, costLimits),
  };
}

function formatPlan({ goal, along, deployment, maxHopM, costPerM }: PlanQuestion): string {
  return [goal, along, deployment, maxHopM ?? '', costPerM ?? ''].join(',').replace(/,+$/, '');
}

/** `15,,20,8`: duct, buried, aerial, hours; empty where nothing was said. One that cannot be meant: none is taken. */
function parseRates(text: string): FailureRates {
  const said = text.split(',');
  const read = rateNames.map((name, at) => within(said[at], rateLimits[name]));
  const areAllMeant = said.every((one, at) => one === '' || (read[at] ?? null) !== null);
  const [duct = null, buried = null, aerial = null, mttr = null] = areAllMeant ? read : [];
  return { duct, buried, aerial, mttr };
}

const formatRates = (rates: FailureRates): string =>
  rateNames
    .map((name) => rates[name] ?? '')
    .join(',')
    .replace(/,+$/, '');

/** `s12,gCAP-1,n7`: spans, route groups and nodes, codes with their commas written as in an address. */
function parseFailed(text: string): FailedPart[] {
  const tokens = [...new Set(text.split(','))];
  return tokens.slice(0, mostFailed).flatMap((token): FailedPart[] => {
    const kind = failureKinds.find((known) => known[0] === token[0]);
    const id = decoded(token.slice(1));
    if (!kind || !id || id.length > 200 || (kind !== 'group' && !/^\d{1,15}$/.test(id))) return [];
    return [{ kind, id }];
  });
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const formatFailed = (parts: readonly FailedPart[]): string =>
  parts.map(({ kind, id }) => `${kind[0]}${encodeURIComponent(id)}`).join(',');

/** As a link keeps it: 5 decimals of a degree (about 1 m). */
export const cornerAt = (lon: number, lat: number): Corner => [Number(lon.toFixed(5)), Number(lat.toFixed(5))];

/** `105.05/21.5,105.2/21.42`: lon and lat of each corner. One that is off the map: another area was meant, so none. */
function parseArea(text: string): Corner[] {
  const corners = text.split(',').map((corner) => {
    const [, lon, lat] = /^(-?\d{1,3}(?:\.\d{1,15})?)\/(-?\d{1,2}(?:\.\d{1,15})?)$/.exec(corner) ?? [];
    return cornerAt(Number(lon), Number(lat));
  });
  const areAllMeant = corners.every(([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 85);
  return areAllMeant && corners.length <= mostCorners ? corners : [];
}

const formatArea = (corners: readonly Corner[]): string => corners.map((corner) => corner.join('/')).join(',');

/** Reads the choice from query parameters; what cannot be meant falls back to its default. */
export function parseNetworkChoice(params: URLSearchParams): NetworkChoice {
  const net = params.get('net') ?? '';
  const place = params.get('place') ?? '';
  const cut = params.get('cut') ?? '';
  return {
    net: /^[0-9A-Za-z._-]{1,40}$/.test(net) ? net : initialNetworkChoice.net,
    part: oneOf(networkSections, params.get('part')) ?? initialNetworkChoice.part,
    reach: oneOf(placeStatuses, params.get('reach')),
    place: /^\d{1,15}$/.test(place) ? Number(place) : null,
    cut: /^\d{1,15}(,\d{1,15})*$/.test(cut) ? cut.split(',').slice(0, mostSpans).map(Number) : [],
    failed: parseFailed(params.get('fail') ?? ''),
    area: parseArea(params.get('area') ?? ''),
    rates: parseRates(params.get('rates') ?? ''),
    plan: parsePlan(params.get('plan')),
    toleranceM: within(params.get('snap') ?? '', toleranceLimits),
  };
}

/** The query parameters of a choice, defaults left out. */
export function networkChoiceParams(choice: NetworkChoice): [name: string, value: string][] {
  const { net, part, reach, place, cut, failed, area, rates, plan, toleranceM } = choice;
  const all: [name: string, value: string | null][] = [
    ['net', net === initialNetworkChoice.net ? null : net],
    ['part', part === initialNetworkChoice.part ? null : part],
    ['reach', reach],
    ['place', place === null ? null : String(place)],
    ['cut', cut.length > 0 ? cut.join(',') : null],
    ['fail', failed.length > 0 ? formatFailed(failed) : null],
    ['area', formatArea(area) || null],
    ['rates', formatRates(rates) || null],
    ['plan', plan && formatPlan(plan)],
    ['snap', toleranceM === null ? null : String(toleranceM)],
  ];
  return all.filter((param): param is [string, string] => param[1] !== null);
}

/** The choice as parameters of the API: `view`, or `operator`. */
export function networkQuery({ net }: Pick<NetworkChoice, 'net'>): string {
  if (net === 'together') return '';
  return net === 'sharing' ? '&view=sharing' : `&operator=${net}`;
}

/** The rates as parameters of the API; nothing where the server's own are taken. */
export function ratesQuery({ rates }: Pick<NetworkChoice, 'rates'>): string {
  const names = {
    duct: 'failures_duct',
    buried: 'failures_buried',
    aerial: 'failures_aerial',
    mttr: 'mttr_h',
  } as const;
  return rateNames.map((name) => (rates[name] === null ? '' : `&${names[name]}=${rates[name]}`)).join('');
}

/** The snapping tolerance as a parameter of the API; nothing where the server's own is taken. */
export function toleranceQuery({ toleranceM }: Pick<NetworkChoice, 'toleranceM'>): string {
  return toleranceM === null ? '' : `&tolerance_m=${toleranceM}`;
}

/** The choice as members of a request body. */
export function networkBody({ net }: Pick<NetworkChoice, 'net'>): { view?: 'sharing'; operator?: string } {
  if (net === 'together') return {};
  return net === 'sharing' ? { view: net } : { operator: net };
}

/** The operator whose network alone is looked at; null for everybody's. */
export function soleOperator({ net }: Pick<NetworkChoice, 'net'>): string | null {
  return oneOf(networkViews, net) ? null : net;
}

/** The plan's question as query parameters; what was not said is left to the server. */
export function planQuery({ goal, along, deployment, maxHopM, costPerM }: PlanQuestion): string {
  const params = new URLSearchParams({ goal, along, deployment });
  if (maxHopM !== null) params.set('max_hop_m', String(maxHopM));
  if (costPerM !== null) params.set('cost_per_m', String(costPerM));
  return params.toString();
}
