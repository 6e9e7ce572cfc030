import type { Feature, FeatureCollection, Geometry, Polygon, Position } from 'geojson';
import type { Corner } from '../../state/network-choice.ts';
import { evenOddParts, isSelfCrossing } from './even-odd.ts';

const fewest = 3;

/** The area of the corners; null while there are too few of them. */
export function areaOf(corners: readonly Corner[]): Polygon | null {
  const [first] = corners;
  if (!first || corners.length < fewest) return null;
  return { type: 'Polygon', coordinates: [[...corners, first].map((corner) => [...corner])] };
}

const feature = (geometry: Geometry): Feature => ({ type: 'Feature', properties: {}, geometry });

/** What lies in the area, as the server counts it. */
function insideOf(area: Polygon, corners: readonly Corner[]): Geometry {
  return isSelfCrossing(corners) ? { type: 'MultiPolygon', coordinates: evenOddParts(corners) } : area;
}

/**
 * The area as the map draws it: its corners, from the second on its outline, from the third on what lies in it. The outline is
 * a line of its own: a map leaves out a polygon whose loops cancel out to no area.
 */
export function areaFeatures(corners: readonly Corner[]): FeatureCollection {
  const points = corners.map((corner) => feature({ type: 'Point', coordinates: [...corner] }));
  const area = areaOf(corners);
  const outline: Position[] = area?.coordinates[0] ?? corners.map((corner) => [...corner]);
  return {
    type: 'FeatureCollection',
    features: [
      ...(area ? [feature(insideOf(area, corners))] : []),
      ...(outline.length > 1 ? [feature({ type: 'LineString', coordinates: outline })] : []),
      ...points,
    ],
  };
}
