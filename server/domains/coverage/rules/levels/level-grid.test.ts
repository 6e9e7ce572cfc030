import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PARAMETERS } from '../coverage-parameters.ts';
import { computeLevels } from './level-grid.ts';
import { COVERED_FROM, LEVEL_CAP, type LevelGrids, type LevelInput } from './level-types.ts';
import { pathLevel } from './path-level.ts';
import type { RadioCell } from './radio-cells.ts';
import {
  cellAt,
  digests,
  hills,
  hillsWithHoles,
  levelInput,
  randomCells,
  smallFrame,
  terrainBy,
} from './testing/small-network.ts';

const frame = smallFrame(40, 40);
const grounds = {
  'no terrain': () => null,
  hills: (seed: number) => terrainBy(frame, hills(seed)),
  'hills with holes': (seed: number) => terrainBy(frame, hillsWithHoles(seed)),
};

/** The byte of a margin, as the agreement words it. */
const byteOf = (margin_db: number): number => {
  const value = 129 + Math.floor(margin_db / 0.5);
  return Math.max(0, Math.min(LEVEL_CAP, value));
};

interface Best {
  value: number;
  id: number;
}
const better = (best: Best, value: number, id: number): Best =>
  value > best.value || (value === best.value && value > 0 && id < best.id) ? { value, id } : best;

/** Level, low and high of a set of cells on a square, by the reference definition, cell by cell. */
function bestOf(cells: readonly RadioCell[], square: number, { terrain, parameters, frame: { cols } }: LevelInput) {
  let [level, low, high] = Array.from({ length: 3 }, () => ({ value: 0, id: 0 })) as [Best, Best, Best];
  for (const cell of cells) {
    const east = frame.origin_e_m + ((square % cols) + 0.5) * 100;
    const north = frame.origin_n_m + (Math.floor(square / cols) + 0.5) * 100;
    const path = pathLevel(cell, east, north, terrain, parameters);
    if (!path.in_reach) continue;
    const margin = path.level_dbm - cell.required_dbm;
    level = better(level, byteOf(margin), cell.cell_id);
    low = better(low, byteOf(margin - cell.uncertainty_db), cell.cell_id);
    high = better(high, byteOf(margin + cell.uncertainty_db), cell.cell_id);
  }
  return { level, low, high };
}

const idOf = (ids: readonly number[], server: number | undefined): number => (server ? (ids[server - 1] ?? -1) : 0);

/** Every byte and server of the grids beside the reference; how many pairs were compared. */
function compareAll(grids: LevelGrids, input: LevelInput, squares: readonly number[]): number {
  let compared = 0;
  for (const square of squares) {
    for (const { operator_id, technology, band_mhz, levels, servers, cell_ids } of grids.layers) {
      const own = input.cells.filter(
        (cell) => cell.operator_id === operator_id && cell.technology === technology && cell.band_mhz === band_mhz,
      );
      const { level } = bestOf(own, square, input);
      expect([levels[square], idOf(cell_ids, servers[square])]).toEqual([level.value, level.id]);
      compared++;
    }
    for (const spread of grids.spreads) {
      const own = input.cells.filter(
        (cell) => cell.operator_id === spread.operator_id && cell.technology === spread.technology,
      );
      const { low, high } = bestOf(own, square, input);
      expect([spread.low[square], idOf(spread.cell_ids, spread.low_servers[square])]).toEqual([low.value, low.id]);
      expect([spread.high[square], idOf(spread.cell_ids, spread.high_servers[square])]).toEqual([high.value, high.id]);
    }
  }
  return compared;
}

describe('levels on the grid', () => {
  it.each(Object.entries(grounds))('are those of the reference for every cell, byte for byte: %s', (_name, ground) => {
    for (const seed of [1, 2, 3]) {
      const input = levelInput(frame, randomCells(25, frame, seed), ground(seed));
      const squares = Array.from({ length: 60 }, (_, i) => (i * 977 + seed * 131) % 1600);
      expect(compareAll(computeLevels(input), input, squares)).toBeGreaterThan(400);
    }
  });

  it('leave out the squares that are not wanted, and only those', () => {
    const whole = levelInput(frame, randomCells(10, frame, 9), terrainBy(frame, hills(1)));
    const wanted = whole.wanted.map((_, square) => (square % 3 === 0 ? 1 : 0));
    const all = computeLevels(whole);
    const some = computeLevels({ ...whole, wanted });
    some.layers.forEach((layer, i) =>
      layer.levels.forEach((value, square) => expect(value).toBe(square % 3 === 0 ? all.layers[i]?.levels[square] : 0)),
    );
  });

  it('do not depend on the order of the cells', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const input = levelInput(smallFrame(20, 20), randomCells(15, frame, seed), null);
        const sorted = [...input.cells].sort((a, b) => a.signature.localeCompare(b.signature));
        expect(digests(computeLevels({ ...input, cells: sorted }))).toEqual(digests(computeLevels(input)));
      }),
      { numRuns: 15 },
    );
  });

  it('of two identical cells are the levels of one, served by the lower id', () => {
    const terrain = terrainBy(frame, hills(4));
    const one = computeLevels(levelInput(frame, [cellAt(5, 2_000, 1_000)], terrain)).layers[0];
    const two = computeLevels(levelInput(frame, [cellAt(9, 2_000, 1_000), cellAt(5, 2_000, 1_000)], terrain)).layers[0];
    expect(two?.levels).toEqual(one?.levels);
    expect(two?.cell_ids).toEqual([5, 9]);
    expect(two?.servers.every((server) => server <= 1)).toBe(true);
  });

  it('without cells have no layers', () => {
    expect(computeLevels(levelInput(frame, [], null))).toEqual({ frame, layers: [], spreads: [] });
  });

  it('make room for any number of cells on one mast', () => {
    const cells = Array.from({ length: 150 }, (_, i) =>
      cellAt(i + 1, 2_000, 2_000, { operator_id: 1 + (i % 15), band_mhz: 900 + (i % 10) }),
    );
    const { layers } = computeLevels(levelInput(smallFrame(30, 30), cells, null));
    expect(layers.map((layer) => layer.cell_ids.length).reduce((a, b) => a + b)).toBe(150);
    expect(layers.every(({ levels }) => levels.every((value) => value > COVERED_FROM))).toBe(true);
  });

  it('end at the range cap', () => {
    const far = smallFrame(200, 3);
    const [layer] = computeLevels(levelInput(far, [cellAt(1, 50, 150, { eirp_dbm: 90 })], null)).layers;
    const row = layer?.levels.slice(200, 400) ?? new Uint8Array();
    // 15 km from the centre of the first square: the 150th square east of it is the last.
    expect([row[150], row[151]]).toEqual([expect.any(Number), 0]);
    expect(row[150]).toBeGreaterThan(0);
  });

  it('of extreme cells are finite bytes', () => {
    const extremes = [
      cellAt(1, 2_050, 2_050, { eirp_dbm: 90, antenna_height_m: 350 }),
      cellAt(2, 2_050, 2_050, { operator_id: 2, eirp_dbm: -20, antenna_height_m: 0.5, tilt_deg: 90 }),
      cellAt(3, 2_050, 2_050, { operator_id: 3, technology: '5G', band_mhz: 71_000, antenna_height_m: 1.5 }),
      cellAt(4, -14_000, -2_000, { operator_id: 4, band_mhz: 380, beamwidth_deg: 0.1, azimuth_deg: 360 }),
    ];
    const steep = terrainBy(frame, (x) => (x > 2_500 ? 8_000 : -400));
    const { layers } = computeLevels(levelInput(frame, extremes, steep));
    const values = layers.map(({ levels }) => [Math.min(...levels), Math.max(...levels)]);
    expect(values[0]?.[1]).toBe(LEVEL_CAP);
    expect(layers).toHaveLength(4);
  });
});

describe('the error band', () => {
  it('is there only for an operator and technology with a defaulted value', () => {
    const cells = [cellAt(1, 500, 500), cellAt(2, 500, 500, { operator_id: 2, eirp_dbm: null })];
    const { spreads } = computeLevels(levelInput(frame, cells, null));
    expect(spreads.map(({ operator_id }) => operator_id)).toEqual([2]);
  });

  it('is the level ∓ 6 dB for a defaulted power: 12 steps of half a decibel', () => {
    const { layers, spreads } = computeLevels(levelInput(frame, [cellAt(1, 500, 500, { eirp_dbm: null })], null));
    const level = layers[0]?.levels[800] ?? 0;
    expect(DEFAULT_PARAMETERS.uncertainty_db.eirp_default).toBe(6);
    expect([spreads[0]?.low[800], spreads[0]?.high[800]]).toEqual([level - 12, level + 12]);
  });
});
