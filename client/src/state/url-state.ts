import { broadcastServices } from './broadcast-service.ts';
import {
  type CoverageChoice,
  coverageChoiceParams,
  initialCoverageChoice,
  parseCoverageChoice,
} from './coverage-choice.ts';
import { type ClientFilter, filterParams, parseFilter } from './filter.ts';
import { isLayerGroup, type LayerGroupId, layerGroupIds } from './layer-groups.ts';
import { initialNetworkChoice, type NetworkChoice, networkChoiceParams, parseNetworkChoice } from './network-choice.ts';
import { formatSelection, parseSelection, type Selection } from './selection.ts';

export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];
export const tabs = [
  'overview',
  'sites',
  'coverage',
  'gaps',
  'planning',
  'broadcast',
  'connectivity',
  'layers',
] as const;
export type Tab = (typeof tabs)[number];

export interface MapView {
  zoom: number;
  lon: number;
  lat: number;
}

/** Everything long-lived: what a link or a reload brings back. */
export interface UrlState {
  language: Language;
  /** Day as YYYY-MM-DD; null is today. */
  at: string | null;
  tab: Tab;
  filter: ClientFilter;
  /** What of coverage is looked at. */
  coverage: CoverageChoice;
  /** What of connectivity is looked at. */
  network: NetworkChoice;
  /** Radio and television: the service looked at. */
  service: (typeof broadcastServices)[number];
  /** Layer groups shown; null: those of the open tab. */
  layers: readonly LayerGroupId[] | null;
  selection: Selection | null;
  /** null: the whole province. */
  view: MapView | null;
}

export const initialUrlState: UrlState = {
  language: 'vi',
  at: null,
  tab: 'overview',
  filter: {},
  coverage: initialCoverageChoice,
  network: initialNetworkChoice,
  service: broadcastServices[0],
  layers: null,
  selection: null,
  view: null,
};

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

function parseDay(text: string | null): string | null {
  if (text === null || !dayPattern.test(text)) return null;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}

function parseLayers(text: string | null): LayerGroupId[] | null {
  if (text === null) return null;
  const wanted = new Set(text.split(',').filter(isLayerGroup));
  return layerGroupIds.filter((id) => wanted.has(id));
}

/** `zoom/lon/lat`; null when a part is missing or off the map. */
function parseView(text: string | null): MapView | null {
  const [zoom = Number.NaN, lon = Number.NaN, lat = Number.NaN] = (text ?? '').split('/').map(Number);
  const fits = zoom >= 0 && zoom <= 22 && Math.abs(lon) <= 180 && Math.abs(lat) <= 85;
  return fits ? { zoom, lon, lat } : null;
}

function formatView({ zoom, lon, lat }: MapView): string {
  return `${round(zoom, 2)}/${round(lon, 5)}/${round(lat, 5)}`;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** The view as a link keeps it: 0.01 of a zoom step, 5 decimals of a degree (about 1 m). */
export function roundView(view: MapView): MapView {
  return { zoom: round(view.zoom, 2), lon: round(view.lon, 5), lat: round(view.lat, 5) };
}

/** Reads the state from `location.search`; what cannot be meant falls back to its default. */
export function parseUrlState(search: string): UrlState {
  const params = new URLSearchParams(search);
  return {
    language: languages.find((known) => known === params.get('lang')) ?? initialUrlState.language,
    at: parseDay(params.get('at')),
    tab: tabs.find((known) => known === params.get('tab')) ?? initialUrlState.tab,
    filter: parseFilter(params),
    coverage: parseCoverageChoice(params),
    network: parseNetworkChoice(params),
    service: broadcastServices.find((known) => known === params.get('service')) ?? initialUrlState.service,
    layers: parseLayers(params.get('layers')),
    selection: parseSelection(params.get('sel')),
    view: parseView(params.get('view')),
  };
}

/** Writes the state as a query string, defaults left out; '' for the initial state. */
export function formatUrlState(state: UrlState): string {
  const params = new URLSearchParams();
  if (state.tab !== initialUrlState.tab) params.set('tab', state.tab);
  for (const [name, value] of filterParams(state.filter, state.at)) params.set(name, value);
  for (const [name, value] of coverageChoiceParams(state.coverage)) params.set(name, value);
  for (const [name, value] of networkChoiceParams(state.network)) params.set(name, value);
  if (state.service !== initialUrlState.service) params.set('service', state.service);
  if (state.layers) params.set('layers', state.layers.length > 0 ? state.layers.join(',') : 'none');
  if (state.selection) params.set('sel', formatSelection(state.selection));
  if (state.view) params.set('view', formatView(state.view));
  if (state.language !== initialUrlState.language) params.set('lang', state.language);
  // Slashes, commas and colons may stand in a query as they are (RFC 3986, 3.4): links stay readable.
  const text = params.toString().replaceAll('%2F', '/').replaceAll('%2C', ',').replaceAll('%3A', ':');
  return text === '' ? '' : `?${text}`;
}
