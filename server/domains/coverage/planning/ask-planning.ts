/** The questions of planning from parsed request to answer, for routes and scenarios alike. */
import type {
  CoverageSpot,
  RadioPath,
  SuggestRequest,
  SuggestResult,
  Technology,
  WhatIfRequest,
} from '../../../contract/index.ts';
import { todayInVietnam } from '../../../contract/index.ts';
import type { ServerContext } from '../../../platform/context.ts';
import { HttpError, type ProblemDetail } from '../../../platform/http-error.ts';
import type { Language, Translated } from '../../../platform/language.ts';
import { selectSyntheticCells } from '../queries.ts';
import { suggestResultOf, type TranslatedResult, whatIfResultOf } from './answers.ts';
import type { Planner } from './planner.ts';
import type { SpotAnswer, WhatIfAnswer } from './planning-types.ts';
import { selectNearest, selectOptionalDistrictCommunes, selectOptionalPathSite, selectSiteCodes } from './queries.ts';

/** Least distances between masts without a request's own, m. */
const SPACING_URBAN_M = 100;
const SPACING_RURAL_M = 400;

export interface PlanningContext extends Pick<ServerContext, 'db' | 'revision' | 'cache' | 'log'> {
  planner: Planner;
  /** Aborted when nobody waits for the answer any more: then it is not computed. */
  caller?: AbortSignal;
}

export function refuse(errors: readonly ProblemDetail[]): HttpError {
  const [first] = errors;
  const detail = first ? `${first.pointer.replace(/^\//, '')}: ${first.reason}.` : 'The request is not valid.';
  return new HttpError(400, 'invalid-request', detail, { errors: [...errors] });
}

async function provenanceOf({ db, revision, cache }: PlanningContext, at: string) {
  const dataset_revision = revision.current;
  const synthetic = await cache.get(dataset_revision, 'synthetic cells', () => selectSyntheticCells(db));
  return { at, dataset_revision, synthetic };
}

/** The id of an operator by its code; null stands for any. @throws HttpError 400 when there is none of the code */
export async function operatorIdOf(
  { planner }: PlanningContext,
  at: string,
  operator: string | undefined,
): Promise<number | null> {
  if (operator === undefined) return null;
  const found = (await planner.day(at)).operators.find(({ code }) => code === operator);
  if (found) return found.operator_id;
  throw refuse([{ pointer: '/operator', value: operator, reason: `there is no operator with code ${operator}` }]);
}

/** What the worker says to changes. @throws HttpError 400 naming every value it refuses */
export async function computeWhatIf(
  context: PlanningContext,
  request: WhatIfRequest,
): Promise<Extract<WhatIfAnswer, { problems: null }>> {
  const { at = todayInVietnam(), technology, changes, area = false } = request;
  const operator_id = await operatorIdOf(context, at, request.operator);
  const answer = await context.planner.ask('what-if', at, { operator_id, technology, changes, area }, context.caller);
  if (answer.problems) throw refuse(answer.problems);
  const { prepared_ms } = answer;
  if (prepared_ms > 0) context.log.info({ at, technology, prepared_ms }, 'planning made the levels of before ready');
  return answer;
}

/** Answers a what-if, in both languages; nothing is written. */
export async function askWhatIf(context: PlanningContext, request: WhatIfRequest): Promise<TranslatedResult> {
  const at = request.at ?? todayInVietnam();
  const [{ communes }, provenance] = await Promise.all([context.planner.day(at), provenanceOf(context, at)]);
  return whatIfResultOf(request, await computeWhatIf(context, request), communes, provenance);
}

async function districtCommunes({ db }: PlanningContext, at: string, district: string | undefined) {
  if (district === undefined) return null;
  const communes = await selectOptionalDistrictCommunes(db, at, district);
  if (communes) return communes;
  throw refuse([{ pointer: '/district', value: district, reason: `there is no district with code ${district}` }]);
}

/** Answers a request for suggestions; nothing is written. */
export async function askSuggest(
  context: PlanningContext,
  request: SuggestRequest,
  language: Language,
): Promise<SuggestResult> {
  const { at = todayInVietnam(), technology, count, antenna_height_m = null, sharing = 'first' } = request;
  const { spacing_urban_m = SPACING_URBAN_M, spacing_rural_m = SPACING_RURAL_M } = request;
  const [{ communes: named }, provenance] = await Promise.all([context.planner.day(at), provenanceOf(context, at)]);
  const operator_id = await operatorIdOf(context, at, request.operator);
  const communes = await districtCommunes(context, at, request.district);
  const spacing = { spacing_urban_m, spacing_rural_m };
  const task = { operator_id, technology, count, communes, antenna_height_m, ...spacing, sharing };
  const started = performance.now();
  const answer = await context.planner.ask('suggest', at, task, context.caller);
  const { evaluations, prepared_ms, candidates } = answer;
  const milliseconds = Math.round(performance.now() - started);
  context.log.info({ at, technology, candidates, evaluations, prepared_ms, milliseconds }, 'planning suggested sites');
  const [nearest, codes] = await Promise.all([
    selectNearest(context.db, at, answer.items),
    selectSiteCodes(
      context.db,
      answer.items.flatMap(({ site_id }) => site_id ?? []),
    ),
  ]);
  return suggestResultOf(answer, nearest, named, codes, language, provenance);
}

const outside: Translated = {
  vi: 'Điểm này nằm ngoài mọi xã của tỉnh nên không tính mức thu.',
  en: 'This spot is outside every commune of the province: no levels are computed there.',
};
const outOfReach: Translated = {
  vi: 'Không cell nào đang phát sóng có điểm này trong tầm.',
  en: 'No cell on air has this spot in its range.',
};

/** Why there are no levels at a spot; null where there are. */
function noteOn({ commune, items }: Pick<SpotAnswer, 'commune' | 'items'>): Translated | null {
  if (commune < 0) return outside;
  return items.length === 0 ? outOfReach : null;
}

/** Answers GET /coverage/spot. */
export async function askSpot(
  context: PlanningContext,
  at: string,
  spot: { lon: number; lat: number; technology: Technology | undefined },
  language: Language,
): Promise<CoverageSpot> {
  const [{ communes }, provenance] = await Promise.all([context.planner.day(at), provenanceOf(context, at)]);
  const { commune, ...answer } = await context.planner.ask(
    'spot',
    at,
    { ...spot, technology: spot.technology ?? null },
    context.caller,
  );
  const note = noteOn({ commune, items: answer.items })?.[language] ?? null;
  return { ...answer, note, commune: communes[commune] ?? null, ...provenance };
}

/** Answers GET /coverage/path. @throws HttpError 404 outside the communes, or when the cell cannot be computed */
export async function askPath(
  context: PlanningContext,
  at: string,
  path: { lon: number; lat: number; cell_id: number },
): Promise<RadioPath> {
  const answer = await context.planner.ask('path', at, path, context.caller);
  switch (answer.refused) {
    case 'outside':
      throw new HttpError(404, 'outside-province', 'This spot is outside every commune of the province.');
    case 'unknown_cell':
      throw new HttpError(404, 'not-found', `There is no cell with id ${path.cell_id} on air on ${at}.`);
    case 'impossible_cell':
      throw new HttpError(404, 'not-computed', `Nothing is computed for cell ${path.cell_id}: ${answer.reason}.`);
    default:
  }
  const [site, provenance] = await Promise.all([
    selectOptionalPathSite(context.db, answer.site_id),
    provenanceOf(context, at),
  ]);
  if (!site) throw new HttpError(404, 'not-found', `The site of cell ${path.cell_id} is not there any more.`);
  return { ...answer.path, site, ...provenance };
}
