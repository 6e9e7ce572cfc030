import sql, { empty, type Sql } from 'sql-template-tag';
import type { Scenario, ScenarioInput } from '../../../../contract/index.ts';
import type { Queryable } from '../../../../platform/db/db.ts';
import { HttpError } from '../../../../platform/http-error.ts';
import type { TranslatedResult } from '../answers.ts';

/** A scenario as it is kept: its result speaks both languages. */
export type StoredScenario = Omit<Scenario, 'result'> & { result: TranslatedResult | null };

/** More than anybody compares; a limit so that a script cannot fill the table. */
export const MAX_SCENARIOS = 500;

/** A scenario's result is stale once one of the tables that figures are made from has changed after it. */
const columns: Sql = sql`
  s.id, s.name, s.note, s.at, o.code as operator, s.technology, s.changes, s.result,
  s.result is not null and (
    exists (select 1 from change_log c where c.revision > s.result_revision
              and c.table_name in ('site', 'station', 'cell', 'operator', 'admin_unit', 'admin_stat', 'raster_tile', 'habitable_area'))
    or s.result_revision < (select coalesce(min(c.revision), 0) - 1 from change_log c)) as result_stale,
  s.version, s.created_at, s.updated_at`;

/** A page of scenarios in order of identity. @param after id of the last one of the page before */
export async function selectScenarioPage(
  db: Queryable,
  limit: number,
  after: number | undefined,
): Promise<{ items: StoredScenario[]; matched: number }> {
  const items = await db.query<StoredScenario>(sql`
    select ${columns} from scenario s left join operator o on o.id = s.operator_id
     where true ${after === undefined ? empty : sql`and s.id > ${after}::bigint`} order by s.id limit ${limit}::int`);
  const [count] = await db.query<{ matched: number }>(sql`select count(*) as matched from scenario`);
  return { items, matched: count?.matched ?? 0 };
}

/** Scenarios by identity, in the order asked for. @throws HttpError 404 naming the first that is not there */
export async function selectScenarios(db: Queryable, ids: readonly number[]): Promise<StoredScenario[]> {
  const rows = await db.query<StoredScenario>(sql`
    select ${columns} from scenario s left join operator o on o.id = s.operator_id where s.id = any(${[...ids]}::bigint[])`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const scenario = byId.get(id);
    if (!scenario) throw new HttpError(404, 'not-found', `There is no scenario with id ${id}.`);
    return scenario;
  });
}

/** One scenario. @throws HttpError 404 */
export async function selectScenario(db: Queryable, id: number): Promise<StoredScenario> {
  const [scenario] = await selectScenarios(db, [id]);
  return scenario as StoredScenario;
}

/** A computed answer with the revision it was computed at. */
export interface ScenarioResult {
  result: TranslatedResult;
  revision: number;
}

const operatorId = (operator: string | undefined): Sql =>
  sql`(select id from operator where code = ${operator ?? null}::text)`;

/** One writes at a time, and others read on: what was found of the other scenarios still holds when it is written. */
async function lockScenarios(tx: Queryable): Promise<void> {
  await tx.query(sql`lock table scenario in share row exclusive mode`);
}

/** Names that differ in capitals or in the width of spaces alone are one name to who reads the list. */
const nameKey = (name: string): string => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

/** @param own id of the scenario that is to have the name; null: a new one @throws HttpError 409 naming another that has it */
export async function refuseTakenName(db: Queryable, name: string, own: number | null): Promise<void> {
  const others = await db.query<Pick<Scenario, 'name'>>(
    sql`select name from scenario where id is distinct from ${own}::bigint order by id`,
  );
  const taken = others.find((other) => nameKey(other.name) === nameKey(name));
  if (!taken) return;
  const detail = `There is a scenario “${taken.name}” already: choose another name, or change that one.`;
  const errors = [
    { pointer: '/name', value: taken.name, reason: 'is the name of another scenario', code: 'name-taken' },
  ];
  throw new HttpError(409, 'scenario-name-taken', detail, { errors });
}

/** Adds a scenario. @returns its id @throws HttpError 409 when its name is taken, or there are as many as are kept */
export async function insertScenario(tx: Queryable, input: ScenarioInput, computed: ScenarioResult): Promise<number> {
  await lockScenarios(tx);
  await refuseTakenName(tx, input.name, null);
  const [row] = await tx.query<{ id: number }>(sql`
    insert into scenario (name, note, at, operator_id, technology, changes, result, result_revision)
    select normalize(${input.name}::text, NFC), normalize(${input.note ?? ''}::text, NFC), ${input.at}::date, ${operatorId(input.operator)},
           ${input.technology}, ${JSON.stringify(input.changes)}::jsonb, ${JSON.stringify(computed.result)}::jsonb, ${computed.revision}
     where (select count(*) from scenario) < ${MAX_SCENARIOS}::int
    returning id`);
  if (row) return row.id;
  throw new HttpError(409, 'too-many-scenarios', `There are ${MAX_SCENARIOS} scenarios already: delete some first.`);
}

/** @throws HttpError 404 when there is no such scenario, 412 when it has another version than the one seen */
async function checkVersion(tx: Queryable, id: number, expected: number): Promise<void> {
  await lockScenarios(tx);
  const [row] = await tx.query<{ version: number }>(sql`select version from scenario where id = ${id}`);
  if (!row) throw new HttpError(404, 'not-found', `There is no scenario with id ${id}.`);
  if (row.version === expected) return;
  throw new HttpError(
    412,
    'version-changed',
    'The scenario was changed by somebody else meanwhile. Load it again before saving.',
  );
}

/** Replaces a scenario whose version is the expected one. @throws HttpError 409 when another has its name */
export async function updateScenario(
  tx: Queryable,
  id: number,
  expected: number,
  input: ScenarioInput,
  computed: ScenarioResult,
): Promise<void> {
  await checkVersion(tx, id, expected);
  await refuseTakenName(tx, input.name, id);
  await tx.query(sql`
    update scenario set name = normalize(${input.name}::text, NFC), note = normalize(${input.note ?? ''}::text, NFC), at = ${input.at}::date,
           operator_id = ${operatorId(input.operator)}, technology = ${input.technology}, changes = ${JSON.stringify(input.changes)}::jsonb,
           result = ${JSON.stringify(computed.result)}::jsonb, result_revision = ${computed.revision}, updated_at = now(), version = version + 1
     where id = ${id}`);
}

/** Keeps a new result, if the scenario is still of the version it was computed for. What people wrote does not change, nor the version. */
export async function updateScenarioResult(
  tx: Queryable,
  { id, version }: Pick<Scenario, 'id' | 'version'>,
  computed: ScenarioResult,
): Promise<void> {
  await checkVersion(tx, id, version);
  await tx.query(sql`
    update scenario set result = ${JSON.stringify(computed.result)}::jsonb, result_revision = ${computed.revision} where id = ${id}`);
}

/** Deletes a scenario whose version is the expected one. */
export async function deleteScenario(tx: Queryable, id: number, expected: number): Promise<void> {
  await checkVersion(tx, id, expected);
  await tx.query(sql`delete from scenario where id = ${id}`);
}
