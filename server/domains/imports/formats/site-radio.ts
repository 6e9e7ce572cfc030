import { OVER_0 } from './row-reader.ts';
import type { SiteRowReader } from './sites-columns.ts';
import { dbmToWatt } from './values.ts';

/** No mast of a site is higher, so no antenna is; m. */
export const MAX_HEIGHT_M = 350;
/** What the inventory takes as a band. */
const BANDS_MHZ = { from: 30, to: 100_000 };

/** The radio columns of a row but its bands. */
export function readRadio(reader: SiteRowReader) {
  return {
    azimuths_deg: readAzimuths(reader),
    antenna_height_m: reader.number('antenna_height_m', { min: OVER_0, max: MAX_HEIGHT_M, unit: 'm' }),
    tilt_deg: reader.number('tilt_deg', { min: -90, max: 90, unit: '°' }),
    gain_dbi: reader.number('gain_dbi', { min: -10, max: 60, unit: 'dbi' }),
    power_w: reader.number(
      'power_w',
      { min: OVER_0, max: 100_000, unit: 'w' },
      { kw: (kw) => kw * 1_000, dbm: dbmToWatt },
    ),
    eirp_dbm: reader.number('eirp_dbm', { min: -50, max: 120, unit: 'dbm' }),
    beamwidth_deg: reader.number('beamwidth_deg', { min: 1, max: 360, unit: '°' }),
    cell_from: reader.date('cell_from'),
    cell_to: reader.date('cell_to'),
  };
}

/** `0;120;240` → three cells; empty with a technology → one omnidirectional cell; without a technology → none. 360 is 0. */
function readAzimuths(reader: SiteRowReader): (number | null)[] {
  const text = reader.text('azimuths_deg');
  if (text === null) return reader.raw('technology') === '' ? [] : [null];
  const azimuths = text.split(/[;/|]|\s+/).flatMap((part) => {
    if (part === '') return [];
    const value = Number(part.replace(/°$/, '').replace(',', '.'));
    if (!Number.isFinite(value) || value < 0 || value > 360) {
      reader.fail('azimuths_deg', 'bad_azimuth', 'Azimuths are numbers from 0 to 360 separated by semicolons');
    }
    return [value % 360];
  });
  if (new Set(azimuths).size < azimuths.length)
    reader.fail('azimuths_deg', 'duplicate_azimuth', 'The same azimuth is listed twice');
  return azimuths;
}

/** `900` → [900]; `900/1800` → two, one record each; empty → [null]. */
export function readBands(reader: SiteRowReader): (number | null)[] {
  const text = reader.text('band_mhz');
  if (text === null) return [null];
  return text.split(/[;/+|]/).map((part) => {
    const match = /^\s*(\d{2,6}(?:[.,]\d+)?)\s*(?:MHz)?\s*$/i.exec(part);
    const mhz = match === null ? null : Number((match[1] ?? '').replace(',', '.'));
    if (mhz === null)
      return reader.fail('band_mhz', 'bad_band', 'A band is a number of MHz, for example 900 or 900/1800');
    return mhz >= BANDS_MHZ.from && mhz <= BANDS_MHZ.to
      ? mhz
      : reader.fail('band_mhz', 'bad_band', `A band is from ${BANDS_MHZ.from} to ${BANDS_MHZ.to} MHz`);
  });
}
