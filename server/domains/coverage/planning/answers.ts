/** From what the worker says to the answers of the API. */
import type { SuggestResult, WhatIfRequest, WhatIfResult } from '../../../contract/index.ts';
import type { Language } from '../../../platform/language.ts';
import type { NamedCommune } from './planner.ts';
import type { CommuneChange, SuggestAnswer, WhatIfAnswer } from './planning-types.ts';
import type { Nearest } from './queries.ts';
import { text } from './rules/planning-texts.ts';

type Reached = WhatIfResult['before'];
/** From this on a first computation is mentioned, ms. */
const WORTH_SAYING_MS = 1_000;

/** Square kilometres without the noise of binary fractions. */
const roundKm2 = (km2: number): number => Math.round(km2 * 1e6) / 1e6;

/** Sums over known communes, before or after. The denominators are those of before in both. */
export function reachedOf(communes: readonly CommuneChange[], when: 'before' | 'after'): Reached {
  const sum = (of: (commune: CommuneChange) => number): number => communes.reduce((total, one) => total + of(one), 0);
  return {
    people_covered: sum((one) => (when === 'before' ? one.people_before : one.people_after)),
    population: sum((one) => one.population ?? 0),
    area_covered_km2: roundKm2(sum((one) => (when === 'before' ? one.area_before_km2 : one.area_after_km2))),
    area_km2: roundKm2(sum((one) => one.area_km2)),
  };
}

export const isChanged = (one: CommuneChange): boolean =>
  one.people_before !== one.people_after || one.area_before_km2 !== one.area_after_km2;

export const deltaOf = (before: Reached, after: Reached): WhatIfResult['delta'] => ({
  people: after.people_covered - before.people_covered,
  area_km2: roundKm2(after.area_covered_km2 - before.area_covered_km2),
});

type Provenance = Pick<WhatIfResult, 'at' | 'dataset_revision' | 'synthetic'>;

/** The answer of POST /coverage/what-if. Communes whose status is not known before are in no sum and not listed. */
export function whatIfResultOf(
  request: Pick<WhatIfRequest, 'operator' | 'technology'>,
  answer: Extract<WhatIfAnswer, { problems: null }>,
  communes: readonly NamedCommune[],
  language: Language,
  provenance: Provenance,
): WhatIfResult {
  const known = answer.communes.filter((one) => one.known);
  const [before, after] = [reachedOf(known, 'before'), reachedOf(known, 'after')];
  const slow = answer.prepared_ms > WORTH_SAYING_MS ? [text.computedNow(Math.round(answer.prepared_ms / 1000))] : [];
  return {
    operator: request.operator ?? null,
    technology: request.technology,
    before,
    after,
    delta: deltaOf(before, after),
    communes: known.filter(isChanged).map((one) => ({
      ...(communes[one.commune] ?? { id: -1, code: '', name: '' }),
      population: one.population,
      people_before: one.people_before,
      people_after: one.people_after,
      area_before_km2: one.area_before_km2,
      area_after_km2: one.area_after_km2,
    })),
    gained: answer.gained,
    lost: answer.lost,
    warnings: [...answer.warnings, ...slow].map((warning) => warning[language]),
    ...provenance,
  };
}

/** The answer of POST /coverage/suggest. */
export function suggestResultOf(
  answer: SuggestAnswer,
  nearest: readonly Nearest[],
  communes: readonly NamedCommune[],
  siteCodes: ReadonlyMap<number, string>,
  provenance: Provenance,
): SuggestResult {
  return {
    items: answer.items.map(({ commune, site_id, ...item }, i) => ({
      rank: i + 1,
      ...item,
      site_id,
      site_code: site_id === null ? null : (siteCodes.get(site_id) ?? null),
      commune_code: communes[commune]?.code ?? null,
      commune_name: communes[commune]?.name ?? null,
      nearest_mast_m: nearest[i]?.mast_m ?? null,
      nearest_fibre_m: nearest[i]?.fibre_m ?? null,
      nearest_fibre_code: nearest[i]?.fibre_code ?? null,
    })),
    people_gained: answer.people_gained,
    bound: { guarantee: answer.guarantee, at_most_people: answer.at_most_people },
    candidates: answer.candidates,
    before: reachedOf(
      answer.communes.filter(({ known }) => known),
      'before',
    ),
    ...provenance,
  };
}
