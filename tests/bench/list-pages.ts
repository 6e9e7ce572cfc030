import sql from 'sql-template-tag';
import { seededRandom } from '../../server/platform/seeded-random.ts';
import type { BenchContext } from './support/benchmark.ts';
import { withPostgres } from './support/databases.ts';
import { atMost, type Metric, percentile, told } from './support/metric.ts';
import { startProduct } from './support/product.ts';
import { pick } from './support/random.ts';

const TARGET_MS = 50;
const WARM_UP = 10;
const FILTERS = 150;
/** On a slow machine fewer filters are asked for. */
const MAX_MS = 45_000;
/** Pages asked for one after the other under one filter. */
const PAGES = 3;

/** What there is to filter by in one database. */
interface Choices {
  districts: string[];
  operators: string[];
  names: string[];
  days: string[];
  box: [number, number, number, number];
}

async function selectChoices(url: string, days: string[]): Promise<Choices> {
  return withPostgres(url, async (db) => {
    const [row] = await db.query<Omit<Choices, 'days'>>(sql`
      select (select array_agg(distinct code order by code) from admin_unit where level = 'district') as districts,
             (select array_agg(distinct o.code order by o.code) from operator o where exists (select 1 from station t where t.operator_id = o.id)) as operators,
             (select array_agg(word order by word) from (select distinct split_part(search_key, ' ', 3) as word from site where id % 500 = 0 limit 40) w where length(word) > 1) as names,
             (select array[st_xmin(b), st_ymin(b), st_xmax(b), st_ymax(b)] from (select st_extent(geom)::box3d as b from site) e) as box`);
    if (!row) throw new Error('the database is empty');
    return { ...row, days };
  });
}

/** A random filter of one to three parameters, as people compose them; one in ten has none. */
function randomFilter(
  random: () => number,
  { districts, operators, names, days, box: [w, s, e, n] }: Choices,
): URLSearchParams {
  const makers: Record<string, () => string> = {
    district: () => pick(random, districts),
    operator: () => pick(random, operators),
    technology: () => pick(random, ['2G', '3G', '4G', '5G']),
    status: () => pick(random, ['planned', 'active', 'suspended', 'removed']),
    mast_class: () => pick(random, ['A1a', 'A1b', 'A2a', 'A2b', 'A2c']),
    certificate: () => pick(random, ['valid', 'due', 'expired', 'none']),
    q: () => pick(random, names),
    bbox: () => {
      const [width, height] = [(e - w) * (0.02 + 0.2 * random()), (n - s) * (0.02 + 0.2 * random())];
      const [west, south] = [w + (e - w - width) * random(), s + (n - s - height) * random()];
      return [west, south, west + width, south + height].map((degrees) => degrees.toFixed(5)).join();
    },
  };
  const count = random() < 0.1 ? 0 : 1 + Math.floor(random() * 3);
  const filter = new URLSearchParams({ limit: '100', at: pick(random, days) });
  for (let i = 0; i < count; i++) {
    const name = pick(random, Object.keys(makers));
    filter.set(name, makers[name]?.() ?? '');
  }
  return filter;
}

interface Timed {
  first: number[];
  next: number[];
}

async function readPages(url: string, filter: URLSearchParams, times: Timed): Promise<void> {
  for (let page = 0; page < PAGES; page++) {
    const started = performance.now();
    const response = await fetch(`${url}/api/v1/sites?${filter}`);
    const body = (await response.json()) as { next_cursor: string | null };
    (page === 0 ? times.first : times.next).push(performance.now() - started);
    if (response.status !== 200) throw new Error(`${filter} answered ${response.status}: ${JSON.stringify(body)}`);
    if (body.next_cursor === null) return;
    filter.set('cursor', body.next_cursor);
  }
}

async function measure(databaseUrl: string, days: string[]): Promise<Timed> {
  const choices = await selectChoices(databaseUrl, days);
  const product = await startProduct({ DATABASE_URL: databaseUrl });
  try {
    const random = seededRandom(100);
    const times: Timed = { first: [], next: [] };
    for (let i = 0; i < WARM_UP; i++)
      await readPages(product.url, randomFilter(random, choices), { first: [], next: [] });
    const started = performance.now();
    for (let i = 0; i < FILTERS && performance.now() - started < MAX_MS; i++) {
      await readPages(product.url, randomFilter(random, choices), times);
    }
    return times;
  } finally {
    await product.stop();
  }
}

const p95 = ({ first, next }: Timed): number => percentile([...first, ...next], 0.95);

/** Pages of 100 sites under random filters: the first page, which counts the whole filter, and up to two that follow it. */
export async function listPages({ databases }: BenchContext): Promise<Metric[]> {
  const demo = await measure(await databases.copy('demo'), ['2008-12-31', '2015-06-30', '2026-01-01']);
  const country = await measure(await databases.country(), ['2015-06-30', '2026-01-01']);
  return [
    atMost('list_page_demo_p95', p95(demo), 'ms', TARGET_MS),
    atMost('list_page_country_p95', p95(country), 'ms', TARGET_MS),
    told('list_page_demo_median', percentile([...demo.first, ...demo.next], 0.5), 'ms'),
    told('list_page_country_median', percentile([...country.first, ...country.next], 0.5), 'ms'),
    told('list_page_country_first_p95', percentile(country.first, 0.95), 'ms'),
    told('list_page_country_next_p95', percentile(country.next, 0.95), 'ms'),
  ];
}
