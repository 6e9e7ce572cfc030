/**
 * Accepted repairs of what a file brings again. A row that says what it said when it was repaired is not written: the repair stays.
 * One that says something else is taken as it stands, and undoes the repair. The report names both.
 *
 * What a row said before is in the audit log (`repaired-rows.ts`); a node made one with another is known by what is kept of it
 * (`fibre_former_node`).
 */
import sql, { raw } from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import type { NamedRow, RowPlace } from './formats/format.ts';
import type { LoadProgress } from './load-report.ts';
import { type FibreTable, type Repaired, type Row, sameAsReceived, sameRow, selectRepaired } from './repaired-rows.ts';
import { samePlace } from './staging.ts';

/** A row of the file that was repaired. */
interface Staged extends RowPlace {
  network: string;
  code: string;
  said: Row;
  /** Whether a row of that code is in the inventory. */
  is_there: boolean;
  /** Whether a span that is taken from the file leads to it. */
  is_led_to: boolean;
}

interface Decided extends NamedRow {
  network: string;
}
/** Rows of the file that are left as repairs made them, and that are taken as they stand. */
interface Decisions {
  kept: Decided[];
  undone: Decided[];
}

/** What the file says of rows, as the audit log has them. */
function selectStaged(tx: Queryable, table: FibreTable, rows: readonly Repaired[]): Promise<Staged[]> {
  const stage = raw(table === 'fibre_node' ? 'staged_node' : 'staged_span');
  const drawn =
    table === 'fibre_node'
      ? sql`jsonb_build_object('lon', st_x(s.geom), 'lat', st_y(s.geom))`
      : sql`jsonb_build_object('coordinates', st_asgeojson(s.geom, 9)::jsonb -> 'coordinates')`;
  const led = table === 'fibre_node' ? sql`s.code in (p.start_node_code, p.end_node_code)` : sql`false`;
  const wanted = JSON.stringify(rows.map(({ network, code }) => ({ network, code })));
  return tx.query<Staged>(sql`
    select s.row_no as "row", s.scope, s.network_code as network, s.code, to_jsonb(s) - 'geom' || ${drawn} as said,
           exists (select 1 from ${raw(table)} t join fibre_network w on w.id = t.network_id where w.code = s.network_code and t.code = s.code) as is_there,
           exists (select 1 from staged_span p where p.network_code = s.network_code and not p.kept and ${led}) as is_led_to
      from ${stage} s join jsonb_to_recordset(${wanted}::jsonb) as r (network text, code text) on r.network = s.network_code and r.code = s.code`);
}

/** Nodes of the file that were made one with another: kept so unless they are said to be elsewhere, or something else. */
async function decideMerged(tx: Queryable): Promise<Decisions> {
  const rows = await tx.query<RowPlace & { network: string; id: string; stays: string; unchanged: boolean }>(sql`
    select s.row_no as "row", s.scope, s.network_code as network, s.code as id, min(n.code) as stays,
           bool_or(s.kind = f.kind and s.serves_unit_code is not distinct from f.serves_unit_code and ${samePlace('s', 'f')}) as unchanged
      from staged_node s join fibre_network w on w.code = s.network_code
      join fibre_former_node f on f.code = s.code
      join fibre_node n on n.id = f.node_id and n.network_id = w.id
     where not exists (select 1 from fibre_node t where t.network_id = w.id and t.code = s.code)
     group by s.row_no, s.scope, s.network_code, s.code`);
  const decided = (unchanged: boolean): Decided[] =>
    rows
      .filter((row) => row.unchanged === unchanged)
      .map(({ row, scope, network, id, stays }) => ({ row, scope, network, id, note: `made one with ${stays}` }));
  return { kept: decided(true), undone: decided(false) };
}

/** @param back nodes that are no longer one with another: what the file says leads to them is taken as it stands */
function decide(
  table: FibreTable,
  repaired: readonly Repaired[],
  staged: readonly Staged[],
  back: ReadonlySet<string>,
): Decisions {
  const byCode = new Map(repaired.map((each) => [`${each.network} ${each.code}`, each]));
  const decisions: Decisions = { kept: [], undone: [] };
  for (const { row, scope, network, code, said, is_there, is_led_to } of staged) {
    const found = byCode.get(`${network} ${code}`);
    // One that came back in the meantime, or that the file has as the repairs left it.
    if (!found || is_there !== (found.is !== null) || sameRow(table, said, found.is)) continue;
    const leadsBack = [said['start_node_code'], said['end_node_code']].some((end) =>
      back.has(`${network} ${String(end)}`),
    );
    const stays = !leadsBack && !(is_led_to && found.is === null) && sameAsReceived(table, said, found.was);
    const note = `repaired on ${found.day}${found.is === null ? ', taken out' : ''}`;
    decisions[stays ? 'kept' : 'undone'].push({ row, scope, network, id: code, note });
  }
  return decisions;
}

const listed = (rows: readonly Decided[]): string => JSON.stringify(rows.map(({ network, id }) => ({ network, id })));

async function keep(tx: Queryable, stage: 'staged_node' | 'staged_span', rows: readonly Decided[]): Promise<void> {
  await tx.query(sql`
    update ${raw(stage)} s set kept = true from jsonb_to_recordset(${listed(rows)}::jsonb) as r (network text, id text)
     where s.network_code = r.network and s.code = r.id`);
}

/** Takes out what repairs left beside rows that are as in the file again: what nodes were that are back, further parts and earlier days of spans. */
async function clearUndone(
  tx: Queryable,
  nodes: readonly Decided[],
  spans: readonly Decided[],
  made: readonly Repaired[],
): Promise<void> {
  await tx.query(sql`
    delete from fibre_former_node f using fibre_node n, fibre_network w, jsonb_to_recordset(${listed(nodes)}::jsonb) as r (network text, id text)
     where n.id = f.node_id and w.id = n.network_id and w.code = r.network and f.code = r.id and n.code <> f.code`);
  const parts = made.filter(({ table, network, code }) =>
    spans.some((span) => table === 'fibre_span' && network === span.network && code.startsWith(`${span.id}/`)),
  );
  await tx.query(sql`
    delete from fibre_span p using fibre_network w
     where p.id = any(${parts.map(({ row_id }) => row_id)}::bigint[]) and w.id = p.network_id
       and not exists (select 1 from staged_span s where s.network_code = w.code and s.code = p.code)`);
}

/** Decides which rows of the stages are left as repairs made them, marks those as kept, and names them and the others in the report. */
export async function keepRepairs(tx: Queryable, progress: LoadProgress): Promise<void> {
  const merged = await decideMerged(tx);
  const back = new Set(merged.undone.map(({ network, id }) => `${network} ${id}`));
  const one = new Set([...merged.kept, ...merged.undone].map(({ network, id }) => `${network} ${id}`));
  const all = await selectRepaired(tx);
  const repaired = all.filter(({ was }) => was !== null);
  const of = (table: FibreTable) => repaired.filter((each) => each.table === table);
  const ofNodes = of('fibre_node').filter(({ network, code }) => !one.has(`${network} ${code}`));
  const spans = decide('fibre_span', of('fibre_span'), await selectStaged(tx, 'fibre_span', of('fibre_span')), back);
  await keep(tx, 'staged_span', spans.kept);
  const nodes = decide('fibre_node', ofNodes, await selectStaged(tx, 'fibre_node', ofNodes), back);
  await keep(tx, 'staged_node', [...merged.kept, ...nodes.kept]);
  const made = all.filter(({ was, is }) => was === null && is !== null);
  await clearUndone(tx, merged.undone, spans.undone, made);
  const found = {
    repairs_kept: [...merged.kept, ...nodes.kept, ...spans.kept],
    repairs_undone: [...merged.undone, ...nodes.undone, ...spans.undone],
  };
  for (const [finding, rows] of Object.entries(found)) {
    if (rows.length === 0) continue;
    progress.addFindings({ [finding]: rows.length });
    progress.addNamed({ [finding]: rows.map(({ network: _network, ...named }) => named) });
  }
}
