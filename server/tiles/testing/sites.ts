import * as fc from 'fast-check';
import type { LayerDefinition } from '../layer.ts';
import { selectOptionalLayer } from '../registry.ts';
import type { TileRow } from '../tile-source.ts';

/** A layer of the registry. */
export function layerOf(id: string): LayerDefinition {
  const layer = selectOptionalLayer(id);
  if (layer === null) throw new Error(`no layer ${id}`);
  return layer;
}

/** A site with every attribute but those given left out. */
export function site(id: number, lon: number, lat: number, attributes: Record<string, unknown> = {}): TileRow {
  return { id, lon, lat, code: `PTO-${id}`, ...attributes };
}

const coordinate = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const status = fc.constantFrom('active', 'planned', 'suspended', null);

/** Sites with distinct ids, all over the world and crowded in the province, some on one spot. */
export const anySites = (maxLength: number): fc.Arbitrary<TileRow[]> => {
  const position = fc.oneof(
    { weight: 1, arbitrary: fc.record({ lon: coordinate(-180, 180), lat: coordinate(-90, 90) }) },
    { weight: 3, arbitrary: fc.record({ lon: coordinate(104.8, 105.5), lat: coordinate(20.9, 21.8) }) },
    { weight: 1, arbitrary: fc.constant({ lon: 105.402, lat: 21.322 }) },
  );
  const row = fc.record({ id: fc.integer({ min: 1, max: 1_000_000 }), position, status, name: fc.string() });
  return fc
    .uniqueArray(row, { selector: ({ id }) => id, maxLength })
    .map((rows) => rows.map(({ id, position: { lon, lat }, ...attributes }) => site(id, lon, lat, attributes)));
};
