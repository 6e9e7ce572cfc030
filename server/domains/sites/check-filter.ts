import sql from 'sql-template-tag';
import type { SiteFilter } from '../../contract/index.ts';
import type { Queryable } from '../../platform/db/db.ts';
import { HttpError } from '../../platform/http-error.ts';
import type { Translated } from '../../platform/language.ts';

/** What the reader should know about how the filter was understood. */
export interface FilterNotes {
  /** Set when the district no longer exists at the date and its last boundary was used. */
  district_note: Translated | null;
}

function unknown(name: string, value: string, reason: string): HttpError {
  return new HttpError(404, `unknown-${name}`, `${reason[0]?.toUpperCase()}${reason.slice(1)}.`, {
    errors: [{ pointer: `?${name}`, value, reason }],
  });
}

/**
 * Checks that the district, commune and operator of a filter exist.
 * @throws HttpError 404 naming the one that does not
 */
export async function checkFilter(db: Queryable, filter: SiteFilter): Promise<FilterNotes> {
  if (!filter.district && !filter.commune && !filter.operator) return { district_note: null };
  const [found] = await db.query<{
    district: string | null;
    in_force: boolean | null;
    valid_to: string | null;
    commune: number | null;
    operator: number | null;
  }>(sql`
    select d.name as district, d.in_force, d.valid_to,
           (select min(u.id) from admin_unit u where u.level = 'commune' and u.code = ${filter.commune ?? null}::text
               and is_valid_at(u.valid_from, u.valid_to, ${filter.at}::date)) as commune,
           (select o.id from operator o where o.code = ${filter.operator ?? null}::text) as operator
      from (select 1) one
      left join district_of_code(${filter.district ?? null}::text, ${filter.at}::date) d on true`);
  if (filter.district && !found?.district)
    throw unknown('district', filter.district, `there is no district with code ${filter.district}`);
  if (filter.commune && !found?.commune)
    throw unknown('commune', filter.commune, `there is no commune with code ${filter.commune} at ${filter.at}`);
  if (filter.operator && !found?.operator)
    throw unknown('operator', filter.operator, `there is no operator with code ${filter.operator}`);
  const ended = found?.district && !found.in_force;
  return {
    district_note: ended
      ? {
          vi: `${found.district} (${filter.district}) đã bãi bỏ từ ngày ${found.valid_to}; dùng địa giới cuối cùng.`,
          en: `${found.district} (${filter.district}) was abolished on ${found.valid_to}; its last boundary is used.`,
        }
      : null,
  };
}
