import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { type ComputePool, openComputePool } from './compute-pool.ts';
import { DEFAULT_PARAMETERS } from './rules/coverage-parameters.ts';

const pools: ComputePool[] = [];
function open(signal: AbortSignal): ComputePool {
  const pool = openComputePool(signal);
  pools.push(pool);
  return pool;
}
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.destroy())));

const side = 0.02;
const commune = {
  commune_id: 1,
  code: '1',
  population: 100,
  centre: null,
  polygons: [
    [
      [105, 21],
      [105 + side, 21],
      [105 + side, 21 + side],
      [105, 21 + side],
      [105, 21],
    ],
  ].map((ring) => [ring]),
};
const input = {
  communes: [commune],
  cells: [],
  parameters: DEFAULT_PARAMETERS,
  population: { rasters: [], villages: [], habitable: [] },
};

describe('the threads of a run', () => {
  it('listen once for its end, however many steps there are, and no more when it is over', async () => {
    const { signal } = new AbortController();
    const pool = open(signal);
    const steps = Array.from({ length: 12 }, () => pool.run('lay', input));
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    for (const { ground } of await Promise.all(steps)) expect(ground.communes).toEqual([{ commune_id: 1, code: '1' }]);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await pool.destroy();
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('end with the reason when the run is called off: running steps, waiting ones, later ones', async () => {
    const controller = new AbortController();
    const pool = open(controller.signal);
    await pool.run('lay', input);
    const steps = Array.from({ length: 6 }, () => pool.run('lay', input));
    const reason = new Error('called off');
    controller.abort(reason);
    const ends = await Promise.allSettled(steps);
    expect(ends.map((end) => end.status === 'rejected' && end.reason === reason)).not.toContain(false);
    await expect(pool.run('lay', input)).rejects.toBe(reason);
    await pool.destroy();
  });
});
