/**
 * Links that cover every edge of a tree: for each edge some chosen link joins the two sides it separates. Within twice the
 * least cost.
 *
 * Method: a link between u and v covers the way from u up to their meeting place and from v up to it. Taken as two separate
 * links upward, each at full cost, the problem is solved exactly by dynamic programming from the leaves; that answer costs at
 * most twice the least, since the least, with each link taken twice, is one such choice (G. N. Frederickson, J. JáJá,
 * "Approximation algorithms for several graph augmentation problems", SIAM J. Comput. 10 (1981) 270–283; S. Khuller,
 * R. Thurimella, "Approximation algorithms for graph augmentation", J. Algorithms 14 (1993) 214–225).
 */

export interface TreeLink {
  u: number;
  v: number;
  cost: number;
}

export interface TreeCover {
  /** Positions in the list of links, each once. */
  links: number[];
  /** No choice of links costs less: half the exact answer for links upward. */
  lower_bound: number;
}

/** A link's way upward from a node to a depth. */
interface UpLink {
  link: number;
  depth: number;
  cost: number;
}

/**
 * @param parent node above each node, itself at the root; parents come before their children in `order`
 * @returns null when some edge cannot be covered
 */
export function coverTree(
  parent: readonly number[],
  order: readonly number[],
  links: readonly TreeLink[],
): TreeCover | null {
  const depth: number[] = [];
  for (const node of order) depth[node] = parent[node] === node ? 0 : depth[parent[node]!]! + 1;
  const upLinks = upLinksOf(parent, depth, links);
  const children: number[][] = parent.map(() => []);
  for (const node of order) if (parent[node] !== node) children[parent[node]!]!.push(node);
  // best[v][d]: least cost to cover all edges below v and the way from v up to depth d; choice: the link at v or the child.
  const best: Float64Array[] = [];
  const choice: (UpLink | number | null)[][] = [];
  for (const node of order.toReversed()) {
    const costBelow = (without = -1) =>
      children[node]!.reduce((sum, child) => sum + (child === without ? 0 : best[child]![depth[node]!]!), 0);
    const below = costBelow();
    const costs = new Float64Array(depth[node]! + 1).fill(Number.POSITIVE_INFINITY);
    const choices: (UpLink | number | null)[] = Array.from(costs, () => null);
    costs[depth[node]!] = below;
    const offer = (from: number, cost: number, chosen: UpLink | number) => {
      if (cost >= costs[from]!) return;
      costs[from] = cost;
      choices[from] = chosen;
    };
    for (let up = 0; up < depth[node]!; up++) {
      for (const link of upLinks[node]!) if (link.depth <= up) offer(up, below + link.cost, link);
      for (const child of children[node]!) {
        offer(up, costBelow(child) + best[child]![up]!, child);
      }
    }
    best[node] = costs;
    choice[node] = choices;
  }
  const roots = order.filter((node) => parent[node] === node);
  const total = roots.reduce((sum, root) => sum + best[root]![0]!, 0);
  if (!Number.isFinite(total)) return null;
  return { links: [...chosenLinks(roots, depth, children, choice)].sort((a, b) => a - b), lower_bound: total / 2 };
}

/** Follows the choices down from the roots. */
function chosenLinks(
  roots: readonly number[],
  depth: readonly number[],
  children: readonly (readonly number[])[],
  choice: readonly (readonly (UpLink | number | null)[])[],
): Set<number> {
  const chosen = new Set<number>();
  const open = roots.map((node) => ({ node, up: 0 }));
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { node, up } = at;
    const through = choice[node]![up] ?? null;
    if (through !== null && typeof through !== 'number') chosen.add(through.link);
    for (const child of children[node]!) open.push({ node: child, up: child === through ? up : depth[node]! });
  }
  return chosen;
}

function upLinksOf(parent: readonly number[], depth: readonly number[], links: readonly TreeLink[]): UpLink[][] {
  const upLinks: UpLink[][] = parent.map(() => []);
  links.forEach(({ u, v, cost }, link) => {
    let [a, b] = [u, v];
    while (a !== b) {
      if (depth[a]! < depth[b]!) [a, b] = [b, a];
      // Two roots: the link joins separate trees and covers nothing.
      if (parent[a] === a) return;
      a = parent[a]!;
    }
    for (const end of [u, v]) if (depth[end]! > depth[a]!) upLinks[end]!.push({ link, depth: depth[a]!, cost });
  });
  return upLinks;
}
