/** Tiles for the tests: real ones, and made-up ones whose ground is a formula. */
import { readFileSync } from 'node:fs';
import { projectPath } from '../../../../../platform/paths.ts';
import type { LonLatRaster } from '../../lon-lat-raster.ts';
import { type HgtResult, readHgt } from '../terrain-file.ts';

/** What a tile says where there is no height. */
export const VOID = -32_768;

/** A real tile that comes with the project's shared data; a missing one fails the test. */
export const sharedBytes = (name: string): Uint8Array =>
  readFileSync(projectPath('..', 'shared', 'data', 'terrain', name));

/** The tile of a result that must be one. */
export function tileOf(result: HgtResult): LonLatRaster {
  if (!result.ok) throw new Error(result.message);
  return result.raster;
}

/** A file with a height for each row from the north and column from the west. */
export function madeUp(side: number, height: (row: number, column: number) => number): Uint8Array {
  const bytes = new Uint8Array(side * side * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < side * side; i++) view.setInt16(2 * i, height(Math.floor(i / side), i % side));
  return bytes;
}

/** A made-up 3″ tile. */
export const madeUpTile = (name: string, height: (row: number, column: number) => number): LonLatRaster =>
  tileOf(readHgt(name, madeUp(1201, height)));
