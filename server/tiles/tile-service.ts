import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { LayerDefinition } from './layer.ts';
import { refreshPoints, refreshShapes } from './load-rows.ts';
import type { PointSnapshot } from './point-snapshot.ts';
import { RowSelection } from './selection.ts';
import type { ShapeIndex } from './shape-index.ts';
import { SnapshotCache } from './snapshot-cache.ts';
import { type Tile, TileCache } from './tile-cache.ts';
import { compressPoints, compressShapes } from './tile-fit.ts';
import type { SelectedIds, TileFilter, TileSource } from './tile-source.ts';

const MEGABYTE = 2 ** 20;
/** Raised whenever the encoders write something else for the same rows, so that clients fetch again. */
const ENCODING_VERSION = 1;

export interface TileServiceOptions {
  source: TileSource;
  /** Which dataset this is: revisions of another one mean something else. Part of every ETag. */
  datasetId?: string;
  /** Compressed tiles, bytes. */
  cacheBytes?: number;
  /** Point snapshots, and as much again for lines and polygons, bytes. */
  snapshotBytes?: number;
  /** Selections of filters, bytes. */
  selectionBytes?: number;
}

export interface TileAddress {
  z: number;
  x: number;
  y: number;
}

type Selection = { rows: RowSelection | null; ids: ReadonlySet<number> | null };

/**
 * Tiles of every layer: from the cache, or encoded from rows in memory that are brought up to the newest revision
 * first. Whatever has to wait for the source is done once for all who wait for it.
 */
export class TileService {
  readonly #source: TileSource;
  readonly #salt: string;
  readonly #tiles: TileCache;
  readonly #points: SnapshotCache<PointSnapshot>;
  readonly #shapes: SnapshotCache<ShapeIndex>;
  readonly #selections: LRUCache<string, Selection>;
  readonly #selecting = new Map<string, Promise<Selection>>();
  readonly #serials = new WeakMap<object, number>();
  #lastSerial = 0;
  #seenRevision = 0;

  constructor(options: TileServiceOptions) {
    this.#source = options.source;
    this.#salt = `${ENCODING_VERSION}|${options.datasetId ?? ''}`;
    this.#tiles = new TileCache(options.cacheBytes ?? 128 * MEGABYTE);
    this.#points = new SnapshotCache(options.snapshotBytes ?? 256 * MEGABYTE);
    this.#shapes = new SnapshotCache(options.snapshotBytes ?? 256 * MEGABYTE);
    this.#selections = new LRUCache({
      maxSize: options.selectionBytes ?? 32 * MEGABYTE,
      sizeCalculation: selectionBytes,
    });
  }

  /** The newest dataset revision known here; never goes back. */
  get revision(): number {
    this.#seenRevision = Math.max(this.#seenRevision, this.#source.revision());
    return this.#seenRevision;
  }

  /** What makes one layer and filter distinct, short enough for an ETag. */
  fingerprint(layer: LayerDefinition, filter: TileFilter): string {
    return createHash('sha256').update(`${this.#salt}|${layer.id}|${filter.key}`).digest('base64url').slice(0, 16);
  }

  /** A tile that is ready at the newest revision, without any waiting; undefined when it has to be made. */
  cached(layer: LayerDefinition, filter: TileFilter, tile: TileAddress): Tile | undefined {
    return this.#tiles.get(tileKey(layer, filter, tile, this.revision));
  }

  /** A tile at the newest revision or a later one. Errors are those of the source. */
  async tile(layer: LayerDefinition, filter: TileFilter, tile: TileAddress): Promise<Tile> {
    const key = tileKey(layer, filter, tile, this.revision);
    return this.#tiles.getOrMake(key, async () => {
      const made = await this.#make(layer, filter, tile, this.revision);
      this.#seenRevision = Math.max(this.#seenRevision, made.revision);
      return { key: tileKey(layer, filter, tile, made.revision), tile: made };
    });
  }

  async #make(layer: LayerDefinition, filter: TileFilter, tile: TileAddress, minRevision: number): Promise<Tile> {
    if (layer.geometry === 'point') return this.#makePoints(layer, filter, tile, minRevision);
    const perFilter = layer.loadedPer === 'filter';
    const index = await this.#shapes.get(
      `${layer.id}|${perFilter ? filter.key : filter.day}`,
      minRevision,
      (previous) => refreshShapes(this.#source, layer, filter, previous),
    );
    const { ids } = perFilter ? { ids: null } : await this.#select(index, layer, filter);
    const all = index.features(tile.z, tile.x, tile.y);
    const features = ids === null ? all : all.filter((feature) => ids.has(feature.id));
    this.#shapes.prune();
    return { revision: index.revision, gzip: await compressShapes(layer.id, features) };
  }

  async #makePoints(layer: LayerDefinition, filter: TileFilter, tile: TileAddress, minRevision: number): Promise<Tile> {
    const snapshot = await this.#points.get(`${layer.id}|${filter.day}`, minRevision, (previous) =>
      refreshPoints(this.#source, layer, filter.day, previous),
    );
    const { rows } = await this.#select(snapshot, layer, filter);
    return { revision: snapshot.revision, gzip: await compressPoints(snapshot, rows, tile) };
  }

  /** What a filter selects of one snapshot: asked once per snapshot, and so once per revision. */
  async #select(snapshot: PointSnapshot | ShapeIndex, layer: LayerDefinition, filter: TileFilter): Promise<Selection> {
    const key = `${this.#serialOf(snapshot)}|${filter.key}`;
    const known = this.#selections.get(key);
    if (known !== undefined) return known;
    const pending = this.#selecting.get(key) ?? this.#startSelecting(key, snapshot, layer, filter);
    return pending;
  }

  #startSelecting(key: string, snapshot: PointSnapshot | ShapeIndex, layer: LayerDefinition, filter: TileFilter) {
    const pending = this.#source
      .select(layer, filter.filter)
      .then((ids): Selection => {
        const selection = toSelection(snapshot, ids);
        this.#selections.set(key, selection);
        return selection;
      })
      .finally(() => this.#selecting.delete(key));
    this.#selecting.set(key, pending);
    return pending;
  }

  #serialOf(snapshot: object): number {
    const serial = this.#serials.get(snapshot) ?? ++this.#lastSerial;
    this.#serials.set(snapshot, serial);
    return serial;
  }
}

function tileKey(layer: LayerDefinition, filter: TileFilter, { z, x, y }: TileAddress, revision: number): string {
  return `${layer.id}/${z}/${x}/${y}/${revision}/${filter.key}`;
}

function toSelection(snapshot: PointSnapshot | ShapeIndex, ids: SelectedIds): Selection {
  if (ids === null) return { rows: null, ids: null };
  if ('except' in ids) {
    if (!('rowOf' in snapshot)) throw new TypeError('lines and polygons are selected by ids');
    return { rows: RowSelection.allBut(snapshot, ids.except), ids: null };
  }
  return 'rowOf' in snapshot ? { rows: RowSelection.of(snapshot, ids), ids: null } : { rows: null, ids: new Set(ids) };
}

function selectionBytes({ rows, ids }: Selection): number {
  return 64 + (rows?.byteLength ?? 0) + (ids?.size ?? 0) * 40;
}
