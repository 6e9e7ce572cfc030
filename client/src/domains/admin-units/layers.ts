import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  VariableAnchorOffsetCollectionSpecification,
} from 'maplibre-gl';
import { palette } from '../../map/palette.ts';
import { labelFont } from '../../map/style.ts';
import type { ClientFilter } from '../../state/filter.ts';

const halo = { 'text-halo-color': palette.labelHalo, 'text-halo-width': 1.6, 'text-halo-blur': 0.4 };

/** Districts other than the one filtered by step back. */
function districtOpacity({ district }: ClientFilter): number | ExpressionSpecification {
  return district ? ['case', ['==', ['get', 'code'], district], 0.9, 0.6] : 0.9;
}

const named: FilterSpecification = ['has', 'name'];

/**
 * Where the name of a district may stand round its centre, best first, in ems: close by, then farther out, so that it
 * finds room between the numbers of the sites.
 */
const districtPlaces: VariableAnchorOffsetCollectionSpecification = [0.9, 1.2, 1.5, 1.8, 2.2, 2.6, 3.2].flatMap(
  (reach) => [
    'top',
    [0, reach],
    'bottom',
    [0, -reach],
    'left',
    [reach, 0],
    'right',
    [-reach, 0],
    'top-left',
    [reach * 0.6, reach * 0.6],
    'top-right',
    [-reach * 0.6, reach * 0.6],
    'bottom-left',
    [reach * 0.6, -reach * 0.6],
    'bottom-right',
    [-reach * 0.6, -reach * 0.6],
  ],
);

/** Boundaries and names of communes and districts. */
export function adminUnitLayers(filter: ClientFilter): LayerSpecification[] {
  return [
    {
      id: 'admin-units-province-fill',
      type: 'fill',
      source: 'districts',
      'source-layer': 'districts',
      paint: { 'fill-color': palette.province, 'fill-antialias': false },
    },
    {
      id: 'admin-units-communes-fill',
      type: 'fill',
      source: 'communes',
      'source-layer': 'communes',
      paint: { 'fill-color': palette.province, 'fill-opacity': 0 },
    },
    {
      id: 'admin-units-communes-outline',
      type: 'line',
      source: 'communes',
      'source-layer': 'communes',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.communeLine,
        'line-width': ['interpolate', ['linear'], ['zoom'], 7, 0.25, 10, 0.6, 14, 1.2],
        'line-opacity': 0.7,
      },
    },
    {
      id: 'admin-units-districts-outline',
      type: 'line',
      source: 'districts',
      'source-layer': 'districts',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.districtLine,
        'line-width': ['interpolate', ['linear'], ['zoom'], 7, 0.8, 10, 1.4, 14, 2.4],
        'line-opacity': districtOpacity(filter),
      },
    },
    {
      id: 'admin-units-communes-label',
      type: 'symbol',
      source: 'commune_labels',
      minzoom: 10.2,
      filter: named,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': [labelFont],
        'text-size': ['interpolate', ['linear'], ['zoom'], 10, 10.5, 14, 14],
        'text-max-width': 7,
        'text-padding': 3,
        'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'],
        'text-radial-offset': 0.7,
      },
      paint: { 'text-color': '#3f4e58', ...halo },
    },
    {
      id: 'admin-units-districts-label',
      type: 'symbol',
      source: 'district_labels',
      maxzoom: 13,
      filter: named,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': [labelFont],
        'text-size': ['interpolate', ['linear'], ['zoom'], 7, 11, 10, 13.5, 13, 17],
        'text-max-width': 8,
        'text-line-height': 1.05,
        'text-variable-anchor-offset': districtPlaces,
        'text-padding': 2,
        'symbol-sort-key': ['-', 0, ['get', 'people']],
      },
      paint: { 'text-color': palette.label, ...halo, 'text-halo-width': 2.2 },
    },
  ];
}
