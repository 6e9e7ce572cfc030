import type { Feature, FeatureCollection, Polygon, Position } from 'geojson';

const fewest = 3;

/** The area of the corners; null while there are too few of them. */
export function areaOf(corners: readonly Position[]): Polygon | null {
  const [first] = corners;
  return first && corners.length >= fewest ? { type: 'Polygon', coordinates: [[...corners, first]] } : null;
}

/** The area as the map draws it: corners and sides while it is drawn, the polygon from three corners on. */
export function areaFeatures(corners: readonly Position[]): FeatureCollection {
  const points = corners.map(
    (coordinates): Feature => ({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates } }),
  );
  if (corners.length < 2) return { type: 'FeatureCollection', features: points };
  const shape: Feature = {
    type: 'Feature',
    properties: {},
    geometry: areaOf(corners) ?? { type: 'LineString', coordinates: [...corners] },
  };
  return { type: 'FeatureCollection', features: [shape, ...points] };
}
