/** Measurement of the coverage union on the synthetic province, for the benchmark. */
import { layGround } from '../compute-coverage.ts';
import { placeSectors } from '../place-sectors.ts';
import { projectorFor } from '../projection.ts';
import { addSector, coveredMask, createUnionGrid, tallyMask } from '../union-grid.ts';
import { NETWORK_TODAY, syntheticInput } from './synthetic-province.ts';

/** The union alone: 15,000 ready-made jagged sectors on the 100 m grid to a mask and figures by commune; best of the runs, ms. */
export function measureUnion(runs = 3): number {
  const { communes, cells, parameters } = syntheticInput(NETWORK_TODAY);
  const projector = projectorFor(parameters.grid_srid);
  const { squares, population } = layGround(communes, parameters, projector);
  const { sectors } = placeSectors(cells, parameters, projector);
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    const grid = createUnionGrid(squares.frame);
    for (const { place, ranges_m } of sectors) addSector(grid, place, ranges_m);
    tallyMask(coveredMask(grid), squares, population);
    return performance.now() - started;
  });
  return Math.min(...times);
}
