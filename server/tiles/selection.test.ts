import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PointBuilder } from './point-builder.ts';
import { selectOptionalLayer } from './registry.ts';
import { RowSelection } from './selection.ts';

const layer = selectOptionalLayer('nodes')!;

function snapshotOf(ids: readonly number[]) {
  const builder = new PointBuilder(layer);
  builder.add(ids.map((id) => ({ id, lon: 105 + id / 1000, lat: 21 })));
  return builder.finish(1);
}

describe('RowSelection', () => {
  it('selects exactly the rows not named, whatever the number of rows', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 100 }),
        fc.array(fc.integer({ min: 1, max: 500 })),
        (ids, except) => {
          const snapshot = snapshotOf(ids);
          const selection = RowSelection.allBut(snapshot, except);
          const kept = ids.filter((id) => selection.has(snapshot.rowOf(id)));
          expect(kept).toEqual(ids.filter((id) => !except.includes(id)));
          expect(selection.count).toBe(kept.length);
          expect(selection.has(snapshot.length)).toBe(false);
        },
      ),
    );
  });
});
