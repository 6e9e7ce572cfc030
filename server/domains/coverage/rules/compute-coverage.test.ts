import { area as geodesicArea, multiPolygon } from '@turf/turf';
import { describe, expect, it } from 'vitest';
import { Geometry } from 'wkx';
import { seededRandom } from '../../../platform/seeded-random.ts';
import { computeCoverage, layGround } from './compute-coverage.ts';
import { DEFAULT_PARAMETERS } from './coverage-parameters.ts';
import type { CoverageCell, CoverageInput, CoverageKey, CoverageResult } from './coverage-types.ts';
import { COVERED_FROM } from './levels/level-types.ts';
import { projectorFor } from './projection.ts';
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
  tilt_deg: 0,
  position_trusted: true,
  accuracy_m: null,
  ...change,
});
const onAir = (...ids: number[]) => ids.map((operator_id) => ({ operator_id, on_air: true }));
const inputOf = (cells: CoverageCell[], change: Partial<CoverageInput> = {}): CoverageInput => ({
  communes,
  cells,
  operators: onAir(1),
  parameters,
  ...change,
});
const run = (cells: CoverageCell[], change: Partial<CoverageInput> = {}) => computeCoverage(inputOf(cells, change));

const ONE: CoverageKey = { scope: 'operator', operator_id: 1, technology: '2G' };
const isKey = (key: CoverageKey) => (row: CoverageKey) =>
  row.scope === key.scope && row.operator_id === key.operator_id && row.technology === key.technology;
const rowsOf = (result: CoverageResult, key: CoverageKey = ONE) => result.communes.filter(isKey(key));
const totalOf = (result: CoverageResult, key: CoverageKey = ONE) => result.totals.find(isKey(key));
const bandOf = (result: CoverageResult, key: CoverageKey = ONE, level_db = 0) =>
  result.areas.find((area) => isKey(key)(area) && area.level_db === level_db);
const areaOf = (result: CoverageResult, key: CoverageKey = ONE) => totalOf(result, key)?.area_covered_km2 ?? Number.NaN;
/** Without the grids, which are large to compare and have tests of their own. */
const rowsWithoutGrids = (result: CoverageResult) => ({ ...result, grids: null });

/** Squares of communes that the stored levels of an operator reach, counted whole, km². */
function squaresKm2(result: CoverageResult, operator_id: number): number {
  const own = result.grids.layers.filter((layer) => layer.operator_id === operator_id);
  const [first] = own;
  if (!first) return 0;
  return first.levels.reduce(
    (sum, _, at) => sum + (own.some(({ levels }) => (levels[at] ?? 0) >= COVERED_FROM) ? 0.01 : 0),
    0,
  );
}

describe('no site, one site, the same site twice', () => {
  it('no cell of an operator gives 0 %: uncovered, not unknown, and one gap of everything', () => {
    const result = run([]);
    expect(totalOf(result)).toMatchObject({ pct_pop: 0, pct_area: 0, communes: { uncovered: 100, unknown: 0 } });
    expect(bandOf(result)).toBeUndefined();
    const gap = result.gaps.filter(isKey(ONE));
    expect(gap).toHaveLength(1);
    expect(gap[0]).toMatchObject({ kind: 'gap', rank: 1 });
    expect((gap[0]?.area_km2 ?? 0) / (totalOf(result)?.area_km2 ?? 0)).toBeCloseTo(1, 3);
    expect(gap[0]?.people).toBe(communes.reduce((sum, { population }) => sum + (population ?? 0), 0));
    expect(gap[0]?.commune_codes).toHaveLength(100);
  });

  it('an omnidirectional site covers a circle of its range, in square metres of the zone and on the ground', () => {
    const result = run([cell()]);
    const range_km = (result.cells[0]?.range_max_m ?? 0) / 1000;
    expect(range_km).toBeGreaterThan(5);
    expect(areaOf(result) / (Math.PI * range_km ** 2)).toBeCloseTo(1, 2);
    const { coordinates } = Geometry.parse(Buffer.from(bandOf(result)?.wkb ?? '', 'hex')).toGeoJSON() as {
      coordinates: number[][][][];
    };
    // Turf reckons on a sphere: right to half a percent here.
    expect(geodesicArea(multiPolygon(coordinates)) / 1e6 / areaOf(result)).toBeCloseTo(1, 1.9);
  });

  it('has its signal bands one inside the other, 10 dB apart: as far as 10 to the power of −10/35 a step', () => {
    const result = run([cell()]);
    const radii = [0, 10, 20].map((db) => Math.sqrt((bandOf(result, ONE, db)?.area_km2 ?? 0) / Math.PI));
    for (const i of [1, 2]) expect((radii[i] ?? 0) / (radii[i - 1] ?? 1)).toBeCloseTo(10 ** (-10 / 34.3), 1.5);
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

describe('areas', () => {
  it('are those of the squares that are covered, but for their edges: neither more nor less on the whole', () => {
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
        eirp_dbm: 50,
      }),
    );
    const result = run(cells);
    const expected = squaresKm2(result, 1);
    expect(expected).toBeGreaterThan(300);
    expect(Math.abs(areaOf(result) / expected - 1)).toBeLessThan(0.002);
  });
});

describe('any operator and at least two', () => {
  const west = cell({ lon: 105.13 });
  const east = cell({ cell_id: 2, operator_id: 2, lon: 105.21 });
  const result = run([west, east], { operators: onAir(1, 2) });
  const ANY: CoverageKey = { scope: 'any', operator_id: null, technology: '2G' };
  const TWO: CoverageKey = { ...ANY, scope: 'at_least_two' };

  it('obey |A ∪ B| = |A| + |B| − |A ∩ B|: in people exactly, in area but for the edges', () => {
    const sum = (pick: (key: CoverageKey) => number | undefined) =>
      (pick(ONE) ?? Number.NaN) + (pick({ ...ONE, operator_id: 2 }) ?? Number.NaN) - (pick(TWO) ?? Number.NaN);
    expect(sum((key) => areaOf(result, key)) / areaOf(result, ANY)).toBeCloseTo(1, 3);
    expect(sum((key) => totalOf(result, key)?.people_covered)).toBe(totalOf(result, ANY)?.people_covered);
    expect(areaOf(result, TWO)).toBeGreaterThan(10);
  });

  it('split the ground into covered by both, grey and white', () => {
    const area = (kind: string) =>
      result.gaps.filter((gap) => isKey(ANY)(gap) && gap.kind === kind).reduce((sum, gap) => sum + gap.area_km2, 0);
    const total = totalOf(result, ANY);
    const share = (km2: number | undefined): number => (km2 ?? 0) / (total?.area_km2 ?? 0);
    expect(share(area('white'))).toBeCloseTo(1 - share(total?.area_covered_km2), 2.5);
    expect(share(area('grey'))).toBeCloseTo(
      share(total?.area_covered_km2) - share(totalOf(result, TWO)?.area_covered_km2),
      2.5,
    );
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
    // Neither a gap nor covered: it is summed beside the gaps.
    const unlisted = result.unlisted_gaps.find(isKey(ONE));
    expect(gapKm2 + (unlisted?.doubtful_area_km2 ?? 0)).toBeCloseTo(without, 6);
    expect(unlisted?.doubtful_people).toBeGreaterThan(0);
  });

  it('but covered by a trusted site stays covered', () => {
    const rows = rowsOf(run([cell({ eirp_dbm: 60 }), cell({ cell_id: 2, position_trusted: false })]));
    expect(rows[44]).toMatchObject({ status: 'covered', unknown_reason: null });
  });

  it('where a cell has an impossible height: refused with its reason, the others computed', () => {
    const result = run([far, cell({ antenna_height_m: 4200 })]);
    expect(result.refused).toEqual([expect.objectContaining({ cell_id: 1, field: 'antenna_height_m', value: 4200 })]);
    expect(rowsOf(result)[44]).toMatchObject({ unknown_reason: 'doubtful_site' });
    expect(
      result.cells.map(({ cell_id, used, model, problems }) => [cell_id, used, model === null, problems?.length]),
    ).toEqual([
      [1, false, true, 1],
      [2, true, false, undefined],
    ]);
    expect(areaOf(result)).toBeGreaterThan(10);
  });

  it('another operator is not made unknown by it', () => {
    const result = run([cell({ position_trusted: false })], { operators: onAir(1, 2) });
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
      const missing = gaps.reduce((sum, gap) => sum + gap.area_km2, 0);
      expect((missing + total.area_covered_km2) / total.area_km2).toBeCloseTo(1, 2.5);
    }
    for (const kept of result.unlisted_gaps) {
      const isSame = (gap: { kind: string } & Parameters<ReturnType<typeof isKey>>[0]): boolean =>
        isKey(kept)(gap) && gap.kind === kept.kind;
      const all = none.gaps.filter(isSame);
      const listed = result.gaps.filter(isSame);
      const sum = (of: (gap: (typeof all)[number]) => number, gaps: typeof all): number =>
        gaps.reduce((total, gap) => total + of(gap), 0);
      expect(all.length - listed.length).toBe(kept.small_patches);
      expect(sum(({ people }) => people, listed) + kept.small_people).toBe(sum(({ people }) => people, all));
      expect(sum(({ area_km2 }) => area_km2, listed) + kept.small_area_km2).toBeCloseTo(
        sum(({ area_km2 }) => area_km2, all),
      );
    }
    expect(result.unlisted_gaps).toHaveLength(4 * (3 + 2));
    expect(none.communes.every(({ pct_pop, pct_area }) => (pct_pop ?? 0) <= 100 && (pct_area ?? 0) <= 100)).toBe(true);
  });

  it('have a row per commune, technology and operator, "any" and "at least two"', () => {
    expect(result.communes).toHaveLength(280 * 4 * (3 + 2));
    expect(result.totals.map(({ technology, operator_id, scope }) => `${technology} ${operator_id ?? scope}`)).toEqual(
      ['2G', '3G', '4G', '5G'].flatMap((technology) =>
        ['1', '2', '3', 'any', 'at_least_two'].map((who) => `${technology} ${who}`),
      ),
    );
  });

  it('of an operator without a station are its 0 %, and make no spot grey', () => {
    const silent = run([cell()], { operators: [...onAir(1), { operator_id: 2, on_air: false }] });
    const alone = run([cell()]);
    expect(totalOf(silent, { ...ONE, operator_id: 2 })).toMatchObject({ pct_pop: 0, communes: { uncovered: 100 } });
    const others = (result: CoverageResult) => result.gaps.filter(({ operator_id }) => operator_id !== 2);
    expect(others(silent)).toEqual(others(alone));
    expect(alone.gaps.some(({ kind }) => kind === 'grey')).toBe(false);
  });

  it('make spots grey only where an operator is missing that has the technology', () => {
    const grey = (others: Partial<CoverageCell>[]): string[] => {
      const cells = [cell(), ...others.map((one, i) => cell({ cell_id: 2 + i, operator_id: 2, eirp_dbm: 20, ...one }))];
      const { gaps } = run(cells, { operators: onAir(1, 2) });
      return [...new Set(gaps.flatMap(({ kind, technology }) => (kind === 'grey' ? [technology] : [])))];
    };
    expect(grey([])).toEqual([]);
    expect(grey([{}])).toEqual(['2G']);
    expect(grey([{ technology: '4G', band_mhz: 1800 }])).toEqual([]);
    expect(grey([{ position_trusted: false }])).toEqual(['2G']);
  });

  it('without any operator are 0 % of "any" and of "at least two", and one white spot of everything', () => {
    const none = run([], { operators: [] });
    expect(none.totals).toHaveLength(4 * 2);
    for (const total of none.totals) expect(total).toMatchObject({ pct_pop: 0, pct_area: 0, people_covered: 0 });
    expect(none.communes.every(({ status }) => status === 'uncovered')).toBe(true);
    expect(none.gaps.map(({ technology, kind, rank }) => [technology, kind, rank])).toEqual(
      ['2G', '3G', '4G', '5G'].map((technology) => [technology, 'white', 1]),
    );
  });

  it('do not depend on the order of the cells', () => {
    const { communes, areas, gaps } = computeCoverage({ ...input, cells: input.cells.toReversed() });
    expect({ communes, areas, gaps }).toEqual({ communes: result.communes, areas: result.areas, gaps: result.gaps });
  });

  it('go to a worker and back unchanged, and record what they assumed', () => {
    expect(structuredClone(input)).toEqual(input);
    const rows = rowsWithoutGrids(result);
    expect(structuredClone(rows)).toEqual(rows);
    expect(result).toMatchObject({
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
