import { describe, expect, it } from 'vitest';
import type { RasterImportReport } from '../domains/coverage/index.ts';
import { describeRasters } from './import-rasters.ts';

const file: RasterImportReport['files'][number] = {
  file: 'N21E105.hgt',
  outcome: 'new',
  bbox: [105, 21, 106, 22],
  step_lon: 1 / 1200,
  step_lat: 1 / 1200,
  cols: 1201,
  rows: 1201,
  voids: 1,
  impossible: 0,
  lowest: -60,
  highest: 1582,
  sha256: '',
  cut_from: null,
};
const tile = {
  id: 1,
  name: 'N21E105.hgt',
  step_m: 92.7,
  voids: 1,
  impossible: 0,
  lowest: -60,
  highest: 1582,
  source: '',
};
const report: RasterImportReport = {
  kind: 'terrain',
  dry_run: false,
  files: [file],
  terrain: {
    tiles: [{ ...tile, bbox: [105, 21, 106, 22], imported_at: '2026-11-23T00:00:00Z' }],
    pct_covered: 71.67,
    missing: ['N21E104'],
    seams: [],
  },
  dataset_revision: 7,
};

describe('what is said after an import of rasters', () => {
  it('is plain sentences', () => {
    expect(describeRasters(report).split('\n')).toEqual([
      'N21E105.hgt: new',
      '  1,201 × 1,201 posts, 105–106° E, 21–22° N, from -60 to 1582 m',
      '  1 void, 0 impossible values',
      'Terrain: 1 file, over 71.67 % of the area of the communes in force today.',
      'Square degrees of the province not covered: N21E104. Coverage there is computed without terrain and labelled so.',
    ]);
  });

  it('tells seams, cuts, files without values, and a dry run', () => {
    const seam = { between: ['a.tif', 'b.tif'] as [string, string], posts: 1201, different: 3, largest_m: 12.5 };
    const text = describeRasters({
      ...report,
      dry_run: true,
      files: [{ ...file, outcome: 'already_there', lowest: null, highest: null, cut_from: [7000, 5000] }],
      terrain: {
        ...(report.terrain as NonNullable<typeof report.terrain>),
        missing: [],
        seams: [seam, { ...seam, different: 0 }],
      },
    });
    expect(text).toContain('already there, nothing changed');
    expect(text).toContain('no values at all');
    expect(text).toContain('cut from 7,000 × 5,000 to the ground around the communes');
    expect(text).toContain('Seam of a.tif and b.tif: 1,201 shared posts, 3 differ, by 12.5 m at most.');
    expect(text).toContain('1,201 shared posts, all equal.');
    expect(text).not.toContain('not covered');
    expect(text.endsWith('Dry run: nothing was written.')).toBe(true);
  });
});
