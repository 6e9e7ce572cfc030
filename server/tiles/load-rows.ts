import type { LayerDefinition } from './layer.ts';
import { applyChanges, PointBuilder } from './point-builder.ts';
import type { PointSnapshot } from './point-snapshot.ts';
import { ShapeBuilder, type ShapeIndex } from './shape-index.ts';
import { NOTHING_LOADED, type TileFilter, type TileRow, type TileSource } from './tile-source.ts';

/** With more changed rows than this share of a snapshot, loading it again costs less than merging. */
const MAX_CHANGED_SHARE = 0.3;

async function loadPoints(
  source: TileSource,
  layer: LayerDefinition,
  day: string,
  revision: number,
): Promise<PointSnapshot> {
  const builder = new PointBuilder(layer);
  for await (const rows of source.rows(layer, day, null)) builder.add(rows);
  return builder.finish(revision);
}

/** Values of rows that are gone stay in the dictionaries; when they outweigh the rest, it is time to load again. */
function hasOutgrownDictionaries(snapshot: PointSnapshot): boolean {
  const limit = snapshot.length * 2 + 10_000;
  return snapshot.arrays.columns.some(({ dictionary }) => dictionary.size > limit);
}

/**
 * The newest snapshot of a point layer's day. The revision is read before the rows, so the rows are of that revision
 * or a later one, never older.
 * @param previous the snapshot to bring up to date, or null to load everything
 */
export async function refreshPoints(
  source: TileSource,
  layer: LayerDefinition,
  day: string,
  previous: PointSnapshot | null,
): Promise<PointSnapshot> {
  const { revision, ids } = await source.changes(layer, previous?.revision ?? NOTHING_LOADED);
  if (previous === null || ids === null) return loadPoints(source, layer, day, revision);
  if (ids.length === 0) return previous.atRevision(revision);
  if (ids.length > previous.length * MAX_CHANGED_SHARE || hasOutgrownDictionaries(previous)) {
    return loadPoints(source, layer, day, revision);
  }
  const changed: TileRow[] = [];
  for await (const rows of source.rows(layer, day, ids)) changed.push(...rows);
  return applyChanges(previous, revision, ids, changed);
}

/** The newest index of a line or polygon layer: kept when none of its rows changed, else made again. */
export async function refreshShapes(
  source: TileSource,
  layer: LayerDefinition,
  { day, filter }: TileFilter,
  previous: ShapeIndex | null,
): Promise<ShapeIndex> {
  const { revision, ids } = await source.changes(layer, previous?.revision ?? NOTHING_LOADED);
  if (previous !== null && ids?.length === 0) return previous.atRevision(revision);
  const selected = layer.loadedPer === 'filter' ? await source.select(layer, filter) : null;
  if (selected !== null && 'except' in selected) throw new TypeError(`${layer.id} is loaded per filter: it needs ids`);
  const wanted = selected === null ? null : [...selected];
  const builder = new ShapeBuilder(layer);
  if (wanted?.length !== 0) for await (const rows of source.rows(layer, day, wanted)) builder.add(rows);
  return builder.finish(revision);
}
