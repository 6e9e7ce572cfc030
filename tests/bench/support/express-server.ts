/** The other side of the comparison of cached tiles: Express answering bytes from memory with `res.send`, nothing else mounted. */
import { readFileSync } from 'node:fs';
import express from 'express';

const body = readFileSync(process.env['TILE_FILE'] ?? '');
const app = express();
app.get('/tile', (_req, res) => {
  res.set({ 'Content-Type': 'application/vnd.mapbox-vector-tile', 'Content-Encoding': 'gzip' }).send(body);
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`ready at http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
});
