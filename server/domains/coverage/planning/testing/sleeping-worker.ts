/** A worker for tests of the lane: works for as many milliseconds as the key says, unless it is told to stop. */
import { Tinypool } from 'tinypool';

const { stop } = Tinypool.workerData as unknown as { stop: Int32Array };
let begun = 0;

export default ({ key }: { key: string }): { begun: number } => {
  begun++;
  const until = performance.now() + Number(key);
  while (performance.now() < until) if (Atomics.load(stop, 0) !== 0) throw new Error('stopped');
  return { begun };
};
