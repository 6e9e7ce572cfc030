import type { Feature, FeatureCollection } from 'geojson';
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type {
  ConnectivityPlan,
  DistrictConnectivity,
  PlaceConnectivity,
} from '../../../../server/contract/connectivity.ts';
import { connectivityColours, palette } from '../../map/palette.ts';
import { labelFont } from '../../map/style.ts';
import type { PlannedSpan } from './data.ts';
import { middleOf } from './middle.ts';
import { planHeadAbove, planImage } from './signs.ts';

const status: ExpressionSpecification = ['coalesce', ['feature-state', 'status'], ''];
const path: ExpressionSpecification = ['coalesce', ['feature-state', 'path'], 0];

interface Placed {
  id: number;
  name: string;
  status: PlaceConnectivity['status'];
  lon: number | null;
  lat: number | null;
}

function signPoints(items: readonly Placed[]): SourceSpecification {
  return {
    type: 'geojson',
    data: {
      type: 'FeatureCollection',
      features: items.flatMap(({ id, name, status: value, lon, lat }) =>
        lon === null || lat === null
          ? []
          : [
              {
                type: 'Feature' as const,
                id,
                properties: { name, status: value },
                geometry: { type: 'Point' as const, coordinates: [lon, lat] },
              },
            ],
      ),
    },
  };
}

/** The sign of each district stands at its centre; one lost in the cut that is shown has the sign of those without a way. */
export function centrePoints(items: readonly DistrictConnectivity[], lost: ReadonlySet<number>): SourceSpecification {
  return signPoints(items.map((item) => (lost.has(item.id) ? { ...item, status: 'none' as const } : item)));
}

/** The signs of the listed communes or sites. */
export function placePoints(items: readonly PlaceConnectivity[]): SourceSpecification {
  return signPoints(items);
}

/** The planned spans, and a sign with the number at the middle of each. */
export function planFeatures(plan: ConnectivityPlan | null, chosen: PlannedSpan | null): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: (plan?.spans ?? []).flatMap((span): Feature[] => {
      const { no, coordinates } = span;
      const properties = { no, is_chosen: span === chosen };
      return [
        { type: 'Feature', properties, geometry: { type: 'LineString', coordinates } },
        { type: 'Feature', properties, geometry: { type: 'Point', coordinates: [...middleOf(coordinates)] } },
      ];
    }),
  };
}

const isChosen: ExpressionSpecification = ['boolean', ['get', 'is_chosen'], false];
const isLine: ExpressionSpecification = ['==', ['geometry-type'], 'LineString'];

/** Over all other cable and its nodes, and as wide at every zoom: most new spans are short. */
function planLayers(): LayerSpecification[] {
  const source = 'fibre_plan';
  const round = { 'line-join': 'round', 'line-cap': 'round' } as const;
  return [
    {
      id: 'connectivity-plan-chosen',
      type: 'line',
      source,
      filter: ['all', isLine, isChosen],
      layout: round,
      paint: { 'line-color': palette.selection, 'line-width': 18 },
    },
    {
      id: 'connectivity-plan-casing',
      type: 'line',
      source,
      filter: isLine,
      layout: round,
      paint: { 'line-color': '#ffffff', 'line-width': 10 },
    },
    {
      id: 'connectivity-plan-line',
      type: 'line',
      source,
      filter: isLine,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.plan, 'line-width': 5, 'line-dasharray': [2, 0.8] },
    },
    {
      id: 'connectivity-plan-label',
      type: 'symbol',
      source,
      filter: ['==', ['geometry-type'], 'Point'],
      layout: {
        'icon-image': ['case', isChosen, planImage(true), planImage(false)],
        'icon-anchor': 'bottom',
        'icon-allow-overlap': true,
        'text-field': ['to-string', ['get', 'no']],
        'text-font': [labelFont],
        'text-size': ['case', ['>', ['get', 'no'], 99], 10, 13],
        // Where pins lie over each other only the one on top keeps its number.
        'text-optional': true,
        // The chosen one is drawn last, of the others the first.
        'symbol-sort-key': ['case', isChosen, 1, ['-', 0, ['get', 'no']]],
      },
      paint: { 'text-color': '#ffffff', 'text-translate': [0, -planHeadAbove] },
    },
  ];
}

/** Status of districts in colour and sign, single cuts, and the paths of the selected district. */
export function connectivityLayers(selectedDistrict: number | null): LayerSpecification[] {
  const spans = { source: 'spans', 'source-layer': 'spans' } as const;
  const districts = { source: 'districts', 'source-layer': 'districts' } as const;
  const round = { 'line-join': 'round', 'line-cap': 'round' } as const;
  return [
    {
      id: 'connectivity-districts-status',
      type: 'line',
      ...districts,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': [
          'match',
          status,
          'none',
          connectivityColours.none,
          'single',
          connectivityColours.single,
          'dual',
          connectivityColours.dual,
          'rgba(0,0,0,0)',
        ],
        'line-width': ['interpolate', ['linear'], ['zoom'], 7, 2, 10, 4, 14, 7],
        // Inside the outline, so that neighbours of different status stand side by side.
        'line-offset': ['interpolate', ['linear'], ['zoom'], 7, 1.2, 10, 2.6, 14, 4.6],
        'line-opacity': 0.75,
      },
    },
    {
      id: 'connectivity-districts-selected',
      type: 'line',
      ...districts,
      filter: ['==', ['id'], selectedDistrict ?? -1],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.selection, 'line-width': 3 },
    },
    {
      id: 'connectivity-bridges-halo',
      type: 'line',
      ...spans,
      layout: round,
      paint: {
        'line-color': palette.bridge,
        'line-width': ['interpolate', ['linear'], ['zoom'], 7, 5, 10, 9, 14, 14],
        'line-opacity': ['case', ['boolean', ['feature-state', 'bridge'], false], 0.55, 0],
      },
    },
    {
      id: 'connectivity-paths-line',
      type: 'line',
      ...spans,
      layout: round,
      paint: {
        'line-color': ['match', path, 2, palette.path2, palette.path],
        'line-width': ['interpolate', ['linear'], ['zoom'], 7, 3, 10, 5.5, 14, 9],
        'line-opacity': ['match', path, [1, 2, 3], 0.85, 0],
      },
    },
    {
      id: 'connectivity-cut-line',
      type: 'line',
      ...spans,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.cut,
        'line-width': ['interpolate', ['linear'], ['zoom'], 7, 3, 10, 5, 14, 8],
        'line-dasharray': [1, 1],
        'line-opacity': ['case', ['boolean', ['feature-state', 'cut'], false], 1, 0],
      },
    },
    ...planLayers(),
    {
      id: 'connectivity-cut-area-fill',
      type: 'fill',
      source: 'cut_area',
      filter: ['match', ['geometry-type'], ['Polygon', 'MultiPolygon'], true, false],
      // Its outline is drawn besides; that of the parts of one that crosses itself must not show.
      paint: { 'fill-color': palette.cut, 'fill-opacity': 0.2, 'fill-antialias': false },
    },
    {
      id: 'connectivity-cut-area-outline',
      type: 'line',
      source: 'cut_area',
      filter: ['==', ['geometry-type'], 'LineString'],
      layout: round,
      paint: { 'line-color': palette.cut, 'line-width': 2.5 },
    },
    {
      id: 'connectivity-cut-area-corner',
      type: 'circle',
      source: 'cut_area',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-color': '#ffffff',
        'circle-radius': 5,
        'circle-stroke-color': palette.cut,
        'circle-stroke-width': 2.5,
      },
    },
    {
      id: 'connectivity-places-symbol',
      type: 'symbol',
      source: 'network_places',
      layout: {
        'icon-image': ['concat', 'connectivity-', ['get', 'status']],
        // Most are without a way where fibre is new: they must not cover the network.
        'icon-size': [
          'interpolate',
          ['linear'],
          ['zoom'],
          7,
          ['match', ['get', 'status'], 'none', 0.2, 0.35],
          10,
          ['match', ['get', 'status'], 'none', 0.4, 0.6],
          13,
          0.85,
        ],
        'icon-allow-overlap': true,
        'icon-padding': 0,
        'symbol-sort-key': ['match', ['get', 'status'], 'none', 0, 'single', 1, 2],
      },
    },
    {
      id: 'connectivity-centres-symbol',
      type: 'symbol',
      source: 'district_centres',
      layout: {
        'icon-image': ['concat', 'connectivity-', ['get', 'status']],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 7, 0.6, 10, 0.85, 13, 1],
        'icon-allow-overlap': true,
        'icon-padding': 0,
      },
    },
  ];
}
