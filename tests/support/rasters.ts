import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a made-up 3″ tile of heights: a height for each row from the north and column from the west. Gives its path. */
export function writeTile(folder: string, name: string, height: (row: number, column: number) => number): string {
  const side = 1201;
  const bytes = Buffer.alloc(side * side * 2);
  for (let i = 0; i < side * side; i++) bytes.writeInt16BE(height(Math.floor(i / side), i % side), 2 * i);
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}
