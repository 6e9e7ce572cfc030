import { describe, expect, it } from 'vitest';
import { COVERED_FROM, computeLevels } from '../../rules/levels/index.ts';
import { smallProvince } from '../testing/small-province.ts';
import { PlanningState } from './planning-state.ts';
import { radioPath } from './radio-path.ts';
import { spot } from './spot.ts';

const hilly = new PlanningState(smallProvince(1));
const flat = new PlanningState(smallProvince(1, { terrain: false }));
const { layers } = computeLevels({ ...hilly.levelGround, wanted: hilly.inside, cells: hilly.settled.cells });
/** Every 97th square of the communes. */
const squares = [...hilly.inside.keys()].filter((square) => hilly.inside[square] === 1 && square % 97 === 0);

const at = (state: PlanningState, square: number): { lon: number; lat: number } => {
  const { east_m, north_m } = state.centreOf(square);
  const [lon, lat] = state.projector.inverse(east_m + 30, north_m - 40);
  return { lon, lat };
};
const pathOf = (state: PlanningState, square: number, cell_id: number) => {
  const answer = radioPath(state, { ...at(state, square), cell_id });
  if (answer.refused) throw new Error(answer.refused);
  return answer.path;
};

describe('a spot', () => {
  it('has the best servers and levels of the grid, wherever in its square it is', () => {
    let compared = 0;
    for (const square of squares) {
      const { items } = spot(hilly, { ...at(hilly, square), technology: null });
      for (const layer of layers) {
        const item = items.find(
          ({ operator, band_mhz }) => operator === `OP${layer.operator_id}` && band_mhz === layer.band_mhz,
        );
        const value = layer.levels[square] ?? 0;
        if (value === 0) {
          expect(item).toBeUndefined();
          continue;
        }
        const low = layer.base_dbm + (value - 1) * layer.step_db;
        expect(item?.cell_id).toBe(layer.cell_ids[(layer.servers[square] ?? 0) - 1]);
        expect(item?.level_dbm).toBeGreaterThanOrEqual(low);
        if (value < 254) expect(item?.level_dbm).toBeLessThan(low + layer.step_db);
        expect(item?.covered).toBe(value >= COVERED_FROM);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(100);
  });

  it('is ordered by technology, then strongest first, with the error band around the level', () => {
    const { items, ground_m } = spot(hilly, { ...at(hilly, squares[20] ?? 0), technology: '4G' });
    const levels = items.map(({ level_dbm }) => level_dbm);
    expect(levels).toEqual([...levels].sort((a, b) => b - a));
    for (const { level_low_dbm, level_dbm, level_high_dbm } of items) {
      expect(level_low_dbm).toBeLessThanOrEqual(level_dbm);
      expect(level_high_dbm - level_dbm).toBeCloseTo(level_dbm - level_low_dbm, 9);
    }
    expect(ground_m).not.toBeNull();
    expect(spot(hilly, { ...at(hilly, squares[20] ?? 0), technology: '2G' }).items).toEqual([]);
  });

  it('outside the communes has nothing, anywhere on the globe', () => {
    for (const [lon, lat] of [
      [104.5, 21],
      [0, 0],
      [-180, -90],
      [180, 90],
    ] as const)
      expect(spot(hilly, { lon, lat, technology: null })).toMatchObject({ items: [], commune: -1 });
  });
});

describe('a path', () => {
  it('adds up to the level that the spot has, and its profile begins and ends with the antennas', () => {
    let paths = 0;
    for (const square of squares.filter((_, i) => i % 5 === 0)) {
      for (const { cell_id, level_dbm } of spot(hilly, { ...at(hilly, square), technology: null }).items) {
        const path = pathOf(hilly, square, cell_id);
        expect(path.level_dbm).toBe(level_dbm);
        expect(path.eirp_dbm - path.antenna_db - path.model_db - path.diffraction_db).toBe(path.level_dbm);
        expect(path.model_db).toBeGreaterThanOrEqual(path.free_space_db - 1e-9);
        if (!path.profile) continue;
        paths++;
        const { distances_m, ground_m, ray_m, fresnel_m } = path.profile;
        expect(distances_m.length).toBeLessThanOrEqual(200);
        expect(new Set([distances_m, ground_m, ray_m, fresnel_m].map(({ length }) => length)).size).toBe(1);
        expect(distances_m[0]).toBe(0);
        expect(distances_m.at(-1)).toBeCloseTo(path.distance_m, 6);
        expect(ray_m[0]).toBeCloseTo((ground_m[0] ?? 0) + path.antenna_height_m, 6);
        expect(ray_m.at(-1)).toBeCloseTo((ground_m.at(-1) ?? 0) + path.receiver_height_m, 6);
        expect([fresnel_m[0], fresnel_m.at(-1)]).toEqual([0, 0]);
        if (path.line_of_sight !== null && path.worst_clearance)
          expect(path.line_of_sight).toBe(path.worst_clearance.clearance_m > 0);
      }
    }
    expect(paths).toBeGreaterThan(10);
  });

  it('without terrain has no profile, and with heights missing says that it is incomplete', () => {
    const [square = 0] = squares;
    const path = pathOf(flat, square, 1);
    expect(path).toMatchObject({ profile: null, line_of_sight: null, worst_clearance: null, itm_db: null });
    expect(path).toMatchObject({ incomplete: true, diffraction_db: 0 });
    expect(path.eirp_dbm - path.antenna_db - path.model_db).toBe(path.level_dbm);
    const missing = squares.map((one) => pathOf(hilly, one, 2)).find((one) => one.profile && one.incomplete);
    expect(missing?.profile?.ground_m).toContain(null);
    expect(missing).toMatchObject({ incomplete: true, itm_db: null });
  });

  it('is refused outside the communes and for cells that are not there; doubtful positions are flagged', () => {
    const here = at(hilly, squares[0] ?? 0);
    expect(radioPath(hilly, { lon: 0, lat: 0, cell_id: 1 })).toMatchObject({ refused: 'outside' });
    expect(radioPath(hilly, { ...here, cell_id: 9_999 })).toMatchObject({ refused: 'unknown_cell' });
    const doubtful = hilly.inventory.cells.find(({ position_trusted }) => !position_trusted);
    const path = pathOf(hilly, squares[0] ?? 0, doubtful?.cell_id ?? 0);
    expect(path).toMatchObject({ covered: false });
    expect(path.flags).toContain('position_untrusted');
  });
});
