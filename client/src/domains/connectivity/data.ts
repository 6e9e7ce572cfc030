import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type {
  ConnectivityPlan,
  CutResult,
  DistrictConnectivity,
  DistrictConnectivityList,
  NetworkFigures,
  PlaceConnectivity,
  PlaceConnectivityList,
  PlaceDetail,
  RiskRanking,
  TopologyList,
} from '../../../../server/contract/connectivity.ts';
import { type PlaceFilter, shownPlaces } from '../../../../server/contract/place-filter.ts';
import type { FibreNodeItem } from '../../../../server/contract/wire.ts';
import { createResource, type Resource } from '../../api/resource.ts';
import { language } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { visibleGroups } from '../../state/layer-groups.ts';
import {
  type NetworkChoice,
  type NetworkSection,
  networkQuery,
  planQuery,
  ratesQuery,
  toleranceQuery,
} from '../../state/network-choice.ts';
import { type AreaCutState, createAreaCutState } from './area-cut.tsx';
import { cutParts } from './failed-parts.ts';
import { type FollowedCut, followCut, resultOf } from './follow-cut.ts';
import { type Outage, outageOf, type Reroute, type SpanState, spanStatesOf } from './outage.ts';

/** The most the API gives in one answer: of any list, and of places. */
const most = 1_000;
const mostPlaces = 10_000;

/** Sections that list places, with the name of the list in the API. */
const placeSections = { communes: 'communes', sites: 'sites' } as const satisfies Partial<
  Record<NetworkSection, string>
>;
export type PlaceSection = keyof typeof placeSections;

export interface ConnectivityData {
  choice: ReadonlySignal<NetworkChoice>;
  /** Day and network as query parameters. */
  subject: ReadonlySignal<string>;
  districts: Resource<DistrictConnectivityList>;
  selected: ReadonlySignal<DistrictConnectivity | null>;
  places: Resource<PlaceConnectivityList>;
  /** Text that names of listed places have to contain. */
  placeText: Signal<string>;
  /** The places of the open list that pass its filter; none while no list of places is open. */
  shown: ReadonlySignal<readonly PlaceConnectivity[]>;
  placeDetail: Resource<PlaceDetail>;
  risks: Resource<RiskRanking>;
  figures: Resource<NetworkFigures>;
  topology: Resource<TopologyList>;
  plan: Resource<ConnectivityPlan>;
  /** The span of the plan whose row is pressed; one of another plan is none. */
  planned: Signal<PlannedSpan | null>;
  /** Nodes of the day, for their networks. */
  nodes: Resource<{ items: FibreNodeItem[] }>;
  /** The answers to cuts on the page: of the details, of what was gathered, and of the area drawn on the map. */
  simulated: Signal<CutResult | null>;
  gathered: FollowedCut;
  area: AreaCutState;
  /** The district whose new way is drawn, chosen in the answer to a cut. */
  reroute: Signal<Reroute | null>;
  /** What fails and who is lost in the cut that is shown. */
  outage: ReadonlySignal<Outage>;
  districtStates: ReadonlySignal<ReadonlyMap<number, { status: string }>>;
  spanStates: ReadonlySignal<ReadonlyMap<number, SpanState>>;
}

/** A span of a plan. */
export type PlannedSpan = ConnectivityPlan['spans'][number];

type Get = <T>(path: () => string | null) => Resource<T>;

/** Whether a section of the panel is open. */
type IsOpen = (...parts: NetworkSection[]) => boolean;

function answers(app: AppContext, get: Get, isOpen: IsOpen, subject: ReadonlySignal<string>) {
  const { state } = app.url;
  const { dataChanges } = app.session;
  // What follows # stays in the browser: after a change of the data the same question is another one.
  const ask = (path: string): string => (dataChanges.value === 0 ? path : `${path}#${dataChanges.value}`);
  const isWanted = (): boolean =>
    state.value.tab === 'connectivity' ||
    visibleGroups(state.value).includes('connectivity') ||
    ['district', 'span'].includes(state.value.selection?.kind ?? '');
  const rates = computed(() => ratesQuery(state.value.network));
  const list = (): string => placeSections[state.value.network.part === 'sites' ? 'sites' : 'communes'];
  return {
    // Its note is a sentence of the server, as are those of the faults: written in the language that is asked for.
    districts: get<DistrictConnectivityList>(() =>
      isWanted()
        ? `/connectivity/districts?${subject.value}${rates.value}#${language.value}${dataChanges.value}`
        : null,
    ),
    places: get<PlaceConnectivityList>(() =>
      isOpen('communes', 'sites') ? ask(`/connectivity/${list()}?${subject.value}&limit=${mostPlaces}`) : null,
    ),
    placeDetail: get<PlaceDetail>(() => {
      const { place } = state.value.network;
      return isOpen('communes', 'sites') && place !== null
        ? ask(`/connectivity/${list()}/${place}?${subject.value}${rates.value}`)
        : null;
    }),
    risks: get<RiskRanking>(() => (isOpen('risks') ? ask(`/connectivity/risks?${subject.value}`) : null)),
    figures: get<NetworkFigures>(() =>
      isOpen('figures') ? ask(`/connectivity/figures?${subject.value}${rates.value}`) : null,
    ),
    topology: get<TopologyList>(() =>
      isOpen('topology')
        ? `/connectivity/topology?limit=${most}${toleranceQuery(state.value.network)}#${language.value}${dataChanges.value}`
        : null,
    ),
    plan: get<ConnectivityPlan>(() => {
      const { plan } = state.value.network;
      return isOpen('plan') && plan ? ask(`/connectivity/plan?${subject.value}&${planQuery(plan)}`) : null;
    }),
    nodes: get<{ items: FibreNodeItem[] }>(() =>
      isOpen('topology') ? ask(`/fibre/nodes?at=${app.day.value}&limit=${most}`) : null,
    ),
  };
}

export function createConnectivityData(app: AppContext): ConnectivityData {
  const { state } = app.url;
  const choice = computed(() => state.value.network);
  const subject = computed(() => `at=${app.day.value}${networkQuery(choice.value)}`);
  const isOpen: IsOpen = (...parts) => state.value.tab === 'connectivity' && parts.includes(choice.value.part);
  const get: Get = (path) => createResource(app.api, path, app.reachability.recoveries);
  const asked = answers(app, get, isOpen, subject);
  const items = computed(() => asked.districts.state.value.data?.items ?? []);
  const selected = computed(() => {
    const { selection } = state.value;
    return selection?.kind === 'district' ? (items.value.find((item) => item.id === selection.id) ?? null) : null;
  });
  const placeText = signal('');
  const shown = computed(() => {
    if (!isOpen('communes', 'sites')) return [];
    const filter: PlaceFilter = { reach: choice.value.reach, text: placeText.value };
    return shownPlaces(listed(asked.places, choice.value.part), filter);
  });
  const pathed = computed(() => {
    const { place } = choice.value;
    if (!isOpen('communes', 'sites') || place === null) return selected.value;
    const { data } = asked.placeDetail.state.value;
    return data?.id === place && isOfSection(data, choice.value.part) ? data : null;
  });
  const planned = signal<PlannedSpan | null>(null);
  const simulated = signal<CutResult | null>(null);
  const reroute = signal<Reroute | null>(null);
  const area = createAreaCutState(app, reroute);
  const gathered = followCut(
    app,
    computed(() =>
      isOpen('risks') && choice.value.failed.length > 0 ? { ...cutParts(choice.value.failed), unknown: 'skip' } : null,
    ),
  );
  const outage = computed(() => {
    const risks = isOpen('risks') ? asked.risks.state.value.data : null;
    const cuts = [area.cut, gathered].map(({ answer }) => resultOf(answer.value));
    return outageOf([...cuts, simulated.value], { risks, spans: choice.value.cut, districts: items.value });
  });
  return {
    ...asked,
    choice,
    subject,
    selected,
    placeText,
    shown,
    planned,
    simulated,
    gathered,
    area,
    reroute,
    outage,
    districtStates: computed(
      () =>
        new Map(
          items.value.map(({ id, status }) => [id, { status: outage.value.districts.has(id) ? 'none' : status }]),
        ),
    ),
    spanStates: computed(() =>
      spanStatesOf(items.value, { selected: pathed.value, reroute: reroute.value, failed: outage.value.spans }),
    ),
  };
}

/** True for a place of the section that is open: the last answer may still be that of the other list. */
function isOfSection({ kind }: Pick<PlaceConnectivity, 'kind'>, part: NetworkSection): boolean {
  return kind === (part === 'sites' ? 'site' : 'commune');
}

function listed(places: Resource<PlaceConnectivityList>, part: NetworkSection): readonly PlaceConnectivity[] {
  return (places.state.value.data?.items ?? []).filter((place) => isOfSection(place, part));
}

/** Whether a district is isolated by a cut of the span alone, or of its whole route; null while that is not known. */
export function singleCut(data: ConnectivityData, span: number): 'span' | 'route' | 'none' | null {
  const items = data.districts.state.value.data?.items;
  if (!items) return null;
  const risks = items.flatMap(({ bridges }) => bridges.filter(({ span_ids }) => span_ids.includes(span)));
  if (risks.length === 0) return 'none';
  return risks.some(({ span_ids }) => span_ids.length === 1) ? 'span' : 'route';
}
