import type { SiteCellRecord } from './records.ts';
import type { SiteColumn, SiteRowReader } from './sites-columns.ts';

type DateColumn = keyof SiteCellRecord &
  (
    | 'site_from'
    | 'site_to'
    | 'permit_date'
    | 'commissioned'
    | 'decommissioned'
    | 'cell_from'
    | 'cell_to'
    | 'certificate_issued'
    | 'certificate_expires'
  );

/** Pairs of days of which the second must come after the first (`after`) or not before it (`not_before`). */
const DATE_ORDER: readonly { first: DateColumn; second: DateColumn; rule: 'after' | 'not_before'; reason: string }[] = [
  {
    first: 'certificate_issued',
    second: 'certificate_expires',
    rule: 'after',
    reason: 'The certificate expires before it is issued',
  },
  {
    first: 'permit_date',
    second: 'commissioned',
    rule: 'not_before',
    reason: 'The station operates before its permit',
  },
  {
    first: 'commissioned',
    second: 'decommissioned',
    rule: 'after',
    reason: 'The station is taken down before it operates',
  },
  { first: 'site_from', second: 'site_to', rule: 'after', reason: 'The site ends before it begins' },
  { first: 'cell_from', second: 'cell_to', rule: 'after', reason: 'The cell ends before it begins' },
];

/** Antenna tops may stand a little over the mast (lightning rod, rounding). */
const ABOVE_MAST_M = 5;

/** First and last days of a row's site, station and cells as they are stored: what the row does not tell follows from what it does. */
export function storedDays(record: SiteCellRecord, defaultFrom: string) {
  const { site_from, commissioned, cell_from } = record;
  return {
    site_from: site_from ?? commissioned ?? defaultFrom,
    commissioned: commissioned ?? site_from ?? defaultFrom,
    cell_from: cell_from ?? commissioned ?? site_from ?? defaultFrom,
    cell_to: record.cell_to ?? record.decommissioned,
  };
}

/** The ends of a row's site, station and cells, against first days that the row does not tell. */
function checkStoredDays(record: SiteCellRecord, reader: SiteRowReader, defaultFrom: string): void {
  const stored = storedDays(record, defaultFrom);
  const ends = [
    ['site_to', record.site_to, stored.site_from],
    ['decommissioned', record.decommissioned, stored.commissioned],
    [record.cell_to === null ? 'decommissioned' : 'cell_to', stored.cell_to, stored.cell_from],
  ] as const;
  for (const [column, end, first] of ends)
    if (end !== null && end <= first)
      failOnce(reader, column, 'date_order', `It ends on or before its first day (${first}, ${end})`);
}

/** Adds a row error for each contradiction between the values of one row. @param defaultFrom first day of what the row does not tell */
export function checkConsistency(record: SiteCellRecord, reader: SiteRowReader, defaultFrom: string): void {
  for (const { first, second, rule, reason } of DATE_ORDER) {
    const [a, b] = [record[first], record[second]];
    if (a === null || b === null) continue;
    if (b < a || (rule === 'after' && b === a)) failOnce(reader, second, 'date_order', `${reason} (${a}, ${b})`);
  }
  checkStoredDays(record, reader, defaultFrom);
  checkHeights(record, reader);
  if (record.technology !== null && record.operator === null && reader.raw('operator') === '') {
    failOnce(reader, 'operator', 'missing', 'A row with a technology needs its operator');
  }
  if (record.technology === null && record.band_mhz !== null && reader.raw('technology') === '') {
    failOnce(reader, 'technology', 'missing', 'A row with a band needs its technology');
  }
}

/** The antenna cannot stand higher than the mast and the building under it. Not judged when either height is unknown. */
function checkHeights(record: SiteCellRecord, reader: SiteRowReader): void {
  const { antenna_height_m, mast_height_m, on_building, building_height_m } = record;
  if (antenna_height_m === null || mast_height_m === null || (on_building === true && building_height_m === null))
    return;
  const top = mast_height_m + (on_building === true ? (building_height_m ?? 0) : 0);
  if (antenna_height_m > top + ABOVE_MAST_M) {
    failOnce(
      reader,
      'antenna_height_m',
      'antenna_above_mast',
      `The antenna is above the top of its mast (${top} m above ground)`,
    );
  }
}

/** A row with several bands is checked once per band: the same fault is said once. */
function failOnce(reader: SiteRowReader, column: SiteColumn, code: string, reason: string): void {
  if (!reader.errors.some((error) => error.field === column && error.code === code)) reader.fail(column, code, reason);
}
