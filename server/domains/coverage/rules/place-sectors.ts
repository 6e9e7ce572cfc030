/** Radio cells → sectors placed on the grid, with what each was computed with and why any was left out. */
import type { CoverageParameters } from './coverage-parameters.ts';
import type { CoverageCell, RefusedCell, SettledCell } from './coverage-types.ts';
import { type RadioCell, settleCells } from './levels/radio-cells.ts';
import type { Projector } from './projection.ts';
import { DIRECTIONS, sectorMaker } from './sector-pattern.ts';
import type { SectorPlace } from './union-grid.ts';

export interface PlacedSector {
  cell: Pick<CoverageCell, 'cell_id' | 'operator_id' | 'technology'>;
  place: SectorPlace;
  ranges_m: Float64Array;
  /** Not coverage, only what the cell might reach. */
  doubtful: boolean;
}

export interface PlacedSectors {
  sectors: PlacedSector[];
  settled: SettledCell[];
  refused: RefusedCell[];
}

const disc = (radius_m: number): Float64Array => new Float64Array(DIRECTIONS).fill(radius_m);

const settledOf = (radio: RadioCell, used: boolean): SettledCell => {
  const { cell_id, model, band_mhz, antenna_height_m, eirp_dbm, range_max_m, flags } = radio;
  return { cell_id, model, band_mhz, antenna_height_m, eirp_dbm, range_max_m, used, flags };
};

/**
 * Settles every cell and places its sector without terrain; doubtful cells (`settleCells`) become the disc they might
 * reach.
 */
export function placeSectors(
  cells: readonly CoverageCell[],
  parameters: CoverageParameters,
  projector: Projector,
): PlacedSectors {
  const maker = sectorMaker(parameters);
  const { cells: trusted, untrusted, doubtful, refused } = settleCells(cells, parameters, projector, maker);
  const covering = trusted.map((radio) => ({
    cell: radio,
    place: radio,
    ranges_m: maker.sector(radio).ranges_m,
    doubtful: false,
  }));
  const possible = doubtful.map((cell) => ({ cell, place: cell.place, ranges_m: disc(cell.reach_m), doubtful: true }));
  const settled = [
    ...trusted.map((radio) => settledOf(radio, true)),
    ...untrusted.map((radio) => settledOf(radio, false)),
  ];
  return { sectors: [...covering, ...possible], settled, refused };
}
