import { LRUCache } from 'lru-cache';

/** A finished tile. */
export interface Tile {
  /** Revision of the rows it was made from. */
  revision: number;
  /** Compressed MVT; null for a tile without features. */
  gzip: Buffer | null;
}

/** What an entry costs besides its bytes: key, map and list entries. */
const ENTRY_BYTES = 400;

/** Compressed tiles, bounded in bytes, the least recently used dropped first. A tile is made once for all who wait. */
export class TileCache {
  readonly #tiles: LRUCache<string, Tile>;
  readonly #making = new Map<string, Promise<Tile>>();

  constructor(maxBytes: number) {
    this.#tiles = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: (tile) => ENTRY_BYTES + (tile.gzip?.byteLength ?? 0),
    });
  }

  get(key: string): Tile | undefined {
    return this.#tiles.get(key);
  }

  /**
   * The tile of that key, made if it is not there. A failure is not kept.
   * @param make the tile and the key it belongs under, which names the revision it turned out to have
   */
  getOrMake(key: string, make: () => Promise<{ key: string; tile: Tile }>): Promise<Tile> {
    const known = this.#tiles.get(key);
    if (known !== undefined) return Promise.resolve(known);
    const pending = this.#making.get(key) ?? this.#start(key, make);
    return pending;
  }

  #start(key: string, make: () => Promise<{ key: string; tile: Tile }>): Promise<Tile> {
    const pending = make()
      .then((made) => {
        this.#tiles.set(made.key, made.tile);
        return made.tile;
      })
      .finally(() => this.#making.delete(key));
    this.#making.set(key, pending);
    return pending;
  }
}
