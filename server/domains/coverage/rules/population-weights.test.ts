import { describe, expect, it } from 'vitest';
import { assignSquares } from './commune-squares.ts';
import { frameAround } from './grid.ts';
import { PEOPLE_PER_PIXEL, settleValues } from './lon-lat-raster.ts';
import { type PackedRaster, packValues } from './packed-raster.ts';
import { spreadPopulation } from './population.ts';
import { type PopulationSources, weighSquares } from './population-weights.ts';
import { projectMultiPolygon, projectorFor } from './projection.ts';

const projector = projectorFor(9208);
const box = (west: number, south: number, east: number, north: number): number[][][][] => [
  [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
];
const NOTHING: PopulationSources = { rasters: [], villages: [], habitable: [] };

/** Two communes of about 2 × 2 km side by side. */
const communes = [
  { code: '10001', population: 1000, polygons: box(105.2, 21.3, 105.22, 21.32) },
  { code: '10002', population: 500, polygons: box(105.22, 21.3, 105.24, 21.32) },
];
const shapes = communes.map(({ code, polygons }) => ({ code, polygons: projectMultiPolygon(polygons, projector) }));
const squares = assignSquares(
  shapes,
  frameAround(
    shapes.flatMap(({ polygons }) => polygons),
    100,
  ),
);
const spread = (sources: Partial<PopulationSources>, of = communes) =>
  spreadPopulation(
    squares,
    of.map(({ population }) => population),
    weighSquares(squares, of, { ...NOTHING, ...sources }, projector),
  );
/** Lon and lat of the centre of a square. */
const centreOf = (square: number): [number, number] => {
  const { frame } = squares;
  return projector.inverse(
    frame.origin_e_m + ((square % frame.cols) + 0.5) * 100,
    frame.origin_n_m + (Math.floor(square / frame.cols) + 0.5) * 100,
  );
};
const metresFrom = ([lon, lat]: [number, number], square: number): number => {
  const [e, n] = projector.forward(lon, lat);
  const [east, north] = projector.forward(...centreOf(square));
  return Math.hypot(east - e, north - n);
};
const inhabited = (people: Int32Array): number[] => [...people.keys()].filter((square) => (people[square] ?? 0) > 0);

async function rasterOf(
  facts: { west: number; north: number; step: number; cols: number; rows: number },
  people: (lon: number, lat: number) => number,
): Promise<PackedRaster> {
  const { west, north, step, cols, rows } = facts;
  const values = Float32Array.from({ length: cols * rows }, (_, i) =>
    people(west + (i % cols) * step, north - Math.floor(i / cols) * step),
  );
  const about = { west, north, step_lon: step, step_lat: step, cols, rows, ...settleValues(values, PEOPLE_PER_PIXEL) };
  const content = new Uint8Array(await packValues(values));
  return { facts: { ...about, name: 'people.tif', encoding: 'float32' }, content };
}

describe('a raster of people', () => {
  const pixels = { west: 105.19, north: 21.33, step: 1 / 1200, cols: 72, rows: 48 };

  it('puts people where it has them, in proportion', async () => {
    // Everybody of the first commune lives in its western half; three times as dense in the north.
    const raster = await rasterOf(pixels, (lon, lat) => (lon > 105.21 ? 0 : lat > 21.31 ? 3 : 1));
    const { people, methods } = spread({ rasters: [raster] });
    expect(methods).toEqual(['raster', 'uniform']);
    let [west, north, all] = [0, 0, 0];
    for (const square of inhabited(people)) {
      if (squares.commune[square] !== 0) continue;
      const [lon, lat] = centreOf(square);
      const count = people[square] ?? 0;
      all += count;
      if (lon < 105.2105) west += count;
      if (lat > 21.31) north += count;
    }
    expect(all).toBe(1000);
    expect(west).toBeGreaterThan(985);
    expect(north / all).toBeCloseTo(0.75, 1);
  });

  it('gives every square the same when every pixel has the same', async () => {
    const { people } = spread({ rasters: [await rasterOf(pixels, () => 2)] });
    const own = [...people].filter((_, square) => squares.commune[square] === 0);
    expect(Math.max(...own) - Math.min(...own)).toBeLessThanOrEqual(1);
  });

  it('shares the people of a coarse pixel among all its squares', async () => {
    // Pixels of about 1 km: people in the one at the middle only.
    const middle: [number, number] = [105.21, 21.31];
    const raster = await rasterOf({ west: 105.19, north: 21.33, step: 0.01, cols: 6, rows: 5 }, (lon, lat) =>
      Math.abs(lon - middle[0]) < 0.001 && Math.abs(lat - middle[1]) < 0.001 ? 800 : 0,
    );
    const { people } = spread({ rasters: [raster] });
    const first = inhabited(people).filter((square) => squares.commune[square] === 0);
    // 0.01° of both is 1,038 × 1,107 m: 115 squares, and those cut by its edges.
    expect(first.length).toBeGreaterThan(100);
    expect(first.length).toBeLessThan(150);
  });

  it('is not used where it covers only part of a commune', async () => {
    const raster = await rasterOf({ ...pixels, cols: 26 }, () => 1);
    expect(spread({ rasters: [raster] }).methods).toEqual(['uniform', 'uniform']);
  });
});

describe('villages', () => {
  const village = (
    lon: number,
    lat: number,
    population: number | null = null,
    commune_code: string | null = '10001',
  ) => ({
    lon,
    lat,
    population,
    commune_code,
  });

  it('have their people within 500 m of their point, most of them at it', () => {
    const at: [number, number] = [105.21, 21.31];
    const { people, methods } = spread({ villages: [village(...at)] });
    expect(methods).toEqual(['villages', 'uniform']);
    const own = inhabited(people).filter((square) => squares.commune[square] === 0);
    for (const square of own) expect(metresFrom(at, square)).toBeLessThanOrEqual(500);
    const near = own.filter((square) => metresFrom(at, square) <= 250);
    // Of the quartic kernel 1 − (1 − ¼)³ = 57.8 % lies within half its reach.
    expect(near.reduce((sum, square) => sum + (people[square] ?? 0), 0) / 1000).toBeCloseTo(0.578, 1);
  });

  it('share the total as their own people do; one that is not known is like the average of the others', () => {
    const [a, b, c] = [village(105.205, 21.305, 300), village(105.215, 21.305, 100), village(105.21, 21.316)];
    const { people } = spread({ villages: [a, b, c] });
    const around = ({ lon, lat }: typeof a): number =>
      inhabited(people).reduce(
        (sum, square) =>
          sum + (squares.commune[square] === 0 && metresFrom([lon, lat], square) <= 500 ? (people[square] ?? 0) : 0),
        0,
      );
    // 300 : 100 : 200 of 1,000; whole persons on some 75 squares each move a few of them.
    expect(around(a) + around(b) + around(c)).toBe(1000);
    expect(Math.abs(around(a) - 500)).toBeLessThan(5);
    expect(Math.abs(around(b) - 1000 / 6)).toBeLessThan(5);
  });

  it('at the border of a commune stay in it, and one just outside is moved onto it', () => {
    const border = spread({ villages: [village(105.2199, 21.31)] }).people;
    const outside = spread({ villages: [village(105.2275, 21.31)] }).people;
    for (const people of [border, outside]) {
      const own = inhabited(people).filter((square) => squares.commune[square] === 0);
      expect(own.reduce((sum, square) => sum + (people[square] ?? 0), 0)).toBe(1000);
    }
    expect(inhabited(outside).filter((square) => squares.commune[square] === 0)).toHaveLength(1);
  });

  it('belong to the commune around them when none is named', () => {
    expect(spread({ villages: [village(105.23, 21.31, null, null)] }).methods).toEqual(['uniform', 'villages']);
    expect(spread({ villages: [village(107, 21.31, null, null)] }).methods).toEqual(['uniform', 'uniform']);
  });

  it('that are far too few for the people of a commune are not gone by, unless they count most of them', () => {
    const many = communes.map((commune) => ({ ...commune, population: 12_000 }));
    expect(spread({ villages: [village(105.21, 21.31)] }, many).methods).toEqual(['uniform', 'uniform']);
    expect(spread({ villages: [village(105.21, 21.31, 7000)] }, many).methods).toEqual(['villages', 'uniform']);
    expect(spread({ villages: [village(105.21, 21.31, 500)] }, many).methods).toEqual(['uniform', 'uniform']);
  });
});

describe('habitable ground', () => {
  it('has all the people of its commune, evenly', () => {
    const ground = JSON.stringify({ type: 'MultiPolygon', coordinates: box(105.204, 21.304, 105.212, 21.309) });
    const { people, methods } = spread({ habitable: [ground] });
    expect(methods).toEqual(['habitable', 'uniform']);
    const own = inhabited(people).filter((square) => squares.commune[square] === 0);
    for (const square of own) {
      const [lon, lat] = centreOf(square);
      expect(lon > 105.204 && lon < 105.212 && lat > 21.304 && lat < 21.309).toBe(true);
    }
    const counts = own.map((square) => people[square] ?? 0);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });
});

describe('nothing known', () => {
  it('is the even spread', () => {
    expect([...spread({}).people]).toEqual([...spreadPopulation(squares, [1000, 500]).people]);
  });
});
