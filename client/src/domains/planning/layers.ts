import type { Feature, FeatureCollection } from 'geojson';
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { Suggestion, WhatIfResult } from '../../../../server/contract/planning.ts';
import { planningColours } from '../../map/palette.ts';
import { labelFont } from '../../map/style.ts';
import { isKnown } from './known-sites.ts';
import { lostPattern, type SignKind, signImage, signKinds, signOf, spotImage, suggestionImage } from './signs.ts';
import type { SpotState } from './spot/state.ts';
import { changeAt, type PlanningState, placeOf } from './state.ts';

const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });

/** Area gained and lost by the changes. */
export function areaFeatures(answer: WhatIfResult | null): FeatureCollection {
  return collection(
    (['gained', 'lost'] as const).flatMap((kind) => {
      const geometry = answer?.[kind];
      return geometry ? [{ type: 'Feature' as const, properties: { kind }, geometry }] : [];
    }),
  );
}

/** The changes where they stand, and for a moved site a line from where it was. */
export function changeFeatures(state: PlanningState): FeatureCollection {
  const current = state.current.value;
  return collection(
    state.plan.value.items.flatMap((item): Feature[] => {
      const place = placeOf(state, item);
      if (!place) return [];
      const coordinates = [place.lon, place.lat];
      const sign: Feature = {
        type: 'Feature',
        id: item.key,
        properties: {
          sign: signOf(item.change),
          is_current: item.key === current,
          is_movable: changeAt(item.change, place.lon, place.lat) !== null,
        },
        geometry: { type: 'Point', coordinates },
      };
      const site = state.sites.byId.value.get(item.change.site_id ?? 0);
      if (item.change.kind !== 'move' || !isKnown(site)) return [sign];
      const way = [[site.lon, site.lat], coordinates];
      return [{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: way } }, sign];
    }),
  );
}

export function suggestionFeatures(items: readonly Suggestion[]): FeatureCollection {
  return collection(
    items.map(({ rank, kind, lon, lat }) => ({
      type: 'Feature',
      id: rank,
      properties: { rank: String(rank), kind },
      geometry: { type: 'Point', coordinates: [lon, lat] },
    })),
  );
}

/** The spot, and the way to it from the site of the chosen row. */
export function spotFeatures({ spot, path }: SpotState): FeatureCollection {
  const place = spot.value;
  if (!place) return collection([]);
  const to = [place.lon, place.lat];
  const from = path.state.value.answer?.site;
  const point: Feature = { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: to } };
  if (!from) return collection([point]);
  const way = [[from.lon, from.lat], to];
  return collection([{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: way } }, point]);
}

const isKind = (kind: 'gained' | 'lost'): ExpressionSpecification => ['==', ['get', 'kind'], kind];
const isType = (type: 'Point' | 'LineString'): ExpressionSpecification => ['==', ['geometry-type'], type];
const round = { 'line-join': 'round', 'line-cap': 'round' } as const;

/** The edge of the area is that of the squares of the grid: thin, where these are small. */
const outlineWidth: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 8, 0.5, 12, 1.6];

/** `isFresh`: false while the area drawn is that of an older question. */
function areaLayers(isFresh: boolean): LayerSpecification[] {
  const source = 'planning-areas';
  const share = isFresh ? 1 : 0.45;
  return [
    {
      id: 'planning-gained-fill',
      type: 'fill',
      source,
      filter: isKind('gained'),
      paint: { 'fill-color': planningColours.gained, 'fill-opacity': 0.42 * share },
    },
    {
      id: 'planning-gained-outline',
      type: 'line',
      source,
      filter: isKind('gained'),
      paint: { 'line-color': planningColours.gained, 'line-width': outlineWidth, 'line-opacity': share },
    },
    {
      id: 'planning-lost-fill',
      type: 'fill',
      source,
      filter: isKind('lost'),
      paint: { 'fill-color': planningColours.lost, 'fill-opacity': 0.22 * share },
    },
    {
      id: 'planning-lost-pattern',
      type: 'fill',
      source,
      filter: isKind('lost'),
      paint: { 'fill-pattern': lostPattern, 'fill-opacity': share },
    },
    {
      id: 'planning-lost-outline',
      type: 'line',
      source,
      filter: isKind('lost'),
      paint: { 'line-color': planningColours.lost, 'line-width': outlineWidth, 'line-opacity': share },
    },
  ];
}

function signLayers(): LayerSpecification[] {
  const images = signKinds.flatMap((kind: SignKind) => [kind, signImage(kind)]);
  return [
    {
      id: 'planning-suggestions-label',
      type: 'symbol',
      source: 'planning-suggestions',
      layout: {
        'icon-image': ['concat', suggestionImage(''), ['get', 'kind']],
        'icon-allow-overlap': true,
        'text-field': ['get', 'rank'],
        'text-font': [labelFont],
        'text-size': 13,
        'text-optional': true,
        // The best is drawn last and keeps its number.
        'symbol-sort-key': ['-', 0, ['to-number', ['get', 'rank']]],
      },
      paint: { 'text-color': planningColours.suggestionText },
    },
    {
      id: 'planning-moves-line',
      type: 'line',
      source: 'planning-changes',
      filter: isType('LineString'),
      layout: round,
      paint: { 'line-color': planningColours.sign, 'line-width': 2, 'line-dasharray': [2, 2] },
    },
    {
      id: 'planning-changes-symbol',
      type: 'symbol',
      source: 'planning-changes',
      filter: isType('Point'),
      layout: {
        'icon-image': ['match', ['get', 'sign'], ...images, signImage('add')] as unknown as ExpressionSpecification,
        'icon-size': ['case', ['get', 'is_current'], 1.25, 1],
        'icon-allow-overlap': true,
        'symbol-sort-key': ['case', ['get', 'is_current'], 1, 0],
      },
    },
  ];
}

function spotLayers(): LayerSpecification[] {
  const line = { type: 'line', source: 'planning-spot', filter: isType('LineString'), layout: round } as const;
  return [
    { id: 'planning-path-casing', ...line, paint: { 'line-color': '#ffffff', 'line-width': 6, 'line-opacity': 0.9 } },
    { id: 'planning-path-line', ...line, paint: { 'line-color': planningColours.spot, 'line-width': 3 } },
    {
      id: 'planning-spot-symbol',
      type: 'symbol',
      source: 'planning-spot',
      filter: isType('Point'),
      layout: { 'icon-image': spotImage, 'icon-allow-overlap': true },
    },
  ];
}

export const planningLayers = (isFresh: boolean): LayerSpecification[] => [...areaLayers(isFresh), ...signLayers()];
export { spotLayers };
