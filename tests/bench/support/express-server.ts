/**
 * The other side of the comparison of cached tiles: Express answering the same path with the same bytes and headers from a
 * Map by `res.send`, as an Express server with a tile cache would; nothing else is mounted.
 */
import { readFileSync } from 'node:fs';
import express from 'express';

const cache = new Map([[process.env['TILE_PATH'] ?? '', readFileSync(process.env['TILE_FILE'] ?? '')]]);
const app = express();
app.get('/tiles/:layer/:z/:x/:y.mvt', (req, res) => {
  const { layer, z, x, y } = req.params;
  const body = cache.get(`/tiles/${layer}/${z}/${x}/${y}.mvt`);
  res.set({
    'Access-Control-Allow-Origin': '*',
    'Cache-Control': 'no-cache',
    Vary: 'Accept-Encoding',
    'Content-Type': 'application/vnd.mapbox-vector-tile',
    'Content-Encoding': 'gzip',
  });
  res.send(body);
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`ready at http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
});
