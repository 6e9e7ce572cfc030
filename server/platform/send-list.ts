import type { Request, Response } from 'express';
import { encodeCursor } from './parse-request.ts';

const geoJson = 'application/geo+json';

/** True when the caller asks for the list as GeoJSON (Accept: application/geo+json). */
export function wantsGeoJson(req: Request): boolean {
  return req.accepts(['application/json', geoJson]) === geoJson;
}

/** The first `limit` of `limit + 1` rows read, and where the next page starts if there is one. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  keyOf: (row: T) => readonly (string | number)[],
): { items: T[]; next_cursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next_cursor: rows.length > limit && last ? encodeCursor(keyOf(last)) : null };
}

/** A GeoJSON Point of a position, or null when it is not known. */
export function pointOf({ lon, lat }: { lon: number | null; lat: number | null }): object | null {
  return lon === null || lat === null ? null : { type: 'Point', coordinates: [lon, lat] };
}

function toFeature(item: { id: number }, geometry: object | string | null): object {
  const { id, ...properties } = item;
  return {
    type: 'Feature',
    id,
    geometry: typeof geometry === 'string' ? (JSON.parse(geometry) as unknown) : geometry,
    properties,
  };
}

/**
 * Answers a list: as JSON `{items, numberReturned, …about}`, or as a GeoJSON FeatureCollection (CRS84 lon/lat) with the
 * same members beside `features`.
 * @param geometryOf GeoJSON geometry of an item, as object or text; asked only for GeoJSON
 */
export function sendList<T extends { id: number }>(
  req: Request,
  res: Response,
  items: readonly T[],
  about: object,
  geometryOf: (item: T) => object | string | null,
): void {
  const members = { numberReturned: items.length, ...about };
  if (!wantsGeoJson(req)) {
    res.json({ items, ...members });
    return;
  }
  const features = items.map((item) => toFeature(item, geometryOf(item)));
  res.type(geoJson).send(JSON.stringify({ type: 'FeatureCollection', features, ...members }));
}
