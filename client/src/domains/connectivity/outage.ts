import type { CutResult, DistrictConnectivity, RiskRanking } from '../../../../server/contract/connectivity.ts';

export interface SpanState {
  /** Cutting it isolates a district. */
  bridge?: true;
  /** It lies on the first or second path of what is selected, or (3) on the new way of a district that a cut sends round. */
  path?: 1 | 2 | 3;
  /** It fails in the cut that is shown. */
  cut?: true;
}

/** What fails in a cut and which districts it isolates, by id. */
export interface Outage {
  spans: readonly number[];
  districts: ReadonlySet<number>;
}

interface Chosen {
  risks: RiskRanking | null;
  /** Spans of the chosen risk or pair. */
  spans: readonly number[];
  districts: readonly Pick<DistrictConnectivity, 'id' | 'code'>[];
}

export const sameSpans = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();

/** The spans of both risks of a pair. */
export const pairSpans = (pair: NonNullable<RiskRanking['pair']>): number[] =>
  pair.risks.flatMap((risk) => risk.span_ids);

/** The cuts that are shown together: those simulated, and the one chosen among the worst while their list is open. */
export function outageOf(results: readonly (CutResult | null)[], { risks, spans, districts }: Chosen): Outage {
  const cuts = results.filter((result) => result !== null);
  const failed = new Set(cuts.flatMap((result) => result.cut.spans));
  const lost = new Set(cuts.flatMap((result) => result.lost_ids.districts));
  if (risks && spans.length > 0) {
    for (const id of spans) failed.add(id);
    const codes =
      risks.singles.find((risk) => sameSpans(risk.span_ids, spans))?.district_centres ??
      (risks.pair && sameSpans(pairSpans(risks.pair), spans) ? risks.pair.district_centres : []);
    for (const { id, code } of districts) if (codes.includes(code)) lost.add(id);
  }
  return { spans: [...failed], districts: lost };
}

/** A district that a cut sends another way, with it. */
export type Reroute = CutResult['rerouted'][number];

interface Drawn {
  /** What is selected. */
  selected: Pick<DistrictConnectivity, 'paths'> | null;
  /** Of a district that a cut sends round: drawn in the place of the paths of what is selected. */
  reroute?: Pick<Reroute, 'span_ids'> | null;
  failed?: readonly number[];
}

/** What the map says of each span: single cuts of all districts, paths of what is looked at, what fails in a cut. */
export function spanStatesOf(
  items: readonly Pick<DistrictConnectivity, 'bridges'>[],
  { selected, reroute = null, failed = [] }: Drawn,
): Map<number, SpanState> {
  const states = new Map<number, SpanState>();
  const add = (id: number, state: SpanState): void => {
    states.set(id, { ...state, ...states.get(id) });
  };
  for (const id of items.flatMap((item) => item.bridges.flatMap((bridge) => bridge.span_ids)))
    add(id, { bridge: true });
  if (reroute) for (const id of reroute.span_ids) add(id, { path: 3 });
  else
    selected?.paths.slice(0, 2).forEach((path, index) => {
      for (const id of path.span_ids) add(id, { path: index === 0 ? 1 : 2 });
    });
  for (const id of failed) add(id, { cut: true });
  return states;
}
