import type { CommuneCoverageList, Disagreement, GapItem, Technology } from '../../../server/contract/index.ts';
import { technologies } from './filter.ts';

/** The three rules by which a commune counts as covered. */
export const coverageRules = ['people', 'area', 'centre'] as const;
export type CoverageRule = (typeof coverageRules)[number];
/** Without an operator: where at least one covers, or at least two. */
export const unionScopes = ['any', 'at_least_two'] as const satisfies readonly CommuneCoverageList['scope'][];
export type UnionScope = (typeof unionScopes)[number];
/** What the coverage panel draws: communes in the colour of the rule, or signal bands. */
export const coveragePaints = ['rule', 'bands'] as const;
type CoveragePaint = (typeof coveragePaints)[number];
/** The lists of the coverage panel. */
export const coverageSections = ['communes', 'units', 'disagreements'] as const;
export type CoverageSection = (typeof coverageSections)[number];
export const spotKinds = ['white', 'grey'] as const satisfies readonly GapItem['kind'][];
export type SpotKind = (typeof spotKinds)[number];
export const disagreementKinds = [
  'claimed_not_modelled',
  'modelled_not_measured',
] as const satisfies readonly Disagreement['kind'][];
export type DisagreementKind = (typeof disagreementKinds)[number];

/** Whose measured points are on the map. */
export interface EvidenceSubject {
  operator: string;
  technology: Technology;
}

/** What of coverage is looked at, beside the shared filter; a link brings it back. */
export interface CoverageChoice {
  rule: CoverageRule;
  paint: CoveragePaint;
  scope: UnionScope;
  section: CoverageSection;
  spots: SpotKind;
  disagreement: DisagreementKind | null;
  evidence: EvidenceSubject | null;
  /** Smaller gaps are left out; null: none. */
  minPeople: number | null;
  minAreaKm2: number | null;
}

export const initialCoverageChoice: CoverageChoice = {
  rule: 'people',
  paint: 'rule',
  scope: 'any',
  section: 'communes',
  spots: 'white',
  disagreement: null,
  evidence: null,
  minPeople: null,
  minAreaKm2: null,
};

const oneOf = <T extends string>(values: readonly T[], text: string | null): T | undefined =>
  values.find((value) => value === text);

export const leastPeopleLimits = [1, 1_000_000] as const;
export const leastAreaKm2Limits = [0.001, 1_000] as const;

/** A least size in a link; null when it is not one. */
function parseLeast(
  text: string | null,
  pattern: RegExp,
  [least, most]: readonly [least: number, most: number],
): number | null {
  if (text === null || !pattern.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}

/** `VIETTEL/4G`; null when the text does not name an operator and a technology. */
function parseEvidence(text: string | null): EvidenceSubject | null {
  const match = /^([0-9A-Za-z._-]{1,40})\/(\dG)$/.exec(text ?? '');
  const technology = oneOf(technologies, match?.[2] ?? null);
  return match?.[1] && technology ? { operator: match[1], technology } : null;
}

/** Reads the choice from query parameters; what cannot be meant falls back to its default. */
export function parseCoverageChoice(params: URLSearchParams): CoverageChoice {
  const initial = initialCoverageChoice;
  return {
    rule: oneOf(coverageRules, params.get('rule')) ?? initial.rule,
    paint: oneOf(coveragePaints, params.get('paint')) ?? initial.paint,
    scope: oneOf(unionScopes, params.get('scope')) ?? initial.scope,
    section: oneOf(coverageSections, params.get('section')) ?? initial.section,
    spots: oneOf(spotKinds, params.get('spots')) ?? initial.spots,
    disagreement: oneOf(disagreementKinds, params.get('disagreement')) ?? null,
    evidence: parseEvidence(params.get('evidence')),
    minPeople: parseLeast(params.get('min_people'), /^\d{1,7}$/, leastPeopleLimits),
    minAreaKm2: parseLeast(params.get('min_area_km2'), /^\d{1,4}(\.\d{1,6})?$/, leastAreaKm2Limits),
  };
}

/** The query parameters of a choice, defaults left out. */
export function coverageChoiceParams(choice: CoverageChoice): [name: string, value: string][] {
  const { evidence } = choice;
  const texts: [string, string | null][] = [
    ...(['rule', 'paint', 'scope', 'section', 'spots'] as const).map((name): [string, string | null] => [
      name,
      choice[name] === initialCoverageChoice[name] ? null : choice[name],
    ]),
    ['disagreement', choice.disagreement],
    ['evidence', evidence && `${evidence.operator}/${evidence.technology}`],
    ['min_people', choice.minPeople === null ? null : String(choice.minPeople)],
    ['min_area_km2', choice.minAreaKm2 === null ? null : String(choice.minAreaKm2)],
  ];
  return texts.filter((pair): pair is [string, string] => pair[1] !== null);
}
