/** Measurements of the coverage engine on the synthetic province, for the benchmark. Times are the best of a few runs, ms. */
import { computeCoverage, layGround } from '../compute-coverage.ts';
import { placeSectors } from '../place-sectors.ts';
import { projectorFor } from '../projection.ts';
import { addSector, coveredMask, createUnionGrid, tallyMask } from '../union-grid.ts';
import { NETWORK_TODAY, type SyntheticNetwork, syntheticInput } from './synthetic-province.ts';

function best(runs: number, work: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return Math.min(...times);
}

/** A whole run, from plain input to figures, areas and gaps, ms. */
export function measureRun(network: SyntheticNetwork, runs = 3): number {
  const input = syntheticInput(network);
  return best(runs, () => computeCoverage(input));
}

/** The union alone: 15,000 ready-made jagged sectors on the 100 m grid to a mask and figures by commune, ms. */
export function measureUnion(runs = 3): number {
  const { communes, cells, parameters } = syntheticInput(NETWORK_TODAY);
  const projector = projectorFor(parameters.grid_srid);
  const { squares, population } = layGround(communes, parameters, projector);
  const { sectors } = placeSectors(cells, parameters, projector);
  return best(runs, () => {
    const grid = createUnionGrid(squares.frame);
    for (const { place, ranges_m } of sectors) addSector(grid, place, ranges_m);
    tallyMask(coveredMask(grid), squares, population);
  });
}
