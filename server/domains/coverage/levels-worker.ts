/** Worker thread of the level engine: computes strips of rows into shared memory until it is told to stop. */
import { Tinypool } from 'tinypool';
import { scatterInput, targetOf } from './rules/levels/level-grid.ts';
import type { LevelsShared, LevelsStrip } from './rules/levels/levels-pool.ts';
import { type Network, networkOf, rankCells } from './rules/levels/network.ts';
import { Scatter } from './rules/levels/scatter.ts';

let ready: { scatter: Scatter; network: Network; stop: Int32Array } | null = null;

function prepare() {
  const { input, grids, stop } = Tinypool.workerData as unknown as LevelsShared;
  const network = networkOf(input.cells, rankCells(input.cells), input.parameters);
  return { scatter: new Scatter(scatterInput(input), targetOf(grids)), network, stop };
}

export default function computeStrip({ fromRow, toRow }: LevelsStrip): void {
  ready ??= prepare();
  const { scatter, network, stop } = ready;
  scatter.run(network, fromRow, toRow, () => {
    if (Atomics.load(stop, 0) !== 0) throw new Error('stopped');
  });
}
