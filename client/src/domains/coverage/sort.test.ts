import { describe, expect, it } from 'vitest';
import type { CommuneCoverage } from '../../../../server/contract/wire.ts';
import { type Sorting, sortFigures } from './sort.ts';
import { communeOf } from './testing/communes.ts';

const communes: CommuneCoverage[] = [
  communeOf(1, { name: 'Xã Đại Phạm', pct_pop: 40, centre_covered: true }),
  communeOf(2, { name: 'Xã An Đạo', pct_pop: null, status: 'unknown', centre_covered: null }),
  communeOf(3, { name: 'Xã Ấm Hạ', pct_pop: 90, centre_covered: false }),
  communeOf(4, { name: 'Xã Chân Mộng', pct_pop: 40, centre_covered: true }),
];
const ids = (sorting: Sorting): number[] => sortFigures(communes, sorting).map(({ id }) => id);

describe('sorting of figures', () => {
  it('goes by name as Vietnamese does: An before Ấm, Đ after D', () => {
    expect(ids({ column: 'name', descending: false })).toEqual([2, 3, 4, 1]);
  });

  it('goes by a share, ties by name, unknown last', () => {
    expect(ids({ column: 'pct_pop', descending: false })).toEqual([4, 1, 3, 2]);
  });

  it('keeps unknown last the other way round too', () => {
    expect(ids({ column: 'pct_pop', descending: true })).toEqual([3, 4, 1, 2]);
  });

  it('goes by centres: those not covered first', () => {
    expect(ids({ column: 'centre_covered', descending: false })).toEqual([3, 4, 1, 2]);
  });

  it('leaves the list it is given alone', () => {
    ids({ column: 'pct_pop', descending: true });
    expect(communes.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  });
});
