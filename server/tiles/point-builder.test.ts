import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges, PointBuilder } from './point-builder.ts';
import type { PointSnapshot } from './point-snapshot.ts';
import { RowSelection } from './selection.ts';
import { anySites, layerOf, site } from './testing/sites.ts';
import type { TileRow } from './tile-source.ts';

function snapshotOf(rows: readonly TileRow[]): PointSnapshot {
  const builder = new PointBuilder(layerOf('sites'));
  builder.add(rows);
  return builder.finish(1);
}

/** What a snapshot holds, values written out. */
function contentOf({ arrays }: PointSnapshot): unknown {
  const values = arrays.columns.map(({ codes, dictionary }) =>
    Array.from(codes, (code) => {
      const bytes = new Uint8Array(dictionary.lengthOf(code));
      dictionary.copyTo(code, bytes, 0);
      return Buffer.from(bytes).toString('hex');
    }),
  );
  return { ids: [...arrays.ids], keys: [...arrays.keys], xs: [...arrays.xs], ys: [...arrays.ys], values };
}

describe('applyChanges', () => {
  it('moves, renames, adds and removes', () => {
    const before = snapshotOf([site(1, 105.1, 21.1), site(2, 105.2, 21.2), site(3, 105.3, 21.3)]);
    const now = [site(1, 105.4, 21.4), site(2, 105.2, 21.2, { name: 'Mới' }), site(9, 105.0, 21.0)];
    const after = applyChanges(before, 5, [1, 2, 3, 9, 77], now);
    expect(after.revision).toBe(5);
    expect(contentOf(after)).toEqual(contentOf(snapshotOf(now)));
    expect(before.length).toBe(3);
  });

  it('gives the same snapshot as loading everything again, however often it is done', () => {
    const edit = fc.record({ rows: anySites(15), removed: fc.array(fc.nat({ max: 40 }), { maxLength: 10 }) });
    fc.assert(
      fc.property(anySites(40), fc.array(edit, { maxLength: 5 }), (rows, edits) => {
        const table = new Map(rows.map((row) => [row.id, row]));
        let snapshot = snapshotOf(rows);
        for (const { rows: changed, removed } of edits) {
          const gone = removed.flatMap((i) => [...table.keys()][i] ?? []);
          for (const id of gone) table.delete(id);
          for (const row of changed) table.set(row.id, row);
          const ids = [...gone, ...changed.map(({ id }) => id)];
          snapshot = applyChanges(snapshot, snapshot.revision + 1, ids, changed);
          expect(contentOf(snapshot)).toEqual(contentOf(snapshotOf([...table.values()])));
        }
      }),
    );
  });
});

describe('rowOf and RowSelection', () => {
  it('find rows by id, be the ids dense or far apart', () => {
    for (const step of [1, 1_000_003]) {
      const ids = Array.from({ length: 50 }, (_, i) => 10 + i * step);
      const snapshot = snapshotOf(ids.map((id, i) => site(id, 105 + i / 100, 21)));
      for (const id of ids) expect(snapshot.arrays.ids[snapshot.rowOf(id)]).toBe(id);
      expect([9, 10 + 50 * step, 0, -5].map((id) => snapshot.rowOf(id))).toEqual([-1, -1, -1, -1]);
    }
  });

  it('count each selected row once and pass over unknown ids', () => {
    const snapshot = snapshotOf([site(1, 105, 21), site(2, 106, 21), site(3, 107, 21)]);
    const selection = RowSelection.of(snapshot, [3, 3, 1, 99]);
    expect(selection.count).toBe(2);
    expect([1, 2, 3].map((id) => selection.has(snapshot.rowOf(id)))).toEqual([true, false, true]);
  });
});
