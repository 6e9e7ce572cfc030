/** From what the worker says to the answers of the API. */
import type { SuggestResult, WhatIfRequest, WhatIfResult } from '../../../contract/index.ts';
import type { Language, Translated } from '../../../platform/language.ts';
import type { NamedCommune } from './planner.ts';
import type { CommuneChange, SuggestAnswer, WhatIfAnswer } from './planning-types.ts';
import type { Nearest } from './queries.ts';
import { text } from './rules/planning-texts.ts';

type Reached = WhatIfResult['before'];
/** An answer whose notes are in both languages: so it is kept, whoever reads it later. */
export type TranslatedResult = Omit<WhatIfResult, 'warnings'> & { warnings: Translated[] };
/** From this on a first computation is mentioned, ms. */
const WORTH_SAYING_MS = 1_000;

/** Square kilometres without the noise of binary fractions. */
const roundKm2 = (km2: number): number => Math.round(km2 * 1e6) / 1e6;

const isKnownBefore = ({ status_before }: CommuneChange): boolean => status_before !== 'unknown';
const isKnownAfter = ({ status_after }: CommuneChange): boolean => status_after !== 'unknown';
/** In the sums of before and of after alike. */
export const isKnownInBoth = (one: CommuneChange): boolean => isKnownBefore(one) && isKnownAfter(one);

const sumOf = (communes: readonly CommuneChange[], of: (commune: CommuneChange) => number | null): number =>
  communes.reduce((total, one) => total + (of(one) ?? 0), 0);

/** Sums over the communes known then: what a coverage run says, numerators and denominators alike. */
export function reachedOf(communes: readonly CommuneChange[], when: 'before' | 'after'): Reached {
  const known = communes.filter(when === 'before' ? isKnownBefore : isKnownAfter);
  return {
    people_covered: sumOf(known, (one) => (when === 'before' ? one.people_before : one.people_after)),
    population: sumOf(known, ({ population }) => population),
    area_covered_km2: roundKm2(sumOf(known, (one) => (when === 'before' ? one.area_before_km2 : one.area_after_km2))),
    area_km2: roundKm2(sumOf(known, ({ area_km2 }) => area_km2)),
  };
}

export const isChanged = (one: CommuneChange): boolean =>
  one.people_before !== one.people_after || one.area_before_km2 !== one.area_after_km2;

/** Who and what gains or loses coverage, over the communes known in both: a commune that becomes unknown loses nobody. */
export function deltaOf(communes: readonly CommuneChange[]): WhatIfResult['delta'] {
  const both = communes.filter(isKnownInBoth);
  return {
    people: sumOf(both, (one) => (one.people_after ?? 0) - (one.people_before ?? 0)),
    area_km2: roundKm2(sumOf(both, (one) => (one.area_after_km2 ?? 0) - (one.area_before_km2 ?? 0))),
  };
}

/** More communes than these are only counted in a sentence. */
const MOST_NAMED = 5;

function namesOf(communes: readonly CommuneChange[], named: readonly NamedCommune[]): Translated {
  const names = communes.slice(0, MOST_NAMED).map(({ commune, certain_before, certain_after }) => {
    const { name, code } = named[commune] ?? { name: '', code: '' };
    return text.certainPeople(`${name} (${code})`, certain_before, certain_after);
  });
  const list = { vi: names.map(({ vi }) => vi).join('; '), en: names.map(({ en }) => en).join('; ') };
  const more = communes.length - names.length;
  return more > 0 ? text.andMore(list, more) : list;
}

/** What a reader of the sums must know of communes that are not in both of them. */
export function statusWarnings(communes: readonly CommuneChange[], named: readonly NamedCommune[]): Translated[] {
  const lost = communes.filter((one) => isKnownBefore(one) && !isKnownAfter(one));
  const won = communes.filter((one) => !isKnownBefore(one) && isKnownAfter(one));
  const never = communes.filter((one) => !isKnownBefore(one) && !isKnownAfter(one));
  const still = never.filter(({ certain_before, certain_after }) => certain_before !== certain_after);
  return [
    ...(lost.length > 0 ? [text.becomeUnknown(namesOf(lost, named))] : []),
    ...(won.length > 0 ? [text.becomeKnown(namesOf(won, named))] : []),
    ...(still.length > 0 ? [text.stillUnknown(namesOf(still, named))] : []),
    ...(never.length > 0 ? [text.unknownCommunes(never.length)] : []),
  ];
}

type Provenance = Pick<WhatIfResult, 'at' | 'dataset_revision' | 'synthetic'>;

/** The answer of POST /coverage/what-if. Communes unknown both before and after are in no sum and not listed. */
export function whatIfResultOf(
  request: Pick<WhatIfRequest, 'operator' | 'technology'>,
  answer: Extract<WhatIfAnswer, { problems: null }>,
  communes: readonly NamedCommune[],
  provenance: Provenance,
): TranslatedResult {
  const slow = answer.prepared_ms > WORTH_SAYING_MS ? [text.computedNow(Math.round(answer.prepared_ms / 1000))] : [];
  return {
    operator: request.operator ?? null,
    technology: request.technology,
    before: reachedOf(answer.communes, 'before'),
    after: reachedOf(answer.communes, 'after'),
    delta: deltaOf(answer.communes),
    communes: answer.communes.filter(isChanged).map((one) => ({
      ...(communes[one.commune] ?? { id: -1, code: '', name: '' }),
      population: one.population,
      status_before: one.status_before,
      status_after: one.status_after,
      people_before: one.people_before,
      people_after: one.people_after,
      area_before_km2: one.area_before_km2,
      area_after_km2: one.area_after_km2,
    })),
    gained: answer.gained,
    lost: answer.lost,
    taken: answer.taken,
    // What is not in the sums first: of the others a page may fold some away.
    warnings: [...statusWarnings(answer.communes, communes), ...answer.warnings, ...slow],
    ...provenance,
  };
}

/** An answer as a reader of the language is given it. */
export const resultIn = (language: Language, result: TranslatedResult): WhatIfResult => ({
  ...result,
  warnings: result.warnings.map((warning) => warning[language]),
});

/** The answer of POST /coverage/suggest. */
export function suggestResultOf(
  answer: SuggestAnswer,
  nearest: readonly Nearest[],
  communes: readonly NamedCommune[],
  siteCodes: ReadonlyMap<number, string>,
  language: Language,
  provenance: Provenance,
): SuggestResult {
  return {
    items: answer.items.map(({ commune, site_id, warnings, ...item }, i) => ({
      rank: i + 1,
      ...item,
      site_id,
      site_code: site_id === null ? null : (siteCodes.get(site_id) ?? null),
      commune_code: communes[commune]?.code ?? null,
      commune_name: communes[commune]?.name ?? null,
      nearest_mast_m: nearest[i]?.mast_m ?? null,
      nearest_fibre_m: nearest[i]?.fibre_m ?? null,
      nearest_fibre_code: nearest[i]?.fibre_code ?? null,
      warnings: warnings.map((warning) => warning[language]),
    })),
    people_gained: answer.people_gained,
    bound: { guarantee: answer.guarantee, at_most_people: answer.at_most_people },
    candidates: answer.candidates,
    before: reachedOf(answer.communes, 'before'),
    ...provenance,
  };
}
