import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { DistrictConnectivity } from '../../../../server/contract/connectivity.ts';
import { connectivityColours, palette } from '../../map/palette.ts';

const status: ExpressionSpecification = ['coalesce', ['feature-state', 'status'], ''];
const path: ExpressionSpecification = ['coalesce', ['feature-state', 'path'], 0];

/** The sign of each district stands at its centre. */
export function centrePoints(items: readonly DistrictConnectivity[]): SourceSpecification {
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
        'line-opacity': ['match', path, [1, 2], 0.85, 0],
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
