import { describe, expect, it } from 'vitest';
import { assignSquares, type CommuneShape, UNASSIGNED } from './commune-squares.ts';
import type { GridFrame } from './grid.ts';

const frame: GridFrame = { origin_e_m: 0, origin_n_m: 0, cols: 10, rows: 1, grid_m: 100 };
const strip = (from: number, to: number) => [Float64Array.from([from, 0, to, 0, to, 100, from, 100])];
const shape = (code: string, ...polygons: CommuneShape['polygons']): CommuneShape => ({ code, polygons });
const at = (communes: CommuneShape[]) => [...assignSquares(communes, frame).commune];
const none = UNASSIGNED;

describe('squares of communes', () => {
  it('go to the smallest code where boundaries overlap, in any order of input; gaps stay unassigned', () => {
    const a = shape('07888', strip(0, 400));
    const b = shape('07891', strip(200, 700));
    expect(at([a, b])).toEqual([0, 0, 0, 0, 1, 1, 1, none, none, none]);
    expect(at([b, a])).toEqual([1, 1, 1, 1, 0, 0, 0, none, none, none]);
  });

  it('keep parts of one commune that overlap each other', () => {
    expect(at([shape('1', strip(0, 500), strip(300, 800))])).toEqual([...Array(8).fill(0), none, none]);
  });

  it('count per commune, and a commune smaller than a square gets the nearest one as its stand-in', () => {
    const tiny = shape('1', [Float64Array.from([610, 10, 640, 10, 640, 40, 610, 40])]);
    const grid = assignSquares([tiny, shape('2', strip(0, 1000)), shape('3')], frame);
    expect([...grid.squares]).toEqual([0, 10, 0]);
    expect([...grid.stand_in]).toEqual([6, -1, -1]);
    expect(grid.stand_in_km2[0]).toBeCloseTo(0.0009, 12);
  });

  it('refuse more communes than the index can hold', () => {
    expect(() =>
      assignSquares(
        Array.from({ length: 65_535 }, () => shape('1')),
        frame,
      ),
    ).toThrow(/more than/);
  });
});
