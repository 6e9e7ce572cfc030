import type { Position } from 'geojson';
import type { Plan } from '../../connectivity/index.ts';
import { ALWAYS } from '../../imports/index.ts';
import { type OfdsNetwork, type OfdsNodeRow, type OfdsSpanRow, writePackage } from './package.ts';

const NETWORK = 1;

/** Nodes at the ends of planned spans: places by their code, junctions by a number of their own. */
class Ends {
  readonly rows = new Map<string, OfdsNodeRow>();

  #keyOf(code: string | null, at: Position): string {
    return code ?? `J-${at.map((degrees) => degrees.toFixed(6)).join('-')}`;
  }

  /** Code of the node at an end, made when it is new. */
  take(code: string | null, name: string | null, at: Position): string {
    const key = this.#keyOf(code, at);
    if (!this.rows.has(key))
      this.rows.set(key, {
        network_id: NETWORK,
        code: key,
        name: name ?? '',
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
    return key;
  }
}

/** The planned spans as a network of their own, every node and span `planned`; ends keep the codes of the inventory. */
export function planPackage(plan: Plan, title: string, today: string): { networks: OfdsNetwork[] } {
  const ends = new Ends();
  const spans = plan.spans.map((span): OfdsSpanRow => {
    const { coordinates } = span;
    const [first = [0, 0], last = [0, 0]] = [coordinates[0], coordinates.at(-1)];
    return {
      network_id: NETWORK,
      code: `PLAN-${span.no}`,
      name: '',
      start_code: ends.take(span.start_code, span.start_name, first),
      end_code: ends.take(span.end_code, span.end_name, last),
      deployment: span.deployment,
      length_m: span.length_m,
      fibre_count: null,
      status: 'planned',
      status_on_day: 'planned',
      route_group: null,
      // No day of service is planned: an open past is what reading a span without one gives.
      valid_from: ALWAYS,
      valid_to: null,
      route: { type: 'LineString', coordinates },
      route_is_straight: false,
      operator: null,
      operator_name: null,
      synthetic: plan.synthetic,
      ofds: {},
    };
  });
  const network = { id: NETWORK, code: `PLAN-${plan.goal}`, name: title, synthetic: plan.synthetic, ofds: {} };
  return writePackage({ networks: [network], nodes: [...ends.rows.values()], spans }, today);
}
