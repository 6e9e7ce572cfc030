/** Scenarios side by side: computed now, on the present inventory, over the communes known in every one of them, before and after. */
import type { ScenarioComparison } from '../../../../contract/index.ts';
import { HttpError } from '../../../../platform/http-error.ts';
import type { Language } from '../../../../platform/language.ts';
import { selectSyntheticCells } from '../../queries.ts';
import { deltaOf, isChanged, isKnownInBoth, reachedOf, statusWarnings } from '../answers.ts';
import { computeWhatIf, type PlanningContext } from '../ask-planning.ts';
import type { NamedCommune } from '../planner.ts';
import type { CommuneChange } from '../planning-types.ts';
import { type StoredScenario, selectScenarios } from './queries.ts';

interface Computed {
  scenario: StoredScenario;
  communes: CommuneChange[];
  warnings: string[];
}

async function computeOne(
  context: PlanningContext,
  scenario: StoredScenario,
  named: readonly NamedCommune[],
  language: Language,
): Promise<Computed> {
  const { at, operator, technology, changes } = scenario;
  const request = { at, technology, changes, ...(operator === null ? {} : { operator }) };
  try {
    const { communes, ...answer } = await computeWhatIf(context, request);
    const warnings = [...statusWarnings(communes, named), ...answer.warnings].map((warning) => warning[language]);
    return { scenario, communes, warnings };
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 400) throw error;
    const detail = `Scenario ${scenario.id} no longer fits the inventory: ${error.message}`;
    throw new HttpError(409, 'scenario-outdated', detail, { cause: error });
  }
}

/** Their communes must be the same: sums over different boundaries cannot stand side by side. */
async function sharedCommunes({ planner }: PlanningContext, scenarios: readonly StoredScenario[]) {
  const days = await Promise.all([...new Set(scenarios.map(({ at }) => at))].map((at) => planner.day(at)));
  const ids = days.map(({ communes }) => communes.map(({ id }) => id).join());
  if (new Set(ids).size > 1) {
    const reason = 'These scenarios are of days with different communes and cannot be compared.';
    throw new HttpError(409, 'not-comparable', reason);
  }
  return days[0]?.communes ?? [];
}

/**
 * Compares scenarios. The denominators of all of them are the same.
 * @throws HttpError 404 for an unknown id, 409 when they cannot be compared or no longer fit the inventory
 */
export async function compareScenarios(
  context: PlanningContext,
  ids: readonly number[],
  language: Language,
): Promise<ScenarioComparison> {
  const { db, revision } = context;
  const dataset_revision = revision.current;
  const scenarios = await selectScenarios(db, ids);
  const communes = await sharedCommunes(context, scenarios);
  const computed: Computed[] = [];
  for (const scenario of scenarios) computed.push(await computeOne(context, scenario, communes, language));
  const isKnown = communes.map((_, i) =>
    computed.every((one) => {
      const figures = one.communes[i];
      return figures !== undefined && isKnownInBoth(figures);
    }),
  );
  const knownOf = (one: Computed): CommuneChange[] => one.communes.filter(({ commune }) => isKnown[commune]);
  return {
    items: computed.map((one) => {
      const { id, name, at, operator, technology, changes } = one.scenario;
      const known = knownOf(one);
      const figures = { before: reachedOf(known, 'before'), after: reachedOf(known, 'after'), delta: deltaOf(known) };
      return { id, name, at, operator, technology, changes: changes.length, ...figures, warnings: one.warnings };
    }),
    communes: communes.flatMap(({ id, code, name }, i) => {
      const figures = computed.flatMap((one) => one.communes[i] ?? []);
      const [first] = figures;
      if (!first || !isKnown[i] || !figures.some(isChanged)) return [];
      const { population, area_km2 } = first;
      return [{ id, code, name, population, area_km2, figures: figures.map(figuresOf) }];
    }),
    communes_compared: isKnown.filter(Boolean).length,
    dataset_revision,
    synthetic: await selectSyntheticCells(db),
  };
}

/** Of a commune that every scenario knows. */
const figuresOf = ({ people_before, people_after, area_before_km2, area_after_km2 }: CommuneChange) => ({
  people_before: people_before ?? 0,
  people_after: people_after ?? 0,
  area_before_km2: area_before_km2 ?? 0,
  area_after_km2: area_after_km2 ?? 0,
});
