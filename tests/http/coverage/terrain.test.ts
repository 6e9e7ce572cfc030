import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TerrainReport, terrainReport, todayInVietnam } from '../../../server/contract/index.ts';
import { importRasters } from '../../../server/domains/coverage/index.ts';
import { writeTile } from '../../support/rasters.ts';
import { startServerWithDatabase } from '../../support/server.ts';
import { insertUnit } from '../../support/units.ts';

let server: Awaited<ReturnType<typeof startServerWithDatabase>>;
let folder: string;
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: false });
  folder = mkdtempSync(join(tmpdir(), 'phusong-terrain-'));
  const validFrom = todayInVietnam();
  // Half of each commune lies east of 105°; both are 0.02° wide and 0.02° high.
  await insertUnit(server.database.db, { code: '10001', box: [104.99, 21.3, 105.01, 21.32], validFrom });
  await insertUnit(server.database.db, { code: '10002', box: [104.99, 21.32, 105.01, 21.34], validFrom });
  // No longer in force: not asked about.
  await insertUnit(server.database.db, { code: '10003', box: [107, 21, 107.1, 21.1], validTo: '2025-07-01' });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (path = '/api/v1/terrain') => server.json<TerrainReport>(path);

describe('GET /terrain', () => {
  it('without terrain says what is missing of the communes in force', async () => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body).toEqual({ tiles: [], pct_covered: 0, missing: ['N21E104', 'N21E105'], seams: [] });
  });

  it('after an import tells the tile and the share of the area it covers, with a new entity tag', async () => {
    const before = (await ask()).headers.get('etag');
    const path = writeTile(folder, 'N21E105.hgt', (row, column) => (row === column ? -32_768 : 10));
    await importRasters(server.context.revision, [path], { kind: 'terrain', dryRun: false, source: 'made up' });
    const { body, headers } = await ask();
    expect(headers.get('etag')).not.toBe(before);
    expect(terrainReport.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      tiles: [
        {
          name: 'N21E105.hgt',
          bbox: [105, 21, 106, 22],
          voids: 1201,
          impossible: 0,
          lowest: 10,
          highest: 10,
          source: 'made up',
        },
      ],
      missing: ['N21E104'],
      seams: [],
    });
    expect(body.tiles[0]?.step_m).toBeCloseTo(92.7, 1);
    expect(body.pct_covered).toBeCloseTo(50, 1);
    const again = await server.fetch('/api/v1/terrain', { headers: { 'If-None-Match': headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  it('takes no parameters', async () => {
    expect((await ask('/api/v1/terrain?at=2008-12-31')).status).toBe(400);
  });
});
