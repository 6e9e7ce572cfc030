import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayerDefinition } from './layer.ts';
import { worldX, worldY } from './mercator.ts';
import { PointBuilder } from './point-builder.ts';
import { encodePoints } from './point-encoder.ts';
import { planPoints } from './point-plan.ts';
import type { PointSnapshot } from './point-snapshot.ts';
import { RowSelection } from './selection.ts';
import { type DecodedFeature, decodeTile } from './testing/decode.ts';
import { anySites, layerOf, site } from './testing/sites.ts';
import type { TileRow } from './tile-source.ts';

const sites = layerOf('sites');
const neverMerged: LayerDefinition = { ...layerOf('nodes'), id: 'sites', attributes: sites.attributes };

function snapshotOf(rows: readonly TileRow[], layer = sites): PointSnapshot {
  const builder = new PointBuilder(layer);
  builder.add(rows);
  return builder.finish(1);
}

function tileOf(snapshot: PointSnapshot, z: number, x: number, y: number, only: number[] | null = null, max = 3000) {
  const selection = only === null ? null : RowSelection.of(snapshot, only);
  const plan = planPoints(snapshot, selection, { z, x, y }, max);
  return plan === null ? null : encodePoints(snapshot, selection, z, plan);
}

const featuresOf = (...args: Parameters<typeof tileOf>): DecodedFeature[] => decodeTile(tileOf(...args), 'sites');
const countOf = (feature: DecodedFeature): number => Number(feature.properties['count'] ?? 1);
const total = (features: readonly DecodedFeature[]): number => features.reduce((sum, f) => sum + countOf(f), 0);

/** Every tile of a zoom that holds one of the rows. */
function tilesWith(rows: readonly TileRow[], z: number): [number, number][] {
  const tile = (world: number): number => Math.floor(world / 2 ** (32 - z));
  const keys = rows.map(({ lon, lat }) => `${tile(worldX(lon ?? 0))}/${tile(worldY(lat ?? 0))}`);
  return [...new Set(keys)].map((key): [number, number] => [Number(key.split('/')[0]), Number(key.split('/')[1])]);
}

describe('a tile of points by themselves', () => {
  it('has id, attributes of their types and the position in tile units', () => {
    const row = site(7, 0, 0, {
      name: 'Trạm Hùng Long',
      height_m: 42.5,
      station_count: 3,
      synthetic: false,
      operators: ['MOBIFONE', 'VIETTEL'],
      status: null,
    });
    expect(featuresOf(snapshotOf([row], neverMerged), 0, 0, 0)).toEqual([
      {
        id: 7,
        type: 1,
        properties: {
          code: 'PTO-7',
          name: 'Trạm Hùng Long',
          height_m: 42.5,
          station_count: 3,
          synthetic: false,
          operators: 'MOBIFONE,VIETTEL',
        },
        geometry: [[[2048, 2048]]],
      },
    ]);
  });

  it('has the corners of the world in the corners of 0/0/0, and the antimeridian at both sides', () => {
    const corners = [
      site(1, -180, 85.0511287798066),
      site(2, 180, 85.0511287798066),
      site(3, -180, -85.0511287798066),
      site(4, 180, -85.0511287798066),
      site(5, 0, 90),
    ];
    const snapshot = snapshotOf(corners, neverMerged);
    const at = new Map(featuresOf(snapshot, 0, 0, 0).map((feature) => [feature.id, feature.geometry[0]?.[0]]));
    expect(at.get(1)).toEqual([0, 0]);
    expect(at.get(2)).toEqual([4095, 0]);
    expect(at.get(3)).toEqual([0, 4095]);
    expect(at.get(4)).toEqual([4095, 4095]);
    expect(at.get(5)).toEqual([2048, 0]);
    expect(featuresOf(snapshot, 1, 1, 0).map(({ id }) => id)).toEqual([5, 2]);
  });

  it('has a point on the edge between tiles in the tile to the south-east only', () => {
    const snapshot = snapshotOf([site(1, 0, 0)], neverMerged);
    expect(featuresOf(snapshot, 1, 1, 1)[0]?.geometry).toEqual([[[0, 0]]]);
    for (const [x, y] of [
      [0, 0],
      [0, 1],
      [1, 0],
    ] as const)
      expect(tileOf(snapshot, 1, x, y)).toBeNull();
  });

  it('is empty without rows, without selected rows and without positions', () => {
    expect(tileOf(snapshotOf([]), 0, 0, 0)).toBeNull();
    expect(tileOf(snapshotOf([site(1, 105, 21)]), 0, 0, 0, [])).toBeNull();
    expect(tileOf(snapshotOf([{ id: 1, lon: null, lat: null }]), 0, 0, 0)).toBeNull();
  });

  it('keeps ids beyond 32 bits', () => {
    const id = 2 ** 45 + 3;
    expect(featuresOf(snapshotOf([site(id, 105, 21)], neverMerged), 0, 0, 0)[0]?.id).toBe(id);
  });

  it('holds every point in exactly one tile of a zoom, within one unit of where it is', () => {
    fc.assert(
      fc.property(anySites(60), fc.integer({ min: 0, max: 14 }), (rows, z) => {
        const snapshot = snapshotOf(rows, neverMerged);
        const found = tilesWith(rows, z).flatMap(([x, y]) =>
          featuresOf(snapshot, z, x, y).map(({ id, geometry }) => ({ id, x, y, at: geometry[0]?.[0] ?? [0, 0] })),
        );
        expect(found.map(({ id }) => id ?? 0).toSorted((a, b) => a - b)).toEqual(
          rows.map(({ id }) => id).toSorted((a, b) => a - b),
        );
        for (const { id, x, y, at } of found) {
          const row = rows.find((candidate) => candidate.id === id);
          const unit = 2 ** (32 - z) / 4096;
          expect(Math.abs(worldX(row?.lon ?? 0) / unit - (x * 4096 + at[0]))).toBeLessThanOrEqual(1);
          expect(Math.abs(worldY(row?.lat ?? 0) / unit - (y * 4096 + at[1]))).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('a tile of merged points', () => {
  it('has one point with only a count at the mean of those that share a cell, and the others as they are', () => {
    const rows = [site(1, 0.1, -0.1), site(2, 0.3, -0.1), site(3, 90, -0.1, { status: 'active' })];
    const features = featuresOf(snapshotOf(rows), 1, 1, 1);
    expect(features).toEqual([
      { id: undefined, type: 1, properties: { count: 2 }, geometry: [[[5, 2]]] },
      { id: 3, type: 1, properties: { code: 'PTO-3', status: 'active' }, geometry: [[[2048, 2]]] },
    ]);
  });

  it('counts every selected point exactly once at every zoom and limit', () => {
    const zoom = fc.integer({ min: 0, max: 14 });
    fc.assert(
      fc.property(anySites(80), zoom, fc.integer({ min: 1, max: 80 }), fc.boolean(), (rows, z, max, filtered) => {
        const snapshot = snapshotOf(rows);
        const only = filtered ? rows.filter((row) => row['status'] === 'active').map(({ id }) => id) : null;
        const tiles = tilesWith(rows, z).map(([x, y]) => featuresOf(snapshot, z, x, y, only, max));
        expect(tiles.reduce((sum, features) => sum + total(features), 0)).toBe(only?.length ?? rows.length);
        for (const features of tiles) if (z > 0) expect(features.length).toBeLessThanOrEqual(max);
      }),
    );
  });

  it('never has a merged point outside its tile or with an id', () => {
    fc.assert(
      fc.property(anySites(80), fc.integer({ min: 0, max: 9 }), (rows, z) => {
        for (const [x, y] of tilesWith(rows, z)) {
          for (const feature of featuresOf(snapshotOf(rows), z, x, y)) {
            expect(feature.id === undefined).toBe('count' in feature.properties);
            for (const value of feature.geometry[0]?.[0] ?? []) {
              expect(value).toBeGreaterThanOrEqual(0);
              expect(value).toBeLessThanOrEqual(4095);
            }
          }
        }
      }),
    );
  });

  it('merges above the cluster zoom only what does not fit', () => {
    const rows = Array.from({ length: 50 }, (_, i) => site(i + 1, 105.4 + i * 1e-4, 21.3));
    const [x, y] = tilesWith(rows, 10)[0] ?? [0, 0];
    expect(featuresOf(snapshotOf(rows), 10, x, y).every((feature) => feature.id !== undefined)).toBe(true);
    const limited = featuresOf(snapshotOf(rows), 10, x, y, null, 20);
    expect(limited.length).toBeLessThanOrEqual(20);
    expect(limited.length).toBeGreaterThan(5);
    expect(total(limited)).toBe(50);
  });
});

it('does not depend on the order rows arrive in, and is the same each time', () => {
  fc.assert(
    fc.property(anySites(60), fc.integer({ min: 0, max: 12 }), (rows, z) => {
      const [forwards, backwards] = [snapshotOf(rows), snapshotOf(rows.toReversed())];
      for (const [x, y] of tilesWith(rows, z)) {
        const tile = tileOf(forwards, z, x, y);
        expect(tileOf(backwards, z, x, y)).toEqual(tile);
        expect(tileOf(forwards, z, x, y)).toEqual(tile);
      }
    }),
  );
});
