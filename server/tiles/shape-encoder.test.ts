import type { Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { worldX, worldY } from './mercator.ts';
import { encodeShapes, shownShapes } from './shape-encoder.ts';
import { ShapeBuilder, type ShapeIndex } from './shape-index.ts';
import { type DecodedFeature, decodeTile } from './testing/decode.ts';
import { layerOf } from './testing/sites.ts';
import { signedArea } from './tile-geometry.ts';
import type { TileRow } from './tile-source.ts';

const communes = layerOf('communes');

function indexOf(rows: readonly TileRow[], layer = communes): ShapeIndex {
  const builder = new ShapeBuilder(layer);
  builder.add(rows);
  return builder.finish(1);
}

function featuresOf(index: ShapeIndex, z: number, x: number, y: number): DecodedFeature[] {
  const detail = { tolerance: 0, maxFeatures: Infinity };
  return decodeTile(encodeShapes(index.layer.id, shownShapes(index.features(z, x, y), detail)), index.layer.id);
}

/** Longitude of a fraction of the world's width, latitude of a fraction of its height. */
const lonOf = (fraction: number): number => (fraction - 0.5) * 360;
const latOf = (fraction: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * fraction))) * 180) / Math.PI;

/** A rectangle given in tile units of a tile, as a GeoJSON ring (counter-clockwise seen from above). */
function ring(
  z: number,
  x: number,
  y: number,
  [west, north, east, south]: [number, number, number, number],
): Position[] {
  const lon = (unit: number): number => lonOf((x + unit / 4096) / 2 ** z);
  const lat = (unit: number): number => latOf((y + unit / 4096) / 2 ** z);
  const corners: [number, number][] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return corners.map(([px, py]) => [lon(px), lat(py)]);
}

const z = 10;
const x = worldX(105.4) >>> (32 - z);
const y = worldY(21.3) >>> (32 - z);
const area = (feature: DecodedFeature | undefined): number =>
  (feature?.geometry ?? []).reduce((sum, part) => sum + signedArea(part), 0);

describe('a value that no tile can hold', () => {
  it('is left out of its feature: the tile and the other values are there', () => {
    const coordinates = [ring(z, x, y, [100, 200, 1100, 1200])];
    const row = { code: '08230', name: 'Hùng Long', geometry: { type: 'Polygon' as const, coordinates } };
    const index = indexOf(
      [1e300, 2 ** 64, Infinity, 5120].map((population, at) => ({ id: at + 1, ...row, population })),
    );
    const read = featuresOf(index, z, x, y).map(({ id, properties }) => [
      id,
      properties['code'],
      properties['population'],
    ]);
    expect(read).toEqual([
      [1, '08230', undefined],
      [2, '08230', undefined],
      [3, '08230', undefined],
      [4, '08230', 5120],
    ]);
  });
});

describe('a tile of polygons', () => {
  it('has id, attributes and the polygon with its hole, oriented as MVT wants', () => {
    const coordinates = [ring(z, x, y, [100, 200, 1100, 1200]), ring(z, x, y, [300, 400, 500, 600])];
    const row = {
      id: 9,
      code: '08230',
      name: 'Hùng Long',
      population: 5120,
      area_km2: 7.25,
      type: null,
      synthetic: true,
    };
    const [feature, ...others] = featuresOf(indexOf([{ ...row, geometry: { type: 'Polygon', coordinates } }]), z, x, y);
    expect(others).toEqual([]);
    expect(feature).toMatchObject({ id: 9, type: 3 });
    const { id: _id, type: _type, ...properties } = row;
    expect(feature?.properties).toEqual(properties);
    expect(feature?.geometry.map(signedArea)).toEqual([1_000_000, -40_000]);
  });

  it('cuts at the buffer of 64 units and fills a tile that lies inside', () => {
    const geometry = { type: 'Polygon' as const, coordinates: [ring(z, x, y, [-9000, -9000, 9000, 9000])] };
    expect(area(featuresOf(indexOf([{ id: 1, geometry }]), z, x, y)[0])).toBe((4096 + 2 * 64) ** 2);
    const half = { type: 'Polygon' as const, coordinates: [ring(z, x, y, [-9000, -9000, 2048, 9000])] };
    expect(area(featuresOf(indexOf([{ id: 1, geometry: half }]), z, x, y)[0])).toBe((2048 + 64) * (4096 + 2 * 64));
  });

  it('has no feature whose box touches the tile but whose area does not', () => {
    const corner: Position[] = [
      [9000, -9000],
      [9000, 9000],
      [-9000, 9000],
      [9000, -9000],
    ].map(([px = 0, py = 0]) => [lonOf((x + 0.9 + px / 4096) / 2 ** z), latOf((y + 0.9 + py / 4096 + 0.3) / 2 ** z)]);
    const index = indexOf([{ id: 1, geometry: { type: 'Polygon', coordinates: [corner] } }]);
    expect(featuresOf(index, z, x, y - 1)).toEqual([]);
    expect(featuresOf(index, z, x + 1, y + 1)).toHaveLength(1);
  });

  it('takes geometry as GeoJSON text and leaves rows without geometry out', () => {
    const geometry = JSON.stringify({ type: 'MultiPolygon', coordinates: [[ring(z, x, y, [0, 0, 500, 500])]] });
    const features = featuresOf(indexOf([{ id: 3, geometry }, { id: 4, geometry: null }, { id: 5 }]), z, x, y);
    expect(features.map(({ id }) => id)).toEqual([3]);
  });

  it('keeps areas within 1 % at every zoom where they have a size', () => {
    // 200 corners on a circle of 12 km: the area of the ring itself is the answer, projected by the formula above
    const circle: Position[] = Array.from({ length: 201 }, (_, i) => {
      const angle = ((i % 200) / 100) * Math.PI;
      const wobble = 0.11 + 0.004 * ((i % 200) % 2);
      return [104.9 + wobble * Math.cos(angle), 21.3 + wobble * Math.sin(angle)];
    });
    const index = indexOf([{ id: 1, geometry: { type: 'Polygon', coordinates: [circle] } }]);
    for (const zoom of [5, 6, 7, 8]) {
      const unit = 2 ** (32 - zoom) / 4096;
      const expected = signedArea(circle.map(([lon = 0, lat = 0]) => [worldX(lon) / unit, worldY(lat) / unit]));
      const tile = (world: number): number => world >>> (32 - zoom);
      const [feature] = featuresOf(index, zoom, tile(worldX(104.9)), tile(worldY(21.3)));
      expect(Math.abs(area(feature) / Math.abs(expected) - 1)).toBeLessThan(0.01);
    }
  });

  it('is empty beside the data', () => {
    const geometry = { type: 'Polygon' as const, coordinates: [ring(z, x, y, [100, 100, 200, 200])] };
    expect(featuresOf(indexOf([{ id: 1, geometry }]), z, x + 3, y)).toEqual([]);
    expect(featuresOf(indexOf([]), 0, 0, 0)).toEqual([]);
  });
});

describe('a tile of lines', () => {
  it('has the line cut at the buffer, in parts when it leaves and comes back', () => {
    const at = ([px, py]: [number, number]): Position => [
      lonOf((x + px / 4096) / 2 ** z),
      latOf((y + py / 4096) / 2 ** z),
    ];
    const path: [number, number][] = [
      [2000, 1000],
      [6000, 1000],
      [6000, 3000],
      [2000, 3000],
    ];
    const row = {
      id: 12,
      code: 'S-1',
      length_m: 1234.5,
      geometry: { type: 'LineString' as const, coordinates: path.map(at) },
    };
    const features = featuresOf(indexOf([row], layerOf('spans')), z, x, y);
    expect(features).toHaveLength(1);
    expect(features[0]).toMatchObject({ id: 12, type: 2, properties: { code: 'S-1', length_m: 1234.5 } });
    expect(features[0]?.geometry).toEqual([
      [
        [2000, 1000],
        [4160, 1000],
      ],
      [
        [4160, 3000],
        [2000, 3000],
      ],
    ]);
  });
});

it('keeps the largest features in their order when it may not keep all', () => {
  const row = (id: number, side: number): TileRow => ({
    id,
    geometry: { type: 'Polygon', coordinates: [ring(z, x, y, [id * 100, 0, id * 100 + side, side])] },
  });
  const index = indexOf([row(1, 50), row(2, 10), row(3, 80)]);
  const raw = encodeShapes('communes', shownShapes(index.features(z, x, y), { tolerance: 0, maxFeatures: 2 }));
  expect(decodeTile(raw, 'communes').map(({ id }) => id)).toEqual([1, 3]);
});

it('counts what slicing adds to its size', () => {
  const geometry = { type: 'Polygon' as const, coordinates: [ring(z, x, y, [0, 0, 4000, 4000])] };
  const index = indexOf([{ id: 1, geometry }]);
  const before = index.byteLength;
  index.features(z, x, y);
  const after = index.byteLength;
  expect(after).toBeGreaterThan(before);
  index.features(z, x, y);
  expect(index.byteLength).toBe(after);
});
