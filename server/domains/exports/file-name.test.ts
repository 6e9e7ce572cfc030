import { describe, expect, it } from 'vitest';
import type { SiteFilter } from '../../contract/index.ts';
import { contentDisposition, fileName } from './file-name.ts';
import { stateSites } from './kinds/sites.ts';
import { type Statement, vietnamTime } from './statement.ts';

function stated(language: 'vi' | 'en', filter: Partial<SiteFilter>, district: string | null): Statement {
  const totals = { counts: { sites: 51, stations: 65, cells: 205 }, dataset_revision: 12, synthetic: true };
  const named = district === null ? null : { code: '227', name: district, valid_to: null };
  const statement = stateSites({ at: '2008-12-31', ...filter }, named, totals, language);
  return { ...statement, language, written_at: '2026-11-23T08:30:00+07:00' };
}

describe('file name', () => {
  it('states filter, the three counts, revision and time, without signs that a file system refuses', () => {
    const name = fileName(stated('vi', { district: '227', q: 'Hùng/Long: "x"' }, 'Thành phố Việt Trì'), 'csv');
    expect(name).toBe(
      'vị-trí-trạm_2008-12-31_227-Thành-phố-Việt-Trì_q-Hùng-Long-x_51-vị-trí_65-trạm_205-cell_r12_20261123T083000.csv',
    );
    expect(fileName(stated('en', {}, null), 'xlsx')).toBe(
      'sites_2008-12-31_51-sites_65-stations_205-cells_r12_20261123T083000.xlsx',
    );
  });

  it('goes into the header in UTF-8 and, for old clients, in ASCII', () => {
    const header = contentDisposition("Đoan Hùng (1)'.csv");
    expect(header).toBe(
      `attachment; filename="Doan-Hung-1-.csv"; filename*=UTF-8''%C4%90oan%20H%C3%B9ng%20%281%29%27.csv`,
    );
    expect(decodeURIComponent(header.split("''")[1] ?? '')).toBe("Đoan Hùng (1)'.csv");
  });
});

describe('time of writing', () => {
  it('is the time in Vietnam, also across midnight', () => {
    expect(vietnamTime(new Date('2008-12-31T18:05:06.789Z'))).toBe('2009-01-01T01:05:06+07:00');
  });
});
