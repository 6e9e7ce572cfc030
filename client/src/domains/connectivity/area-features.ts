import type { Feature, FeatureCollection, Geometry, Polygon, Position } from 'geojson';
import type { Corner } from '../../state/network-choice.ts';

const fewest = 3;

/** The area of the corners; null while there are too few of them. */
export function areaOf(corners: readonly Corner[]): Polygon | null {
  const [first] = corners;
  if (!first || corners.length < fewest) return null;
  return { type: 'Polygon', coordinates: [[...corners, first].map((corner) => [...corner])] };
}

const feature = (geometry: Geometry): Feature => ({ type: 'Feature', properties: {}, geometry });

/** The area as the map draws it: corners and sides while it is drawn, the polygon from three corners on. */
export function areaFeatures(corners: readonly Corner[]): FeatureCollection {
  const points = corners.map((corner) => feature({ type: 'Point', coordinates: [...corner] }));
  if (corners.length < 2) return { type: 'FeatureCollection', features: points };
  const line: Position[] = corners.map((corner) => [...corner]);
  const shape = feature(areaOf(corners) ?? { type: 'LineString', coordinates: line });
  return { type: 'FeatureCollection', features: [shape, ...points] };
}
