/** Writes rows as JSON, so many in one statement: a statement of everything would be held in memory several times. */
export async function inBatches<T>(
  rows: readonly T[],
  size: number,
  write: (json: string) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < rows.length; start += size) await write(JSON.stringify(rows.slice(start, start + size)));
}
