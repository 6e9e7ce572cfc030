import sql from 'sql-template-tag';
import type { PlacedSector } from '../../server/domains/coverage/rules/place-sectors.ts';
import type { Polygon } from '../../server/domains/coverage/rules/projection.ts';
import {
  coveredPct,
  measureSiteChange,
  measureUnion,
  sectorsNear,
  type UnionProvince,
  unionProvince,
} from '../../server/domains/coverage/rules/testing/measure-coverage.ts';
import type { Db } from '../../server/platform/db/db.ts';
import type { BenchContext } from './support/benchmark.ts';
import { withPostgres } from './support/databases.ts';
import { atLeast, atMost, type Metric, median, percentile, told } from './support/metric.ts';

const UNION_TARGET_MS = 500;
const SITE_TARGET_MS = 20;
/** Points of a commune's area. */
const ERROR_TARGET = 1.5;
const REFINED_ERROR_TARGET = 0.3;
const FASTER_TARGET = 100;
/** What every commune is compared with: squares of 2.5 m. */
const EXACT_M = 2.5;
/** Every so many-th commune is compared and given to PostGIS: the union of one takes PostGIS seconds. */
const EVERY = 23;
/** Sectors of one operator and technology: with all of them every commune is covered, and there is nothing to compare. */
const isCompared = ({ cell }: PlacedSector): boolean => cell.operator_id === 1 && cell.technology === '4G';

const ringText = (points: Iterable<readonly [number, number]>): string =>
  `(${[...points].map(([e, n]) => `${e} ${n}`).join(',')})`;

/** A sector's outline in the metres of the grid, as `addSector` walks it. */
function sectorText({ place, ranges_m }: PlacedSector): string {
  const points = Array.from(ranges_m, (range, degree): [number, number] => {
    const angle = ((degree + place.north_bearing_deg) * Math.PI) / 180;
    return [place.east_m + range * Math.sin(angle), place.north_m + range * Math.cos(angle)];
  });
  return `POLYGON(${ringText([...points, points[0] as [number, number]])})`;
}

function polygonText(polygon: Polygon): string {
  const rings = polygon.map((ring) =>
    ringText(Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i] ?? 0, ring[2 * i + 1] ?? 0] as const)),
  );
  return `POLYGON(${rings.join(',')})`;
}

/** Milliseconds PostGIS takes for the united area of all sectors in one commune. */
async function postgisMs(db: Db, { sectors, shapes }: UnionProvince, index: number): Promise<number> {
  const polygons = shapes[index]?.polygons ?? [];
  const near = JSON.stringify(sectorsNear(sectors, polygons).map(sectorText));
  await db.query(sql`drop table if exists near_sector`);
  await db.query(sql`create table near_sector as
    select st_makevalid(st_geomfromtext(t.wkt)) as geom from jsonb_array_elements_text(${near}::jsonb) t (wkt)`);
  const commune = polygonText(polygons[0] as Polygon);
  const started = performance.now();
  await db.query(sql`select st_area(st_intersection(st_union(s.geom), st_geomfromtext(${commune}))) as m2
    from near_sector s where st_intersects(s.geom, st_geomfromtext(${commune}))`);
  return performance.now() - started;
}

/** Errors in points of a commune's area on squares of 100 m and of 25 m. */
function errors({ sectors, shapes }: UnionProvince): { grid: number[]; refined: number[] } {
  const own = sectors.filter(isCompared);
  const compared = shapes
    .filter((_, index) => index % EVERY === 0)
    .map((shape) => {
      const near = sectorsNear(own, shape.polygons);
      const exact = coveredPct(shape, near, EXACT_M);
      return {
        grid: Math.abs(coveredPct(shape, near, 100) - exact),
        refined: Math.abs(coveredPct(shape, near, 25) - exact),
      };
    });
  return { grid: compared.map(({ grid }) => grid), refined: compared.map(({ refined }) => refined) };
}

/** 15,000 jagged sectors united on the 100 m grid of a province: time, one site changed, error, and PostGIS beside it. */
export async function coverageUnion({ databases, say }: BenchContext): Promise<Metric[]> {
  const province = unionProvince();
  const union = measureUnion(province);
  const changed = measureSiteChange(province);
  const { grid, refined } = errors(province);
  say('  the same sectors united by PostGIS, commune by commune');
  const sampled = province.shapes.flatMap((_, index) => (index % EVERY === 0 ? [index] : []));
  const postgis = await withPostgres(await databases.copy('empty'), async (db) => {
    let total = 0;
    for (const index of sampled) total += await postgisMs(db, province, index);
    return (total / sampled.length) * province.shapes.length;
  });
  return [
    atMost('coverage_union_15000_sectors', union, 'ms', UNION_TARGET_MS),
    atLeast('coverage_union_faster_than_postgis', postgis / union, 'times', FASTER_TARGET),
    atMost('coverage_union_site_changed', median(changed), 'ms', SITE_TARGET_MS),
    told('coverage_union_site_changed_p95', percentile(changed, 0.95), 'ms'),
    atMost('coverage_union_error_100_m', Math.max(...grid), 'points', ERROR_TARGET),
    atMost('coverage_union_error_25_m', Math.max(...refined), 'points', REFINED_ERROR_TARGET),
  ];
}
