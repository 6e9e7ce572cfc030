import type { PlainNetwork } from './random-network.ts';

/** Component label of every node over the spans kept, by relabelling until nothing changes. */
export function componentsOf(plain: PlainNetwork, keep: (position: number) => boolean): number[] {
  const labels = Array.from({ length: plain.nodeCount }, (_, number) => number);
  for (let changed = true; changed; ) {
    changed = false;
    plain.spans.forEach(({ u, v }, position) => {
      if (!keep(position) || labels[u] === labels[v]) return;
      const low = Math.min(labels[u]!, labels[v]!);
      labels[u] = low;
      labels[v] = low;
      changed = true;
    });
  }
  return labels;
}
