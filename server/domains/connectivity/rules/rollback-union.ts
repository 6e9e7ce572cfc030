/**
 * Union-find whose unions can be taken back in reverse order (union by size, no path compression), and whose
 * sets can list their marked members: each set keeps them on a ring, two rings join or part by one swap.
 */
export class RollbackUnion {
  #parent: Int32Array;
  #size: Int32Array;
  /** Next marked member of the same set, -1 for a node that is not marked. */
  #ring: Int32Array;
  /** Any marked member of the set of this root, -1 for none. */
  #member: Int32Array;
  /** Child roots of the unions done, newest last. */
  #undo: number[] = [];

  /** @param marked nodes that `members` lists */
  constructor(count: number, marked: Iterable<number>) {
    this.#parent = Int32Array.from({ length: count }, (_, node) => node);
    this.#size = new Int32Array(count).fill(1);
    this.#ring = new Int32Array(count).fill(-1);
    this.#member = new Int32Array(count).fill(-1);
    for (const node of marked) {
      this.#ring[node] = node;
      this.#member[node] = node;
    }
  }

  find(node: number): number {
    const parent = this.#parent;
    let root = node;
    while (parent[root] !== root) root = parent[root]!;
    return root;
  }

  union(a: number, b: number): void {
    let root = this.find(a);
    let child = this.find(b);
    if (root === child) return;
    if (this.#size[root]! < this.#size[child]!) [root, child] = [child, root];
    this.#parent[child] = root;
    this.#size[root]! += this.#size[child]!;
    const joined = this.#member[child]!;
    if (joined !== -1) {
      if (this.#member[root] === -1) this.#member[root] = joined;
      else this.#swapRings(this.#member[root]!, joined);
    }
    this.#undo.push(child);
  }

  /** A mark to roll back to. */
  mark(): number {
    return this.#undo.length;
  }

  rollback(mark: number): void {
    while (this.#undo.length > mark) {
      const child = this.#undo.pop()!;
      const root = this.#parent[child]!;
      const joined = this.#member[child]!;
      if (joined !== -1) {
        if (this.#member[root] === joined) this.#member[root] = -1;
        else this.#swapRings(this.#member[root]!, joined);
      }
      this.#size[root]! -= this.#size[child]!;
      this.#parent[child] = child;
    }
  }

  /** Writes the marked members of a root's set into `out` from `at` on; returns the position after the last. */
  members(root: number, out: Int32Array, at: number): number {
    const first = this.#member[root]!;
    if (first === -1) return at;
    let position = at;
    let node = first;
    do {
      out[position++] = node;
      node = this.#ring[node]!;
    } while (node !== first);
    return position;
  }

  #swapRings(a: number, b: number): void {
    const next = this.#ring[a]!;
    this.#ring[a] = this.#ring[b]!;
    this.#ring[b] = next;
  }
}
