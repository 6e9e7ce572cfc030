/**
 * A deterministic synthetic network of any size for measuring: provinces of a core, meshed rings round it, trees
 * below the rings; a tenth of the ring spans share ducts. Grows with the number of provinces, nothing else changes.
 */
import { seededRandom } from '../../../../platform/seeded-random.ts';
import { buildNetworkGraph, type FibreNodeRow, type FibreSpanRow, type NetworkGraph } from '../network-graph.ts';
import type { Target } from '../targets.ts';

export interface SyntheticNation {
  nodes: FibreNodeRow[];
  spans: FibreSpanRow[];
  /** Some 10 district centres a province on the mesh, and 10 commune centres a district in the trees. */
  districtCodes: string[];
  communeCodes: string[];
}

const MESH_SIDE = 12;
const TREE_NODES_PER_PROVINCE = 520;

/** About 790 spans a province: 67 provinces give some 50,000 spans. */
export function syntheticNation(provinces: number): SyntheticNation {
  const random = seededRandom(20081231);
  const nation: SyntheticNation = { nodes: [], spans: [], districtCodes: [], communeCodes: [] };
  let previousCore = 0;
  for (let province = 0; province < provinces; province++) {
    const first = nation.nodes.length;
    addMesh(nation, province, random);
    addTrees(nation, first, province, random);
    const core = nation.nodes[first]!.id;
    if (province > 0) addSpan(nation, previousCore, core, 100_000, null);
    previousCore = core;
  }
  return nation;
}

/** Graph and targets of a synthetic nation. */
export function syntheticGraph(provinces: number): { graph: NetworkGraph; districts: Target[]; communes: Target[] } {
  const nation = syntheticNation(provinces);
  const { graph } = buildNetworkGraph(nation.nodes, nation.spans);
  const byCode = new Map(graph.nodes.map((node, index) => [node.serves_unit_code, index]));
  const target = (code: string): Target => ({ code, name: code, nodes: [byCode.get(code)!] });
  return { graph, districts: nation.districtCodes.map(target), communes: nation.communeCodes.map(target) };
}

/** A square grid with one street in eight missing; the core is its first corner, districts lie on it at random. */
function addMesh(nation: SyntheticNation, province: number, random: () => number): void {
  const first = nation.nodes.length;
  for (let cell = 0; cell < MESH_SIDE ** 2; cell++) {
    const isDistrict = cell > 0 && cell % 14 === 0;
    const code = isDistrict ? `D${province}-${cell}` : null;
    if (code !== null) nation.districtCodes.push(code);
    addNode(nation, cell === 0 ? 'core' : isDistrict ? 'district' : 'joint', code);
  }
  for (let row = 0; row < MESH_SIDE; row++) {
    for (let column = 0; column < MESH_SIDE; column++) {
      const here = nation.nodes[first + row * MESH_SIDE + column]!.id;
      const duct = random() < 0.1 ? `R${province}-${row}-${column >> 1}` : null;
      if (column + 1 < MESH_SIDE && random() > 0.125) addSpan(nation, here, here + 1, 2_000 + 8_000 * random(), duct);
      if (row + 1 < MESH_SIDE && random() > 0.125)
        addSpan(nation, here, here + MESH_SIDE, 2_000 + 8_000 * random(), duct);
    }
  }
}

/** Every further node hangs on an earlier node of the province; every fifth is a commune centre. */
function addTrees(nation: SyntheticNation, first: number, province: number, random: () => number): void {
  for (let count = 0; count < TREE_NODES_PER_PROVINCE; count++) {
    const above = nation.nodes[first + Math.floor(random() * (nation.nodes.length - first))]!.id;
    const isCommune = count % 5 === 0;
    const code = isCommune ? `C${province}-${count}` : null;
    if (code !== null) nation.communeCodes.push(code);
    addSpan(nation, above, addNode(nation, isCommune ? 'commune' : 'joint', code), 500 + 4_000 * random(), null);
  }
}

function addNode(nation: SyntheticNation, kind: FibreNodeRow['kind'], serves_unit_code: string | null): number {
  const id = nation.nodes.length + 1;
  nation.nodes.push({ id, code: `N${id}`, kind, serves_unit_code, lon: null, lat: null });
  return id;
}

function addSpan(
  nation: SyntheticNation,
  start: number,
  end: number,
  length_m: number,
  route_group: string | null,
): void {
  const id = nation.spans.length + 1;
  nation.spans.push({ id, start_node_id: start, end_node_id: end, length_m, route_group, status: 'operational' });
}
