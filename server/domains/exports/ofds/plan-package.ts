import type { Position } from 'geojson';
import type { Plan } from '../../connectivity/index.ts';
import { ALWAYS } from '../../imports/index.ts';
import { isPatch, PATCH } from '../plan-patch.ts';
import { type OfdsNetwork, type OfdsNodeRow, type OfdsSpanRow, writePackage } from './package.ts';

const NETWORK = 1;

/** An end of a planned span. */
interface End {
  code: string;
  /** Of the node; null for a place that is none yet, or a junction. */
  network: string | null;
  name: string;
  at: Position;
}

/** Places have the code of the inventory, junctions one by where they are. */
const codeOf = (code: string | null, at: Position): string =>
  code ?? `J-${at.map((degrees) => degrees.toFixed(6)).join('-')}`;

const keyOf = ({ network, code }: End): string => JSON.stringify([network, code]);

function endsOf(span: Plan['spans'][number]): [start: End, end: End] {
  const [first = [0, 0], last = [0, 0]] = [span.coordinates[0], span.coordinates.at(-1)];
  return [
    { code: codeOf(span.start_code, first), network: span.start_network, name: span.start_name ?? '', at: first },
    { code: codeOf(span.end_code, last), network: span.end_network, name: span.end_name ?? '', at: last },
  ];
}

/** An id for each end by its key: the code where only one has it, else with the network of the node before it. */
function idsOf(ends: ReadonlyMap<string, End>): Map<string, string> {
  const times = new Map<string, number>();
  for (const { code } of ends.values()) times.set(code, (times.get(code) ?? 0) + 1);
  const isPlain = ({ code, network }: End): boolean => network === null || times.get(code) === 1;
  const ids = new Map([...ends].flatMap(([key, end]) => (isPlain(end) ? [[key, end.code] as const] : [])));
  const taken = new Set(ids.values());
  for (const [key, end] of ends) {
    if (ids.has(key)) continue;
    const stem = `${end.network}/${end.code}`;
    let id = stem;
    for (let number = 2; taken.has(id); number++) id = `${stem}/${number}`;
    taken.add(id);
    ids.set(key, id);
  }
  return ids;
}

const nodeRow = (code: string, { name, at }: End): OfdsNodeRow => ({
  network_id: NETWORK,
  code,
  name,
  kind: 'joint',
  serves_unit_code: null,
  status: 'planned',
  status_on_day: 'planned',
  location: { type: 'Point', coordinates: at },
  operator: null,
  operator_name: null,
  synthetic: false,
  former: [],
  ofds: {},
});

/** The planned spans as a network of their own, every node and span `planned`; ends keep the codes of the inventory. */
export function planPackage(plan: Plan, title: string, today: string): { networks: OfdsNetwork[] } {
  const ends = new Map<string, End>();
  for (const end of plan.spans.flatMap(endsOf)) if (!ends.has(keyOf(end))) ends.set(keyOf(end), end);
  const ids = idsOf(ends);
  const idOf = (end: End): string => ids.get(keyOf(end)) ?? end.code;
  const spans = plan.spans.map((span): OfdsSpanRow => {
    const [start, end] = endsOf(span);
    return {
      network_id: NETWORK,
      code: `PLAN-${span.no}`,
      // The standard has one name, so both languages are in it.
      name: isPatch(span) ? `${PATCH.vi} / ${PATCH.en}` : '',
      start_code: idOf(start),
      end_code: idOf(end),
      deployment: span.deployment,
      length_m: span.length_m,
      fibre_count: null,
      status: 'planned',
      status_on_day: 'planned',
      route_group: null,
      // No day of service is planned: an open past is what reading a span without one gives.
      valid_from: ALWAYS,
      valid_to: null,
      route: { type: 'LineString', coordinates: span.coordinates },
      route_is_straight: isPatch(span),
      operator: null,
      operator_name: null,
      synthetic: plan.synthetic,
      ofds: {},
    };
  });
  const nodes = [...ends.values()].map((end) => nodeRow(idOf(end), end));
  const network = { id: NETWORK, code: `PLAN-${plan.goal}`, name: title, synthetic: plan.synthetic, ofds: {} };
  return writePackage({ networks: [network], nodes, spans }, today);
}
