/**
 * Repairs of a network that cannot be stored as it stands: a node without a place, a span whose end names no node. The repair is
 * proposed in the row error and carried out only when the user accepted its kind. Faults of what is stored are found later, over
 * the whole network (connectivity, topology findings).
 */
import type { Position } from 'geojson';
import type { FibreNodeRecord } from './records.ts';

/** Kinds of repair that can be accepted at an import. */
export const FIBRE_REPAIRS = ['missing_node', 'missing_geometry'] as const;
export type FibreRepair = (typeof FIBRE_REPAIRS)[number];

/** Repairs that the user accepted, and how many of each were carried out. */
export class Repairs {
  readonly counts: Record<string, number> = {};
  readonly #accepted: readonly string[];

  constructor(accepted: readonly string[] = []) {
    this.#accepted = accepted;
  }

  /** Whether a repair is to be carried out; it is counted then. */
  take(kind: FibreRepair): boolean {
    if (!this.#accepted.includes(kind)) return false;
    const name = `repaired_${kind}`;
    this.counts[name] = (this.counts[name] ?? 0) + 1;
    return true;
  }
}

/** A line's end this near to a node is meant for it: the cable goes on inside the building, metres. */
const SAME_PLACE_M = 50;
const METRES_PER_DEGREE = 111_195;

/** Metres between two near positions, within 0.6 % (only to choose the nearest of several). */
function metresBetween([lon0 = 0, lat0 = 0]: Position, [lon1 = 0, lat1 = 0]: Position): number {
  const shrink = Math.cos((((lat0 + lat1) / 2) * Math.PI) / 180);
  return METRES_PER_DEGREE * Math.hypot((lon1 - lon0) * shrink, lat1 - lat0);
}

/** What would be put for a node that is not there. */
export type EndRepair = { kind: 'join'; node: FibreNodeRecord; metres: number } | { kind: 'add'; at: Position };

/** The node at the end of a drawn line, or a new joint there; null where nothing is drawn. */
export function endRepair(
  line: readonly Position[] | null,
  end: 'start' | 'end',
  nodes: Iterable<FibreNodeRecord>,
): EndRepair | null {
  const at = end === 'start' ? line?.[0] : line?.at(-1);
  if (at === undefined) return null;
  let nearest: { node: FibreNodeRecord; metres: number } | null = null;
  for (const node of nodes) {
    if (node.geometry === null) continue;
    const metres = metresBetween(at, node.geometry.coordinates);
    if (metres <= SAME_PLACE_M && (nearest === null || metres < nearest.metres)) nearest = { node, metres };
  }
  return nearest ? { kind: 'join', ...nearest } : { kind: 'add', at };
}

/** The proposal in one sentence. */
export function describeEndRepair(repair: EndRepair | null): string | undefined {
  if (repair === null) return undefined;
  const how =
    repair.kind === 'join'
      ? `join it to node ${repair.node.code}, ${Math.round(repair.metres)} m from the line's end`
      : "add a joint at the line's end";
  return `${how} (--accept missing_node)`;
}

/** A joint where a line ends and no node is. */
export function jointAt(
  at: Position,
  code: string,
  like: Pick<FibreNodeRecord, 'row' | 'scope' | 'synthetic'>,
): FibreNodeRecord {
  return {
    row: like.row,
    scope: like.scope,
    code,
    name: null,
    kind: 'joint',
    serves_unit_code: null,
    operator: null,
    operator_name: null,
    geometry: { type: 'Point', coordinates: at },
    status: 'operational',
    synthetic: like.synthetic,
    former: [],
    ofds: { id: code },
  };
}

/** For every node without a place, where the first line that names it ends. */
export function placesByLines(
  nodes: readonly FibreNodeRecord[],
  lines: Iterable<{ start: string; end: string; coordinates: readonly Position[] }>,
): Map<string, Position> {
  const unplaced = new Set(nodes.filter(({ geometry }) => geometry === null).map(({ code }) => code));
  const places = new Map<string, Position>();
  if (unplaced.size === 0) return places;
  for (const { start, end, coordinates } of lines) {
    const [first, last] = [coordinates[0], coordinates.at(-1)];
    if (first && unplaced.has(start) && !places.has(start)) places.set(start, first);
    if (last && unplaced.has(end) && !places.has(end)) places.set(end, last);
  }
  return places;
}
