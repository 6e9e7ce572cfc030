/**
 * The other side of the comparison of uncached tiles: a plain Node server that asks PostGIS for each tile (ST_AsMVT), as
 * good as it gets: prepared statement, pool of 8, gzip level 6, nothing before node:http. `ROWS` says where it reads:
 * `live`: the tables of the inventory, so that an edit shows in the next tile, as it does in the product;
 * `prepared`: a table made beforehand with finished attributes and positions in Web Mercator, clustered by place, so that
 * PostGIS neither joins nor transforms. That is the fastest there is, but it does not show edits.
 */
import { createServer, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip, gzipSync } from 'node:zlib';
import pg from 'pg';

const TILE = /^\/tiles\/sites\/(\d+)\/(\d+)\/(\d+)\.mvt/;
const SYNC_BYTES = 4_096;
const inThread = promisify(gzip);
// The product's day is that of Viet Nam: between 17:00 and midnight UTC another one than the server's own.
const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  max: 8,
  options: '-c timezone=Asia/Ho_Chi_Minh',
});

const prepared = `
with tile as (select st_tileenvelope($1, $2, $3) as box),
rows as (
  select st_asmvtgeom(s.geom, tile.box, 4096, 0, true) as geom, s.id, s.code, s.name, s.status, s.environment, s.mast_class, s.height_m,
         s.operators, s.technologies, s.station_count, s.cell_count, s.certificate, s.synthetic
    from bench_mvt s, tile where s.geom && tile.box
)
select st_asmvt(rows, 'sites', 4096, 'geom', 'id') as tile from rows`;

/** The attributes as tile_rows_sites has them, for the sites of the tile only; the certificate state without a function call. */
const live = `
with tile as materialized (select st_tileenvelope($1, $2, $3) as box, st_transform(st_tileenvelope($1, $2, $3), 4326) as box_4326),
rows as (
  select st_asmvtgeom(st_transform(s.geom, 3857), tile.box, 4096, 0, true) as geom, s.id, s.code, s.name,
         site_status_at(s.status, s.valid_to, current_date) as status, s.environment, m.class as mast_class, m.height_m,
         a.operators, c.technologies, a.station_count, coalesce(c.cell_count, 0) as cell_count, a.certificate, s.synthetic
    from tile
    join site s on s.geom && tile.box_4326
    left join lateral (
      select t.class, t.height_m from mast t where t.site_id = s.id order by t.height_m desc nulls last, t.mast_no limit 1
    ) m on true
    left join lateral (
      select string_agg(distinct o.code, ',' order by o.code) as operators, count(*) as station_count,
             case min(case f.state when 'expired' then 1 when 'due' then 2 when 'valid' then 4 else 3 end)
               when 1 then 'expired' when 2 then 'due' when 3 then 'none' when 4 then 'valid' end as certificate
        from station t
        join operator o on o.id = t.operator_id
        left join lateral (
          select case when f.expires <= current_date then 'expired' when f.expires - current_date <= 60 then 'due' else 'valid' end as state
            from station_certificate sc join certificate f on f.id = sc.certificate_id
           where sc.station_id = t.id and f.issued <= current_date and f.status <> 'revoked'
           order by f.issued desc, f.expires desc limit 1
        ) f on true
       where t.site_id = s.id and is_valid_at(t.commissioned, t.decommissioned, current_date)
    ) a on true
    left join lateral (
      select string_agg(distinct x.technology, ',' order by x.technology) as technologies, count(*) as cell_count
        from station t join cell x on x.station_id = t.id
       where t.site_id = s.id and is_valid_at(t.commissioned, t.decommissioned, current_date) and is_valid_at(x.valid_from, x.valid_to, current_date)
    ) c on true
   where is_valid_at(s.valid_from, s.valid_to, current_date) and site_status_at(s.status, s.valid_to, current_date) in ('active', 'suspended')
)
select st_asmvt(rows, 'sites', 4096, 'geom', 'id') as tile from rows`;

const text = process.env['ROWS'] === 'prepared' ? prepared : live;

async function tileOf(values: string[]): Promise<Buffer> {
  const { rows } = await pool.query<{ tile: Buffer }>({ name: 'tile', text, values });
  const tile = rows[0]?.tile ?? Buffer.alloc(0);
  return tile.length <= SYNC_BYTES ? gzipSync(tile, { level: 6 }) : inThread(tile, { level: 6 });
}

async function answer(url: string, response: ServerResponse): Promise<void> {
  const [, z = '', x = '', y = ''] = TILE.exec(url) ?? [];
  try {
    const body = await tileOf([z, x, y]);
    response.writeHead(200, {
      'Content-Type': 'application/vnd.mapbox-vector-tile',
      'Content-Encoding': 'gzip',
      'Content-Length': body.length,
    });
    response.end(body);
  } catch (error) {
    console.error(error);
    response.writeHead(500, { 'Content-Length': 0 }).end();
  }
}

const server = createServer((request, response) => void answer(request.url ?? '', response));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`ready at http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
});
