import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import { rowError } from './formats/format.ts';
import type { ClaimRecord } from './formats/records.ts';
import type { LoadProgress } from './load-report.ts';
import { type Refused, refuse, refuseOutOfService, refuseUnknownOperators } from './refuse-rows.ts';
import { countUpsert, createStage, fillStage } from './staging.ts';

const stageColumns = `row_no integer, operator text, operator_id bigint, technology text, commune_code text, commune_id bigint,
  day date, covered boolean, pct_pop float8, source text, synthetic boolean`;

/** Codes that a spreadsheet made a number of: `7912` for `07912`. */
const LOST_ZERO = /^\d{1,4}$/;
const COMMUNE_CODE_SIGNS = 5;

interface UnknownCommune extends Refused {
  day: string;
  elsewhere: { name: string; valid_from: string; valid_to: string | null } | null;
  padded_name: string | null;
}

function reasonOf({ day, elsewhere }: UnknownCommune): [code: string, reason: string] {
  if (elsewhere === null) return ['unknown_commune', 'There is no commune with this code in the inventory.'];
  const { name, valid_from, valid_to } = elsewhere;
  const validity = valid_to === null ? `since ${valid_from}` : `from ${valid_from} and no longer on ${valid_to}`;
  return ['commune_not_in_force', `No commune has this code on ${day}: ${name} is in force ${validity}.`];
}

/** The commune of a code is the one in force on the day of the declaration: codes are used again. */
async function refuseUnknownCommunes(tx: Queryable, progress: LoadProgress): Promise<void> {
  await tx.query(sql`
    update staged_claim s set commune_id = u.id from admin_unit u
     where u.level = 'commune' and u.code = s.commune_code and is_valid_at(u.valid_from, u.valid_to, s.day)`);
  const rows = await tx.query<UnknownCommune>(sql`
    with refused as (delete from staged_claim where commune_id is null returning row_no, commune_code, day)
    select r.row_no, r.commune_code as value, r.day,
           (select jsonb_build_object('name', u.name, 'valid_from', u.valid_from, 'valid_to', u.valid_to) from admin_unit u
             where u.level = 'commune' and u.code = r.commune_code order by u.valid_from desc limit 1) as elsewhere,
           (select u.name from admin_unit u where u.level = 'commune' and u.code = lpad(r.commune_code, ${COMMUNE_CODE_SIGNS}::int, '0')
               and is_valid_at(u.valid_from, u.valid_to, r.day)) as padded_name
      from refused r order by r.row_no`);
  progress.addErrors(
    rows.map((row) => {
      const code = row.value ?? '';
      const proposal =
        LOST_ZERO.test(code) && row.padded_name !== null
          ? `${code.padStart(COMMUNE_CODE_SIGNS, '0')} is ${row.padded_name}; spreadsheets drop zeros in front`
          : undefined;
      return rowError(row.row_no, 'commune_code', code, ...reasonOf(row), proposal);
    }),
  );
}

/** The first row of an operator, technology, commune and day counts; the same again is passed over, another value is refused. */
async function refuseContradictions(tx: Queryable, progress: LoadProgress): Promise<void> {
  const rows = await tx.query<Refused & { differs: boolean; first_row: number }>(sql`
    with ranked as (
      select ctid, covered, pct_pop, first_value(row_no) over nth as first_row, first_value(covered) over nth as first_covered,
             first_value(pct_pop) over nth as first_pct, row_number() over nth as place
        from staged_claim window nth as (partition by operator_id, technology, commune_id, day order by row_no)
    )
    delete from staged_claim s using ranked r
     where r.ctid = s.ctid and r.place > 1
    returning s.row_no, s.commune_code as value, r.first_row, (r.covered, r.pct_pop) is distinct from (r.first_covered, r.first_pct) as differs`);
  const repeated = rows.filter(({ differs }) => !differs).length;
  if (repeated > 0) progress.addFindings({ repeated_rows: repeated });
  refuse(
    progress,
    rows.filter(({ differs }) => differs),
    'commune_code',
    'duplicate_claim',
    'An earlier row declares something else of this operator, technology, commune and day.',
  );
}

/** Writes operators' declarations. @param fileName stands for the source where a row names none */
export async function loadClaims(
  tx: Queryable,
  records: AsyncIterable<ClaimRecord[]>,
  progress: LoadProgress,
  fileName: string,
): Promise<void> {
  await createStage(tx, 'staged_claim', stageColumns);
  for await (const batch of records) {
    await fillStage(
      tx,
      'staged_claim',
      batch.map(({ row, as_of, ...claim }) => ({
        ...claim,
        row_no: row,
        day: as_of,
        source: claim.source ?? fileName,
      })),
    );
  }
  await refuseUnknownOperators(tx, progress, 'staged_claim');
  await refuseOutOfService(tx, progress, 'staged_claim');
  await refuseUnknownCommunes(tx, progress);
  await refuseContradictions(tx, progress);
  const counts = await countUpsert(
    tx,
    sql`
    insert into coverage_claim as c (operator_id, technology, commune_id, as_of, covered, pct_pop, source, synthetic)
    select operator_id, technology, commune_id, day, covered, pct_pop, source, synthetic from staged_claim order by row_no
    on conflict (operator_id, technology, commune_id, as_of) do update set
      covered = excluded.covered, pct_pop = excluded.pct_pop, source = excluded.source, synthetic = excluded.synthetic
     where (c.covered, c.pct_pop, c.source, c.synthetic) is distinct from (excluded.covered, excluded.pct_pop, excluded.source, excluded.synthetic)`,
  );
  progress.addTable('coverage_claim', counts);
}
