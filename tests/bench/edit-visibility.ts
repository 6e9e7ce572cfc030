import sql from 'sql-template-tag';
import type { BenchContext } from './support/benchmark.ts';
import { withPostgres } from './support/databases.ts';
import { decodeSites } from './support/decode.ts';
import { atMost, type Metric, percentile, told } from './support/metric.ts';
import { EDIT_TOKEN, type Product, startProduct } from './support/product.ts';

const VISIBLE_MS = 200;
const EDITS = 60;
const WARM_UP = 5;
/** Every so many edits one moves the site, which assigns its communes anew; the others rename it. */
const MOVE_EVERY = 3;

interface EditedSite {
  id: number;
  lon: number;
  lat: number;
  z: number;
  x: number;
  y: number;
}

/** Sites well inside their zoom-14 tile, all over the country, so that a small move stays in it. */
function selectSites(url: string): Promise<EditedSite[]> {
  return withPostgres(url, (db) =>
    db.query<EditedSite>(sql`
      with place as (
        select s.id, st_x(s.geom) as lon, st_y(s.geom) as lat, (st_x(s.geom) + 180) / 360 * 2.0 ^ 14 as wx,
               (1 - asinh(tan(radians(st_y(s.geom)))) / pi()) / 2 * 2.0 ^ 14 as wy
          from site s where s.status = 'active' and s.valid_to is null and s.valid_from < current_date
      )
      select id, lon, lat, 14 as z, floor(wx)::int as x, floor(wy)::int as y from place
       where wx - floor(wx) between 0.2 and 0.8 and wy - floor(wy) between 0.2 and 0.8 and id % 97 = 0
       order by md5(id::text) limit ${EDITS + WARM_UP}`),
  );
}

interface Seen {
  acknowledgedMs: number;
  visibleMs: number;
  stale: number;
}

/** Edits one site, then asks at once for its tile: plainly, and with the entity tag from before the edit. */
async function editOnce({ url }: Product, site: EditedSite, nth: number): Promise<Seen> {
  const tile = `${url}/tiles/sites/${site.z}/${site.x}/${site.y}.mvt`;
  const before = await fetch(tile);
  await before.arrayBuffer();
  const detail = (await (await fetch(`${url}/api/v1/sites/${site.id}`)).json()) as { version: number };
  const name = `Trạm sửa lần ${nth}`;
  const move = nth % MOVE_EVERY === 0 ? { lon: site.lon + 1e-4, lat: site.lat + 1e-4 } : {};
  const started = performance.now();
  const edited = await fetch(`${url}/api/v1/sites/${site.id}`, {
    method: 'PATCH',
    headers: {
      'Content-Type': 'application/json',
      'If-Match': `"${detail.version}"`,
      Authorization: `Bearer ${EDIT_TOKEN}`,
    },
    body: JSON.stringify({ name, ...move, why: 'benchmark' }),
  });
  if (edited.status !== 200) throw new Error(`PATCH answered ${edited.status}: ${await edited.text()}`);
  const acknowledged = performance.now();
  const revalidation = fetch(tile, { headers: { 'If-None-Match': before.headers.get('etag') ?? '' } });
  const after = await fetch(tile);
  const body = new Uint8Array(await after.arrayBuffer());
  const visible = performance.now();
  const shown = decodeSites(body).find(({ id }) => id === site.id)?.properties['name'] === name;
  const second = await revalidation;
  await second.arrayBuffer();
  return {
    acknowledgedMs: acknowledged - started,
    visibleMs: visible - acknowledged,
    stale: (shown ? 0 : 1) + (second.status === 200 ? 0 : 1),
  };
}

/** How soon an edit is in the next tile of the synthetic country, and how often an answer after it was stale. */
export async function editVisibility({ databases }: BenchContext): Promise<Metric[]> {
  const url = await databases.country();
  const sites = await selectSites(url);
  const product = await startProduct({ DATABASE_URL: url });
  try {
    const seen: Seen[] = [];
    for (const [nth, site] of sites.entries()) seen.push(await editOnce(product, site, nth));
    const counted = seen.slice(WARM_UP);
    const visible = counted.map(({ visibleMs }) => visibleMs);
    return [
      atMost('edit_in_tile_p95', percentile(visible, 0.95), 'ms', VISIBLE_MS),
      atMost('edit_in_tile_max', percentile(visible, 1), 'ms', VISIBLE_MS),
      atMost(
        'stale_answers_after_edits',
        seen.reduce((sum, { stale }) => sum + stale, 0),
        `in ${2 * seen.length}`,
        0,
      ),
      told(
        'edit_acknowledged_p95',
        percentile(
          counted.map(({ acknowledgedMs }) => acknowledgedMs),
          0.95,
        ),
        'ms',
      ),
    ];
  } finally {
    await product.stop();
  }
}
