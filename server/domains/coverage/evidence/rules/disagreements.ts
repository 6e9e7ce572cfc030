import type { CommuneCoverage, CoverageClaim, Disagreement, Technology } from '../../../../contract/index.ts';
import type { CommunePoints } from './compare-points.ts';

/** The latest declaration of an operator × technology of a commune, beside what the run says of it. */
export interface ComparedClaim extends CoverageClaim {
  commune_id: number;
  operator: string;
  technology: Technology;
}

/** What a run says of an operator × technology in a commune. */
export type ModelledCommune = Pick<CommuneCoverage, 'status' | 'pct_pop' | 'people_covered' | 'population'>;

/** The place of a disagreement. */
export interface NamedCommune {
  id: number;
  code: string;
  name: string;
  district_name: string | null;
  lon: number | null;
  lat: number | null;
}

/** Says covered: in so many words, or by a share of people from which a commune counts as covered. */
export function declaresCovered({ covered, pct_pop }: CoverageClaim, covered_from_pct: number): boolean {
  return covered || (pct_pop !== null && pct_pop >= covered_from_pct);
}

/** A declaration that the run does not bear out. What is unknown, or was not computed, contradicts nothing. */
export function isClaimedNotModelled(
  claim: CoverageClaim,
  modelled: ModelledCommune | undefined,
  covered_from_pct: number,
): boolean {
  if (modelled?.status !== 'partial' && modelled?.status !== 'uncovered') return false;
  return declaresCovered(claim, covered_from_pct);
}

const unknownModel: ModelledCommune = { status: 'unknown', pct_pop: null, people_covered: null, population: null };

type Found = Omit<Disagreement, 'id'>;

function placeOf(commune: NamedCommune) {
  const { id, code, name, district_name } = commune;
  return { commune_id: id, commune_code: code, commune_name: name, district_name };
}

function ofClaim(claim: ComparedClaim, commune: NamedCommune, modelled: ModelledCommune): Found {
  return {
    kind: 'claimed_not_modelled',
    ...placeOf(commune),
    operator: claim.operator,
    technology: claim.technology,
    ...modelled,
    declared_pct_pop: claim.pct_pop,
    declared_as_of: claim.as_of,
    declared_source: claim.source,
    points: null,
    points_below: null,
    lowest_dbm: null,
    threshold_dbm: null,
    lon: commune.lon,
    lat: commune.lat,
  };
}

function ofPoints(
  points: CommunePoints,
  commune: NamedCommune,
  modelled: ModelledCommune,
  threshold: number | null,
): Found {
  return {
    kind: 'modelled_not_measured',
    ...placeOf(commune),
    operator: points.operator,
    technology: points.technology,
    ...modelled,
    declared_pct_pop: null,
    declared_as_of: null,
    declared_source: null,
    points: points.covered_points,
    points_below: points.covered_below,
    lowest_dbm: points.lowest?.level_dbm ?? null,
    threshold_dbm: threshold,
    lon: points.lowest?.lon ?? commune.lon,
    lat: points.lowest?.lat ?? commune.lat,
  };
}

/** People who are declared as served and not modelled so; points that are modelled as served and not measured so. */
function weight({ kind, population, people_covered, points_below }: Found): number {
  return kind === 'claimed_not_modelled' ? (population ?? 0) - (people_covered ?? 0) : (points_below ?? 0);
}

/** Claims first, the weightiest of each kind first, then by commune, operator and technology: a total order. */
function byWeight(a: Found, b: Found): number {
  if (a.kind !== b.kind) return a.kind === 'claimed_not_modelled' ? -1 : 1;
  const key = (item: Found) => `${item.commune_code} ${item.commune_id} ${item.operator} ${item.technology}`;
  return weight(b) - weight(a) || (key(a) < key(b) ? -1 : 1);
}

/** What claims, run and drive tests of a day do not agree on, each with its place in the list as id. */
export function findDisagreements(given: {
  claims: readonly ComparedClaim[];
  points: readonly CommunePoints[];
  communes: ReadonlyMap<number, NamedCommune>;
  /** By `modelledKey`. */
  modelled: ReadonlyMap<string, ModelledCommune>;
  threshold_dbm: Readonly<Record<string, number>>;
  covered_from_pct: number;
}): Disagreement[] {
  const { communes, modelled, threshold_dbm } = given;
  const claimed = given.claims.flatMap((claim): Found[] => {
    const commune = communes.get(claim.commune_id);
    const model = modelled.get(modelledKey(claim));
    if (!commune || !model || !isClaimedNotModelled(claim, model, given.covered_from_pct)) return [];
    return [ofClaim(claim, commune, model)];
  });
  const measured = given.points.flatMap((points): Found[] => {
    const commune = communes.get(points.commune_id);
    if (!commune || points.covered_below === 0) return [];
    const threshold = threshold_dbm[points.technology] ?? null;
    return [ofPoints(points, commune, modelled.get(modelledKey(points)) ?? unknownModel, threshold)];
  });
  return [...claimed, ...measured].sort(byWeight).map((found, index) => ({ id: index + 1, ...found }));
}

export function modelledKey(of: { commune_id: number; operator: string; technology: Technology }): string {
  return `${of.commune_id} ${of.operator} ${of.technology}`;
}
