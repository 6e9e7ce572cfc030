import { todayInVietnam } from '../../../server/contract/index.ts';
import { readConfig } from '../../../server/platform/config.ts';
import { DatasetRevision } from '../../../server/platform/dataset-revision.ts';
import type { Db } from '../../../server/platform/db/db.ts';
import { RevisionCache } from '../../../server/platform/revision-cache.ts';
import { databaseTileSource } from '../../../server/tiles/database-source.ts';
import { refreshPoints } from '../../../server/tiles/load-rows.ts';
import type { PointSnapshot } from '../../../server/tiles/point-snapshot.ts';
import { selectOptionalLayer } from '../../../server/tiles/registry.ts';
import { RowSelection } from '../../../server/tiles/selection.ts';
import { benchLog } from './databases.ts';

/** The layer `sites` in memory as the server holds it, with what today's default filter selects of it. */
export async function loadSites(db: Db): Promise<{ snapshot: PointSnapshot; selection: RowSelection }> {
  const revision = await DatasetRevision.follow(db, benchLog);
  try {
    const layer = selectOptionalLayer('sites');
    if (layer === null) throw new Error('there is no layer sites');
    const config = readConfig({});
    const source = databaseTileSource({ config, log: benchLog, db, revision, cache: new RevisionCache() });
    const at = todayInVietnam();
    const snapshot = await refreshPoints(source, layer, at, null);
    const chosen = await source.select(layer, { at });
    if (chosen === null || !('except' in chosen)) throw new Error('the default filter should name what it hides');
    return { snapshot, selection: RowSelection.allBut(snapshot, chosen.except) };
  } finally {
    revision.stop();
  }
}
