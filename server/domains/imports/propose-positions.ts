import sql, { type Sql } from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import { type Bounds, isInBounds, type LonLat, proposeSwap, vn2000Candidates } from '../../platform/geo/index.ts';
import type { RefusedPosition, RowError } from './formats/format.ts';

/** A wholly wrong file has one fault, not thousands: the first rows are enough to see it. */
const MAX_PROPOSALS = 1_000;
/** Both numbers over this are metres, not degrees. */
const LEAST_METRES = 1_000;

/** Another reading of a refused position, with the words for it. */
interface Candidate extends LonLat {
  reading: string;
}

/** The vintages of communes, as a part of a `with` for {@link isOutside}. */
export const vintages = sql`vintage as (
  select distinct valid_from from admin_unit where level = 'commune' and geom is not null
)`;

/** Condition on a point: outside every commune of every vintage, by the point-in-commune rule. Needs {@link vintages}. */
export function isOutside(point: Sql): Sql {
  return sql`not exists (select 1 from admin_unit u where u.level = 'commune' and st_covers(u.geom, ${point}))
    and not exists (select 1 from vintage v cross join lateral commune_of_point(${point}, v.valid_from) c)`;
}

/** Why points outside every commune are refused, and what can be done; without communes every point is outside. */
export async function outsideReason(tx: Queryable, outside: string): Promise<string> {
  const [row] = await tx.query<{ known: boolean }>(
    sql`select exists (select 1 from admin_unit where level = 'commune' and geom is not null) as known`,
  );
  const allow = 'use --allow-outside to take it all the same.';
  return row?.known
    ? `${outside} U${allow.slice(1)}`
    : `There are no communes in the inventory yet: import boundaries first, or ${allow}`;
}

/** The readings of two numbers that land in a box around the province: exchanged degrees, or metres of a VN-2000 zone. */
export function otherReadings({ first, second }: RefusedPosition, bounds: Bounds): Candidate[] {
  const isInside = (at: LonLat): boolean => isInBounds(at, bounds);
  if (Math.min(Math.abs(first), Math.abs(second)) > LEAST_METRES) {
    return vn2000Candidates(first, second, isInside).map(({ lon, lat, srid, order }) => ({
      lon,
      lat,
      reading: `as VN-2000 EPSG:${srid}${order === 'yx' ? ' with the two columns exchanged' : ''}`,
    }));
  }
  const swapped = proposeSwap({ lon: first, lat: second }, isInside);
  return swapped ? [{ ...swapped, reading: 'with lon and lat exchanged' }] : [];
}

interface Place {
  name: string;
  codes: string[];
}

/** The commune of each candidate, in the order given; null outside every commune. The newest vintage gives the name. */
async function communesOf(tx: Queryable, candidates: readonly Candidate[]): Promise<(Place | null)[]> {
  const points = JSON.stringify(candidates.map(({ lon, lat }, n) => ({ n, lon, lat })));
  const rows = await tx.query<Place & { n: number }>(sql`
    select p.n, (array_agg(u.name order by u.valid_from desc, u.code))[1] as name, array_agg(u.code) as codes
      from jsonb_to_recordset(${points}::jsonb) as p (n integer, lon float8, lat float8)
      join admin_unit u on u.level = 'commune' and st_covers(u.geom, st_setsrid(st_makepoint(p.lon, p.lat), 4326))
     group by p.n`);
  const places = new Map(rows.map(({ n, ...place }) => [n, place]));
  return candidates.map((_, n) => places.get(n) ?? null);
}

/** One sentence: what lands in the declared commune when something does, else everything that lands in the province. */
function propose(readings: readonly { candidate: Candidate; place: Place }[], declared: string | null): string | null {
  const inDeclared = readings.filter(({ place }) => declared !== null && place.codes.includes(declared));
  const kept = inDeclared.length > 0 ? inDeclared : readings;
  if (kept.length === 0) return null;
  const words = kept.map(({ candidate: { reading, lon, lat }, place }) => {
    const which = inDeclared.length > 0 ? `${place.name}, as declared` : place.name;
    return `${reading} (${lon.toFixed(6)}, ${lat.toFixed(6)}) it would lie in ${which}`;
  });
  const text = words.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/**
 * Adds proposals to errors about positions: where they would lie if read in another way. Nothing is applied: a person
 * decides, mends the file (or gives --srid) and imports it again. At most the first 1,000 errors get one, in one query.
 */
export async function addProposals(tx: Queryable, errors: readonly RowError[]): Promise<void> {
  const open = errors.filter((error) => error.position !== undefined).slice(0, MAX_PROPOSALS);
  if (open.length === 0) return;
  const [box] = await tx.query<{ bounds: [number, number, number, number] | null }>(sql`
    select case when count(geom) > 0 then jsonb_build_array(min(st_xmin(geom)), min(st_ymin(geom)), max(st_xmax(geom)), max(st_ymax(geom))) end as bounds
      from admin_unit where level = 'commune'`);
  const bounds = box?.bounds;
  if (!bounds) return;
  const candidates = open.map(({ position }) => (position ? otherReadings(position, bounds) : []));
  const places = await communesOf(tx, candidates.flat());
  let next = 0;
  for (const [index, error] of open.entries()) {
    const readings = (candidates[index] ?? []).flatMap((candidate) => {
      const place = places[next++];
      return place ? [{ candidate, place }] : [];
    });
    const proposal = propose(readings, error.position?.commune_code ?? null);
    if (proposal !== null) error.proposal = proposal;
  }
}
