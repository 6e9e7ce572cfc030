import sql from 'sql-template-tag';
import { type SiteEdit, todayInVietnam } from '../../contract/index.ts';
import type { Queryable } from '../../platform/db/db.ts';
import { HttpError } from '../../platform/http-error.ts';

/** Finds the communes of a moved site. @throws HttpError 400 when it is outside every commune of the inventory */
async function placeSite(tx: Queryable, id: number, { lon, lat }: SiteEdit): Promise<void> {
  await tx.query(sql`select assign_site_communes(array[${id}]::bigint[])`);
  const [found] = await tx.query<{ outside: boolean }>(sql`
    select exists (select 1 from admin_unit where level = 'commune') and not exists (select 1 from site_commune where site_id = ${id}) as outside`);
  if (!found?.outside) return;
  const reason = 'is outside every commune of the province, and farther than 2 km from it';
  throw new HttpError(400, 'outside-province', `The position ${reason}.`, {
    errors: [
      { pointer: '/lon', value: lon, reason },
      { pointer: '/lat', value: lat, reason },
    ],
  });
}

/**
 * Changes a site, its commune assignments and the audit log; belongs into one transaction. A site that is removed is so
 * from today on, if no day was known; one that is put back has no last day.
 * @param expectedVersion the version the editor saw (If-Match)
 * @returns the new version
 * @throws HttpError 404 when there is no such site, 412 when somebody else changed it meanwhile
 */
export async function updateSite(
  tx: Queryable,
  id: number,
  expectedVersion: number,
  edit: SiteEdit,
  actor: string,
): Promise<number> {
  const [before] = await tx.query<{ version: number; row: unknown }>(sql`
    select version, to_jsonb(s) - 'geom' || jsonb_build_object('lon', st_x(geom), 'lat', st_y(geom)) as row
      from site s where id = ${id} for update`);
  if (!before) throw new HttpError(404, 'not-found', `There is no site with id ${id}.`);
  if (before.version !== expectedVersion) {
    throw new HttpError(
      412,
      'version-changed',
      'The site was changed by somebody else meanwhile. Load it again before saving.',
    );
  }
  const moved = edit.lon !== undefined && edit.lat !== undefined;
  const [after] = await tx.query<{ version: number; row: unknown }>(sql`
    update site set
      name = normalize(coalesce(${edit.name ?? null}::text, name), NFC),
      address = normalize(coalesce(${edit.address ?? null}::text, address), NFC),
      environment = coalesce(${edit.environment ?? null}::text, environment),
      status = coalesce(${edit.status ?? null}::text, status),
      valid_to = case
        when ${edit.status ?? null}::text = 'removed' then coalesce(valid_to, greatest(${todayInVietnam()}::date, valid_from + 1))
        when ${edit.status ?? null}::text is not null and status = 'removed' then null
        else valid_to end,
      geom = case when ${moved}::boolean then st_setsrid(st_makepoint(${edit.lon ?? null}::float8, ${edit.lat ?? null}::float8), 4326) else geom end,
      position_method = case when ${moved}::boolean then 'map' else position_method end,
      position_flag = case when ${moved}::boolean then null else position_flag end,
      search_key = search_key(code || ' ' || coalesce(${edit.name ?? null}::text, name) || ' ' || coalesce(${edit.address ?? null}::text, address)),
      version = version + 1
    where id = ${id}
    returning version, to_jsonb(site) - 'geom' || jsonb_build_object('lon', st_x(geom), 'lat', st_y(geom)) as row`);
  if (!after) throw new Error(`site ${id} vanished while it was locked`);
  if (moved) await placeSite(tx, id, edit);
  await tx.query(sql`
    insert into audit_log (actor, action, table_name, row_id, before, after, why)
    values (${actor}, 'update', 'site', ${id}, ${JSON.stringify(before.row)}::jsonb, ${JSON.stringify(after.row)}::jsonb, ${edit.why})`);
  return after.version;
}
