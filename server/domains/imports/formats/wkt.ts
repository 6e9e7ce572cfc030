import type { Position } from 'geojson';

const SHAPE = /^(?:SRID\s*=\s*4326\s*;\s*)?(POINT|LINESTRING)\s*Z?\s*\(([^()]*)\)$/i;

/**
 * A point or line in well-known text, as a GeoJSON geometry whose numbers are still to be checked. Null for anything else.
 * `POINT (105.402 21.322)`, `LINESTRING (105.4 21.3, 105.5 21.4)`; a height is kept, other systems than WGS 84 are not read.
 */
export function readWkt(text: string): { type: 'Point' | 'LineString'; coordinates: Position | Position[] } | null {
  const match = SHAPE.exec(text.trim());
  if (!match) return null;
  const positions = (match[2] ?? '').split(',').map((pair) => pair.trim().split(/\s+/).map(Number));
  if (positions.some((position) => position.length < 2 || position.some(Number.isNaN))) return null;
  if ((match[1] ?? '').toUpperCase() === 'LINESTRING') return { type: 'LineString', coordinates: positions };
  return positions.length === 1 ? { type: 'Point', coordinates: positions[0] ?? [] } : null;
}
