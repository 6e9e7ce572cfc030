/**
 * The pair of paths that share least (`least-shared-pair.ts`), for many targets of one network. Whatever lies behind the same
 * bridges has them in common and then the same pair: it is searched once, where the bridges end.
 */
import { leastSharedPair, type PairResult } from './least-shared-pair.ts';
import { edgesOfRisk, otherEnd } from './network-graph.ts';
import type { FoundPath, PathSearch } from './path-search.ts';

export class PairsBehindBridges {
  #search: PathSearch;
  #budget: number;
  #pairFrom = new Map<number, PairResult>();

  /** @param budget branches per search, as of `leastSharedPair` */
  constructor(search: PathSearch, budget: number) {
    this.#search = search;
    this.#budget = budget;
  }

  /**
   * @param starts the nodes of a target that is not at a core
   * @param shortest its shortest path
   * @param isolating the risks that isolate it
   */
  of(starts: readonly number[], shortest: FoundPath, isolating: readonly number[]): PairResult {
    if (starts.length > 1) return leastSharedPair(this.#search, starts, isolating, this.#budget);
    const { graph } = this.#search;
    const onEveryPath = new Set(isolating);
    const isBridge = (risk: number) => onEveryPath.has(risk) && edgesOfRisk(graph, risk).length === 1;
    const bridges: number[] = [];
    let node = shortest.start;
    for (const edge of shortest.edges) {
      if (!isBridge(graph.edgeRisk[edge]!)) break;
      bridges.push(edge);
      node = otherEnd(graph, edge, node);
    }
    const passed = bridges.map((edge) => graph.edgeRisk[edge]!);
    const { pair, shared, exact } = this.#from(node, isolating, passed);
    if (pair === null) return { pair, shared: [], exact };
    const lead = ({ edges }: FoundPath): FoundPath => ({ start: shortest.start, edges: [...bridges, ...edges] });
    return { pair: [lead(pair[0]), lead(pair[1])], shared: [...passed, ...shared], exact };
  }

  #from(node: number, isolating: readonly number[], passed: readonly number[]): PairResult {
    const known = this.#pairFrom.get(node);
    if (known !== undefined) return known;
    const done = new Set(passed);
    const left = isolating.filter((risk) => !done.has(risk));
    const found = leastSharedPair(this.#search, [node], left, this.#budget);
    this.#pairFrom.set(node, found);
    return found;
  }
}
