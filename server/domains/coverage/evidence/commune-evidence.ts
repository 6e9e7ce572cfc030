import type { EvidenceItem, MeasuredSummary } from '../../../contract/index.ts';
import type { Db } from '../../../platform/db/db.ts';
import type { EvidenceComparison } from './compare-evidence.ts';
import { type EvidenceCommune, type ModelledEvidence, selectClaims, selectModelledEvidence } from './queries.ts';
import type { CommunePoints } from './rules/compare-points.ts';
import type { ComparedClaim } from './rules/disagreements.ts';

const scopeOrder: readonly EvidenceItem['scope'][] = ['operator', 'any', 'at_least_two'];

/** An operator × technology that is declared or measured, but was not computed. */
function notComputed(
  { population, area_km2 }: EvidenceCommune,
  { operator, technology }: Pick<ComparedClaim, 'operator' | 'technology'>,
): ModelledEvidence {
  const nothing = { people_covered: null, pct_pop: null, area_covered_km2: null, pct_area: null };
  const noBound = { people_at_least: null, area_at_least_km2: null };
  const noBand = { people_low: null, people_high: null, area_low_km2: null, area_high_km2: null, pct_terrain: null };
  return {
    scope: 'operator',
    operator,
    technology,
    population,
    area_km2,
    ...nothing,
    ...noBound,
    ...noBand,
    centre_covered: null,
    status: 'unknown',
    unknown_reason: 'not_computed',
  };
}

function measuredOf(points: CommunePoints | undefined): MeasuredSummary | null {
  if (!points) return null;
  const { median_dbm, modelled_points, mean_error_db, sd_error_db, first, last, below } = points;
  return { points: points.points, below, median_dbm, modelled_points, mean_error_db, sd_error_db, first, last };
}

const keyOf = ({ operator, technology }: { operator: string | null; technology: string }): string =>
  `${operator ?? ''} ${technology}`;

const orderKey = ({ technology, scope, operator }: EvidenceItem): string =>
  `${technology} ${scopeOrder.indexOf(scope)} ${operator ?? ''}`;

/** By technology; in each the operators by code, then any operator, then at least two. */
const inOrder = (a: EvidenceItem, b: EvidenceItem): number => (orderKey(a) < orderKey(b) ? -1 : 1);

/** The three kinds of evidence of one commune side by side. Unions of operators are only ever modelled. */
export async function communeEvidenceItems(
  db: Db,
  comparison: EvidenceComparison,
  commune: EvidenceCommune,
): Promise<EvidenceItem[]> {
  const { run, at } = comparison;
  const modelled = run ? await selectModelledEvidence(db, run.id, commune.id) : [];
  const claims = new Map((await selectClaims(db, at, commune.id)).map((claim) => [keyOf(claim), claim]));
  const points = new Map(
    comparison.points.filter(({ commune_id }) => commune_id === commune.id).map((tally) => [keyOf(tally), tally]),
  );
  const known = new Set(modelled.filter(({ scope }) => scope === 'operator').map(keyOf));
  const subjects: [string, Pick<ComparedClaim, 'operator' | 'technology'>][] = [...claims, ...points];
  const others = new Map(subjects.filter(([key]) => !known.has(key)));
  const rows = [...modelled, ...[...others.values()].map((subject) => notComputed(commune, subject))];
  return rows
    .map((row): EvidenceItem => {
      const claim = row.scope === 'operator' ? claims.get(keyOf(row)) : undefined;
      const declared = claim
        ? { covered: claim.covered, pct_pop: claim.pct_pop, as_of: claim.as_of, source: claim.source }
        : null;
      return { ...row, declared, measured: row.scope === 'operator' ? measuredOf(points.get(keyOf(row))) : null };
    })
    .sort(inOrder);
}
