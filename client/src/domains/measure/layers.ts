import type { FeatureCollection } from 'geojson';
import type { LayerSpecification } from 'maplibre-gl';
import { palette } from '../../map/palette.ts';
import { lineOf, type MeasuredPath } from './path.ts';

/** The path as the map draws it: its points, its line, and its area once it is closed. */
export function pathFeatures(path: MeasuredPath): FeatureCollection {
  const line = lineOf(path);
  const last = path.points.length - 1;
  return {
    type: 'FeatureCollection',
    features: [
      ...(path.closed
        ? [{ type: 'Feature' as const, properties: {}, geometry: { type: 'Polygon' as const, coordinates: [line] } }]
        : []),
      ...(line.length > 1
        ? [{ type: 'Feature' as const, properties: {}, geometry: { type: 'LineString' as const, coordinates: line } }]
        : []),
      ...path.points.map((coordinates, index) => ({
        type: 'Feature' as const,
        properties: { is_end: index === 0 || index === last },
        geometry: { type: 'Point' as const, coordinates },
      })),
    ],
  };
}

export function measureLayers(): LayerSpecification[] {
  const round = { 'line-join': 'round', 'line-cap': 'round' } as const;
  return [
    {
      id: 'measure-area-fill',
      type: 'fill',
      source: 'measure',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': palette.measure, 'fill-opacity': 0.18 },
    },
    {
      id: 'measure-line-casing',
      type: 'line',
      source: 'measure',
      filter: ['==', ['geometry-type'], 'LineString'],
      layout: round,
      paint: { 'line-color': '#ffffff', 'line-width': 6, 'line-opacity': 0.9 },
    },
    {
      id: 'measure-line-course',
      type: 'line',
      source: 'measure',
      filter: ['==', ['geometry-type'], 'LineString'],
      layout: round,
      paint: { 'line-color': palette.measure, 'line-width': 3 },
    },
    {
      id: 'measure-points-circle',
      type: 'circle',
      source: 'measure',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-color': '#ffffff',
        'circle-radius': ['case', ['get', 'is_end'], 6, 4.5],
        'circle-stroke-color': palette.measure,
        'circle-stroke-width': 2.5,
      },
    },
  ];
}
