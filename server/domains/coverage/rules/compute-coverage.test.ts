import { area as geodesicArea, multiPolygon } from '@turf/turf';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../platform/seeded-random.ts';
import { combosOf, computeCoverage, layGround } from './compute-coverage.ts';
import { DEFAULT_PARAMETERS } from './coverage-parameters.ts';
import type { CoverageCell, CoverageInput, CoverageKey, CoverageResult } from './coverage-types.ts';
import { linkBudget } from './link-budget.ts';
import { flooredLoss, lossLine } from './path-loss.ts';
import { gridBearingOfNorth, projectorFor } from './projection.ts';
import { horizontalPattern } from './sector-pattern.ts';
import { syntheticCommunes, syntheticInput } from './testing/synthetic-province.ts';

// Ten by ten communes of about 6 × 6 km; the middle of the province is about 105.185 E, 21.27 N.
const communes = syntheticCommunes(10, 10, seededRandom(3));
const MIDDLE = { lon: 105.185, lat: 21.27 };
const parameters = { ...DEFAULT_PARAMETERS, gap_min_area_km2: 0 };

const cell = (change: Partial<CoverageCell> = {}): CoverageCell => ({
  cell_id: 1,
  operator_id: 1,
  technology: '2G',
  ...MIDDLE,
  environment: 'rural',
  band_mhz: 900,
  azimuth_deg: null,
  antenna_height_m: 42,
  gain_dbi: null,
  power_w: null,
  eirp_dbm: 45,
  beamwidth_deg: null,
  position_trusted: true,
  accuracy_m: null,
  ...change,
});
const inputOf = (cells: CoverageCell[], change: Partial<CoverageInput> = {}): CoverageInput => ({
  communes,
  cells,
  combos: [{ operator_id: 1, technology: '2G' }],
  parameters,
  ...change,
});
const run = (cells: CoverageCell[], change: Partial<CoverageInput> = {}) => computeCoverage(inputOf(cells, change));

const ONE: CoverageKey = { scope: 'operator', operator_id: 1, technology: '2G' };
const isKey = (key: CoverageKey) => (row: CoverageKey) =>
  row.scope === key.scope && row.operator_id === key.operator_id && row.technology === key.technology;
const rowsOf = (result: CoverageResult, key: CoverageKey = ONE) => result.communes.filter(isKey(key));
const totalOf = (result: CoverageResult, key: CoverageKey = ONE) => result.totals.find(isKey(key));
const areaOf = (result: CoverageResult, key: CoverageKey = ONE) =>
  result.areas.find(isKey(key))?.area_km2 ?? Number.NaN;

/** Squares where the level of some cell, taken straight from the formulas at the centre, meets the threshold. */
function bruteForceKm2(input: CoverageInput, grid: CoverageResult['grid']): number {
  const projector = projectorFor(9208);
  const radios = input.cells.map((one) => {
    const settled = linkBudget(one, input.parameters);
    if (!settled.ok) throw new Error('a test cell is impossible');
    const { budget } = settled;
    const [e, n] = projector.forward(one.lon, one.lat);
    const heights = { base_height_m: budget.antenna_height_m, receiver_height_m: 1.5 };
    const line = lossLine(budget.model, { frequency_mhz: budget.band_mhz, ...heights }, budget.environment, 'small');
    return { budget, line, e, n, north: gridBearingOfNorth(one.lon, one.lat, projector) };
  });
  let covered = 0;
  for (let square = 0; square < grid.cols * grid.rows; square++) {
    const e = grid.origin_e_m + ((square % grid.cols) + 0.5) * 100;
    const n = grid.origin_n_m + (Math.floor(square / grid.cols) + 0.5) * 100;
    const reached = radios.some(({ budget, line, ...site }) => {
      const distance_m = Math.hypot(e - site.e, n - site.n);
      if (distance_m > budget.range_cap_m) return false;
      const bearing = (Math.atan2(e - site.e, n - site.n) * 180) / Math.PI - site.north;
      const gain =
        budget.azimuth_deg === null ? 0 : horizontalPattern(bearing - budget.azimuth_deg, budget.beamwidth_deg, 30);
      return flooredLoss(line, budget.band_mhz, distance_m / 1000) <= budget.allowed_loss_db + gain;
    });
    if (reached) covered++;
  }
  return covered / 100;
}

describe('no site, one site, the same site twice', () => {
  it('no cell of an operator gives 0 %: uncovered, not unknown, and one gap of everything', () => {
    const result = run([]);
    expect(totalOf(result)).toMatchObject({ pct_pop: 0, pct_area: 0, communes: { uncovered: 100, unknown: 0 } });
    expect(result.areas.find(isKey(ONE))?.polygons).toEqual([]);
    const gap = result.gaps.filter(isKey(ONE));
    expect(gap).toHaveLength(1);
    expect(gap[0]).toMatchObject({ kind: 'gap', rank: 1, area_km2: totalOf(result)?.area_km2 });
    expect(gap[0]?.people).toBe(communes.reduce((sum, { population }) => sum + (population ?? 0), 0));
    expect(gap[0]?.commune_codes).toHaveLength(100);
  });

  it('an omnidirectional site covers a circle of its range, in square metres of the zone and on the ground', () => {
    const result = run([cell()]);
    const range_km = (result.cells[0]?.range_max_m ?? 0) / 1000;
    expect(range_km).toBeGreaterThan(5);
    expect(areaOf(result) / (Math.PI * range_km ** 2)).toBeCloseTo(1, 2);
    const { polygons } = result.areas.find(isKey(ONE)) ?? { polygons: [] };
    // Turf reckons on a sphere: right to half a percent here.
    expect(geodesicArea(multiPolygon(polygons)) / 1e6 / areaOf(result)).toBeCloseTo(1, 1.9);
  });

  it('two identical sites have every figure, area and gap of one', () => {
    const [one, two] = [run([cell()]), run([cell(), cell({ cell_id: 2 })])];
    expect(two.communes).toEqual(one.communes);
    expect(two.areas).toEqual(one.areas);
    expect(two.gaps).toEqual(one.gaps);
    expect(two.totals).toEqual(one.totals);
  });

  it('puts a site in the north-west over the north-western communes: lon is east, lat is north', () => {
    const rows = rowsOf(run([cell({ lon: 104.93, lat: 21.51 })]));
    // Communes are numbered from the south-west, row by row.
    expect(rows[90]?.status).toBe('covered');
    expect([rows[0], rows[9], rows[99]].map((row) => row?.status)).toEqual(['uncovered', 'uncovered', 'uncovered']);
  });
});

describe('union against the formulas at every square', () => {
  it('agrees within 0.3 % of the area for a mixed network of sectors', () => {
    const random = seededRandom(11);
    const cells = Array.from({ length: 24 }, (_, i) =>
      cell({
        cell_id: i,
        lon: 104.95 + 0.47 * random(),
        lat: 21.05 + 0.44 * random(),
        azimuth_deg: Math.floor(random() * 360),
        beamwidth_deg: 65,
        antenna_height_m: 30 + Math.floor(random() * 30),
        band_mhz: random() < 0.5 ? 900 : 1800,
        environment: random() < 0.5 ? 'rural' : 'suburban',
        eirp_dbm: 50,
      }),
    );
    const input = inputOf(cells);
    const result = computeCoverage(input);
    const expected = bruteForceKm2(input, result.grid);
    expect(expected).toBeGreaterThan(300);
    expect(Math.abs(areaOf(result) / expected - 1)).toBeLessThan(0.003);
  });
});

describe('any operator and at least two', () => {
  const west = cell({ lon: 105.13 });
  const east = cell({ cell_id: 2, operator_id: 2, lon: 105.21 });
  const combos = [
    { operator_id: 1, technology: '2G' as const },
    { operator_id: 2, technology: '2G' as const },
  ];
  const result = run([west, east], { combos });
  const ANY: CoverageKey = { scope: 'any', operator_id: null, technology: '2G' };
  const TWO: CoverageKey = { ...ANY, scope: 'at_least_two' };

  it('obey |A ∪ B| = |A| + |B| − |A ∩ B| in area and in people', () => {
    const sum = (pick: (key: CoverageKey) => number | undefined) =>
      (pick(ONE) ?? Number.NaN) + (pick({ ...ONE, operator_id: 2 }) ?? Number.NaN) - (pick(TWO) ?? Number.NaN);
    expect(sum((key) => areaOf(result, key))).toBeCloseTo(areaOf(result, ANY), 6);
    expect(sum((key) => totalOf(result, key)?.people_covered)).toBe(totalOf(result, ANY)?.people_covered);
    expect(areaOf(result, TWO)).toBeGreaterThan(10);
  });

  it('split the ground into covered by both, grey and white', () => {
    const area = (kind: string) =>
      result.gaps.filter((gap) => gap.scope === 'any' && gap.kind === kind).reduce((sum, gap) => sum + gap.area_km2, 0);
    const total = totalOf(result, ANY);
    expect(area('white')).toBeCloseTo((total?.area_km2 ?? 0) - (total?.area_covered_km2 ?? 0), 6);
    expect(area('grey')).toBeCloseTo((total?.area_covered_km2 ?? 0) - (totalOf(result, TWO)?.area_covered_km2 ?? 0), 6);
  });
});

describe('unknown is not uncovered', () => {
  const far = cell({ cell_id: 2, lon: 105.42, lat: 21.5 });

  it('where an untrusted site might reach; it covers nothing and is no gap', () => {
    const result = run([far, cell({ position_trusted: false })]);
    const rows = rowsOf(result);
    const near = rows[44];
    expect(near).toMatchObject({ status: 'unknown', unknown_reason: 'doubtful_site', people_covered: null });
    expect(rows[0]).toMatchObject({ status: 'uncovered' });
    expect(areaOf(result)).toBe(areaOf(run([far])));
    const total = totalOf(result);
    const unknown = rows.filter(({ status }) => status === 'unknown');
    expect(total?.communes.unknown).toBe(unknown.length);
    const all = communes.reduce((sum, { population }) => sum + (population ?? 0), 0);
    expect(total?.population).toBe(all - unknown.reduce((sum, row) => sum + (row.population ?? 0), 0));
    const gapKm2 = result.gaps.filter(isKey(ONE)).reduce((sum, gap) => sum + gap.area_km2, 0);
    const without = run([far])
      .gaps.filter(isKey(ONE))
      .reduce((sum, gap) => sum + gap.area_km2, 0);
    expect(gapKm2).toBeLessThan(without - 100);
  });

  it('but covered by a trusted site stays covered', () => {
    const rows = rowsOf(run([cell({ eirp_dbm: 60 }), cell({ cell_id: 2, position_trusted: false })]));
    expect(rows[44]).toMatchObject({ status: 'covered', unknown_reason: null });
  });

  it('where a cell has an impossible height: refused with its reason, the others computed', () => {
    const result = run([far, cell({ antenna_height_m: 4200 })]);
    expect(result.refused).toEqual([expect.objectContaining({ cell_id: 1, field: 'antenna_height_m', value: 4200 })]);
    expect(rowsOf(result)[44]).toMatchObject({ unknown_reason: 'doubtful_site' });
    expect(areaOf(result)).toBeGreaterThan(10);
  });

  it('another operator is not made unknown by it', () => {
    const combos = [
      { operator_id: 1, technology: '2G' as const },
      { operator_id: 2, technology: '2G' as const },
    ];
    const result = run([cell({ position_trusted: false })], { combos });
    expect(totalOf(result, { ...ONE, operator_id: 2 })?.communes.unknown).toBe(0);
    expect(rowsOf(result, { scope: 'any', operator_id: null, technology: '2G' })[44]?.status).toBe('unknown');
    expect(rowsOf(result, { scope: 'at_least_two', operator_id: null, technology: '2G' })[44]?.status).toBe(
      'uncovered',
    );
  });

  it('where the population is not known', () => {
    const some = communes.map((commune, i) => (i === 44 ? { ...commune, population: null } : commune));
    const result = run([cell()], { communes: some });
    expect(rowsOf(result)[44]).toMatchObject({ status: 'unknown', unknown_reason: 'population', pct_pop: null });
    const all = communes.reduce((sum, { population }, i) => sum + (i === 44 ? 0 : (population ?? 0)), 0);
    expect(totalOf(result)?.population).toBe(all);
  });
});

describe('whole runs', () => {
  const input = syntheticInput({ sites: 60, stations: 60, operators: 3, technologies: ['2G', '4G'], cells: 300 }, 5);
  const result = computeCoverage(input);

  it('have nothing above 100 %, and covered and gaps make up each operator’s ground', () => {
    const none = computeCoverage({ ...input, parameters });
    for (const total of none.totals) {
      expect(total.pct_pop ?? 0).toBeLessThanOrEqual(100);
      expect(total.people_covered).toBeLessThanOrEqual(total.population);
      if (total.scope !== 'operator') continue;
      const gaps = none.gaps.filter(isKey(total));
      expect(gaps.reduce((sum, gap) => sum + gap.people, 0) + total.people_covered).toBe(total.population);
      expect(gaps.reduce((sum, gap) => sum + gap.area_km2, 0) + total.area_covered_km2).toBeCloseTo(total.area_km2, 6);
    }
    expect(none.communes.every(({ pct_pop, pct_area }) => (pct_pop ?? 0) <= 100 && (pct_area ?? 0) <= 100)).toBe(true);
  });

  it('have a row per commune and combination, with "any" and "at least two" per technology', () => {
    expect(result.communes).toHaveLength(280 * (3 * 2 + 2 * 2));
    expect(result.totals).toHaveLength(10);
    expect(combosOf(input.cells).map(({ operator_id, technology }) => `${technology} ${operator_id}`)).toEqual([
      '2G 1',
      '2G 2',
      '2G 3',
      '4G 1',
      '4G 2',
      '4G 3',
    ]);
  });

  it('do not depend on the order of the cells', () => {
    const { communes, areas, gaps } = computeCoverage({ ...input, cells: input.cells.toReversed() });
    expect({ communes, areas, gaps }).toEqual({ communes: result.communes, areas: result.areas, gaps: result.gaps });
  });

  it('go to a worker and back unchanged, and record what they assumed', () => {
    expect(structuredClone(input)).toEqual(input);
    expect(structuredClone(result)).toEqual(result);
    expect(result).toMatchObject({
      terrain_source: 'none',
      parameters: DEFAULT_PARAMETERS,
      grid: { srid: 9208, grid_m: 100 },
    });
  });

  it('say clearly that there is no boundary to compute on', () => {
    expect(() => run([cell()], { communes: [] })).toThrow(/no boundary/);
  });

  it('keep a commune without a boundary as unknown', () => {
    const some = communes.map((commune, i) => (i === 7 ? { ...commune, polygons: [] } : commune));
    expect(rowsOf(run([cell()], { communes: some }))[7]).toMatchObject({
      status: 'unknown',
      unknown_reason: 'boundary',
    });
  });
});

describe('ground', () => {
  it('lays an aligned grid and finds the square of each centre', () => {
    const ground = layGround(communes, parameters, projectorFor(9208));
    const { frame, commune } = ground.squares;
    expect([frame.origin_e_m % 100, frame.origin_n_m % 100]).toEqual([0, 0]);
    expect([...ground.centre].map((square) => commune[square])).toEqual(communes.map((_, i) => i));
  });
});
