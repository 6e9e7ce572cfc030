import sql from 'sql-template-tag';
import type { Db } from '../../../server/platform/db/db.ts';
import { seededRandom } from '../../../server/platform/seeded-random.ts';
import { shuffled } from './random.ts';

export interface SampledTile {
  z: number;
  x: number;
  y: number;
  /** Sites in it. */
  sites: number;
}

/** Every tile of a zoom level that has sites of the country, with how many. */
export function selectTiles(db: Db, z: number): Promise<SampledTile[]> {
  return db.query<SampledTile>(sql`
    select ${z}::int as z, floor((st_x(geom) + 180) / 360 * 2.0 ^ ${z})::int as x,
           floor((1 - asinh(tan(radians(st_y(geom)))) / pi()) / 2 * 2.0 ^ ${z})::int as y, count(*) as sites
      from site group by 1, 2, 3 order by 2, 3`);
}

/**
 * At most `count` tiles that hold few enough sites to be drawn one by one, in an order that is the same in every run.
 * In such tiles both sides of a comparison write the same features: denser ones are merged here, but not by ST_AsMVT.
 */
export async function sampleTiles(db: Db, z: number, count: number): Promise<SampledTile[]> {
  const tiles = (await selectTiles(db, z)).filter(({ sites }) => sites <= MAX_SITES);
  return shuffled(seededRandom(z), tiles).slice(0, count);
}

/** Below what the product merges points at. */
const MAX_SITES = 2_500;

export function tilePath({ z, x, y }: SampledTile, query = ''): string {
  return `/tiles/sites/${z}/${x}/${y}.mvt${query}`;
}
