import {
  type CoverageRun,
  type Disagreement,
  dayInVietnam,
  type ModelError,
  type Technology,
} from '../../../contract/index.ts';
import type { ServerContext } from '../../../platform/context.ts';
import { selectOptionalRun } from '../queries.ts';
import { DEFAULT_PARAMETERS } from '../rules/coverage-parameters.ts';
import {
  type MeasuredPeriod,
  measuredPeriod,
  type PointRow,
  readPoints,
  selectClaims,
  selectModelled,
  selectNamedCommunes,
  selectOptionalVintage,
} from './queries.ts';
import { type CommunePoints, PointComparison } from './rules/compare-points.ts';
import { type ComparedClaim, findDisagreements, modelledKey, type NamedCommune } from './rules/disagreements.ts';
import { openStoredLevels, type StoredLevels } from './stored-levels.ts';

/** Declared, modelled and measured of a day beside each other, of the whole inventory. */
export interface EvidenceComparison {
  at: string;
  run: CoverageRun | null;
  period: MeasuredPeriod;
  communes: ReadonlyMap<number, NamedCommune>;
  /** Declarations that the run has a known figure for. */
  claims: readonly ComparedClaim[];
  points: readonly CommunePoints[];
  statistics: readonly ModelError[];
  disagreements: readonly Disagreement[];
}

type Context = Pick<ServerContext, 'db' | 'cache'>;

/** Looks up squares of a run by operator and technology; without stored levels every answer is null. */
export function squareReader(levels: StoredLevels | null) {
  const known = new Map<string, Awaited<ReturnType<StoredLevels['of']>>>();
  return async ({
    operator_id,
    technology,
    lon,
    lat,
  }: Pick<PointRow, 'operator_id' | 'technology' | 'lon' | 'lat'>) => {
    if (!levels) return null;
    const key = `${operator_id} ${technology}`;
    let look = known.get(key);
    if (look === undefined) known.set(key, (look = await levels.of(operator_id, technology)));
    return look?.(lon, lat) ?? null;
  };
}

async function comparePoints(
  { db }: Context,
  period: MeasuredPeriod,
  run: CoverageRun | null,
  at: string,
): Promise<PointComparison> {
  const comparison = new PointComparison(run?.thresholds ?? DEFAULT_PARAMETERS.threshold_dbm);
  const vintage = await selectOptionalVintage(db, at);
  if (vintage === null) return comparison;
  const squareAt = squareReader(run && (await openStoredLevels(db, run.id)));
  for await (const batch of readPoints(db, period, vintage)) {
    for (const point of batch)
      comparison.add({ ...point, day: dayInVietnam(new Date(point.measured_at)), modelled: await squareAt(point) });
  }
  return comparison;
}

async function compare(context: Context, at: string): Promise<EvidenceComparison> {
  const { db } = context;
  const run = await selectOptionalRun(db, at);
  const period = measuredPeriod(at);
  const communes = new Map((await selectNamedCommunes(db, { at })).map((commune) => [commune.id, commune]));
  const modelled = new Map((run ? await selectModelled(db, run.id) : []).map((row) => [modelledKey(row), row]));
  const compared = await comparePoints(context, period, run, at);
  const claims = (await selectClaims(db, at)).filter((claim) => {
    const status = modelled.get(modelledKey(claim))?.status;
    return status !== undefined && status !== 'unknown';
  });
  const points = compared.communes();
  const threshold_dbm = run?.thresholds ?? {};
  const share = run?.parameters['covered_from_pct'];
  const covered_from_pct = typeof share === 'number' ? share : DEFAULT_PARAMETERS.covered_from_pct;
  const disagreements = findDisagreements({ claims, points, communes, modelled, threshold_dbm, covered_from_pct });
  return { at, run, period, communes, claims, points, statistics: compared.statistics(), disagreements };
}

/** The comparison of a day, made once a dataset revision. */
export function evidenceAt(context: Context, revision: number, at: string): Promise<EvidenceComparison> {
  return context.cache.get(revision, `evidence ${at}`, () => compare(context, at));
}

export interface EvidenceQuestion {
  at: string;
  operator?: string | undefined;
  technology?: Technology | undefined;
  kind?: Disagreement['kind'] | undefined;
  district?: string | undefined;
  commune?: string | undefined;
}

/** What of a comparison was asked for, in the same order. */
export interface EvidenceSelection {
  disagreements: Disagreement[];
  counts: { claimed_not_modelled: number; modelled_not_measured: number; points_below: number };
  claims: number;
  points: number;
  statistics: ModelError[];
}

const sum = (numbers: readonly (number | null)[]): number => numbers.reduce<number>((total, n) => total + (n ?? 0), 0);

/**
 * Keeps what a question asks for; the counts are of what is kept. In a district or commune the statistics are still those of
 * the whole operator × technology: they judge the model, not the place.
 */
export async function chooseEvidence(
  { db }: Context,
  comparison: EvidenceComparison,
  question: EvidenceQuestion,
): Promise<EvidenceSelection> {
  const { at, operator, technology, kind, district, commune } = question;
  const place =
    district || commune
      ? new Set((await selectNamedCommunes(db, { at, district, commune })).map(({ id }) => id))
      : null;
  const isSubject = (of: { operator: string; technology: Technology }): boolean =>
    (!operator || of.operator === operator) && (!technology || of.technology === technology);
  const isAsked = (of: { operator: string; technology: Technology; commune_id: number }): boolean =>
    isSubject(of) && (place === null || place.has(of.commune_id));
  const disagreements = comparison.disagreements.filter((item) => isAsked(item) && (!kind || item.kind === kind));
  const ofKind = (wanted: Disagreement['kind']) => disagreements.filter((item) => item.kind === wanted);
  return {
    disagreements,
    counts: {
      claimed_not_modelled: ofKind('claimed_not_modelled').length,
      modelled_not_measured: ofKind('modelled_not_measured').length,
      points_below: sum(ofKind('modelled_not_measured').map((item) => item.points_below)),
    },
    claims: comparison.claims.filter(isAsked).length,
    points: sum(comparison.points.filter(isAsked).map(({ points_in_grid }) => points_in_grid)),
    statistics: comparison.statistics.filter(isSubject),
  };
}
