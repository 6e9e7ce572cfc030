import { describe, expect, it } from 'vitest';
import { assignSquares, UNASSIGNED } from './commune-squares.ts';
import { frameAround } from './grid.ts';
import { packCells } from './packed-cells.ts';
import { placeSectors } from './place-sectors.ts';
import { projectMultiPolygon, projectorFor } from './projection.ts';
import { syntheticInput } from './testing/synthetic-province.ts';
import { addSector, coveredMask, createUnionGrid } from './union-grid.ts';
import { sumTallies, tallyStrip } from './union-strips.ts';

const input = syntheticInput({ sites: 60, stations: 90, operators: 3, technologies: ['2G', '5G'], cells: 400 });
const { communes, cells, parameters } = input;
const projector = projectorFor(9208);
const shapes = communes.map(({ code, polygons }) => ({ code, polygons: projectMultiPolygon(polygons, projector) }));
const frame = frameAround(
  shapes.flatMap(({ polygons }) => polygons),
  100,
);
const { commune } = assignSquares(shapes, frame);
const strip = { frame, cells: packCells(cells), south: 0, north: 90, commune, communes: communes.length, parameters };

describe('union by strips', () => {
  const strips = [0, 130, 131, 400].map((fromRow, i, from) =>
    tallyStrip({ ...strip, fromRow, toRow: from[i + 1] ?? frame.rows }),
  );
  const tallies = sumTallies(strips);

  it('is the union of the whole frame, operator by operator, and of any and at least two', () => {
    const { sectors } = placeSectors(cells, parameters, projector);
    for (const technology of ['2G', '5G'] as const) {
      const masks = [1, 2, 3].map((operator) => {
        const grid = createUnionGrid(frame);
        for (const { cell, place, ranges_m } of sectors) {
          if (cell.operator_id === operator && cell.technology === technology) addSector(grid, place, ranges_m);
        }
        return coveredMask(grid);
      });
      const squaresWhere = (covers: (operators: number) => boolean, of = masks): number[] => {
        const squares = communes.map(() => 0);
        commune.forEach((index, at) => {
          const operators = of.reduce((sum, mask) => sum + (mask[at] ?? 0), 0);
          if (index !== UNASSIGNED && covers(operators)) squares[index] = (squares[index] ?? 0) + 1;
        });
        return squares;
      };
      const tallyOf = (scope: string, operator_id: number | null) =>
        Array.from(
          tallies.find((one) => one.technology === technology && one.scope === scope && one.operator_id === operator_id)
            ?.squares ?? [],
        );
      expect(tallyOf('any', null)).toEqual(squaresWhere((operators) => operators > 0));
      expect(tallyOf('at_least_two', null)).toEqual(squaresWhere((operators) => operators > 1));
      masks.forEach((mask, i) => {
        expect(tallyOf('operator', i + 1)).toEqual(squaresWhere((operators) => operators > 0, [mask]));
      });
      expect(tallyOf('any', null).reduce((a, b) => a + b)).toBeGreaterThan(1_000);
    }
  });

  it('leaves out impossible and untrusted cells', () => {
    const bad = cells.map((cell) => ({ ...cell, position_trusted: false }));
    const worse = cells.map((cell) => ({ ...cell, antenna_height_m: 4200 }));
    const all = tallyStrip({ ...strip, cells: packCells([...bad, ...worse]), fromRow: 0, toRow: frame.rows });
    expect(all.every(({ squares }) => squares.every((count) => count === 0))).toBe(true);
  });
});
