/**
 * The other side of the comparison of uncached tiles: a plain Node server that asks PostGIS for each tile (ST_AsMVT),
 * as good as it gets. A table of its own holds the finished attributes and positions in Web Mercator, clustered by place,
 * so that PostGIS neither joins nor transforms; prepared statement, pool of 8, gzip level 6, nothing before node:http.
 */
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import { gzip, gzipSync } from 'node:zlib';
import pg from 'pg';

const TILE = /^\/tiles\/sites\/(\d+)\/(\d+)\/(\d+)\.mvt/;
const SYNC_BYTES = 4_096;
const inThread = promisify(gzip);
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 8 });

const text = `
with tile as (select st_tileenvelope($1, $2, $3) as box),
rows as (
  select st_asmvtgeom(s.geom, tile.box, 4096, 0, true) as geom, s.id, s.code, s.name, s.status, s.environment, s.mast_class, s.height_m,
         s.operators, s.technologies, s.station_count, s.cell_count, s.certificate, s.synthetic
    from bench_mvt s, tile where s.geom && tile.box
)
select st_asmvt(rows, 'sites', 4096, 'geom', 'id') as tile from rows`;

async function tileOf(values: string[]): Promise<Buffer> {
  const { rows } = await pool.query<{ tile: Buffer }>({ name: 'tile', text, values });
  const tile = rows[0]?.tile ?? Buffer.alloc(0);
  return tile.length <= SYNC_BYTES ? gzipSync(tile, { level: 6 }) : inThread(tile, { level: 6 });
}

const server = createServer((request, response) => {
  const [, z = '', x = '', y = ''] = TILE.exec(request.url ?? '') ?? [];
  tileOf([z, x, y]).then(
    (body) => {
      response.writeHead(200, {
        'Content-Type': 'application/vnd.mapbox-vector-tile',
        'Content-Encoding': 'gzip',
        'Content-Length': body.length,
      });
      response.end(body);
    },
    (error: unknown) => {
      console.error(error);
      response.writeHead(500, { 'Content-Length': 0 }).end();
    },
  );
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`ready at http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
});
