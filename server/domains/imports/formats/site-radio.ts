import { BANDS_MHZ } from '../../../contract/bands.ts';
import type { Technology } from './records.ts';
import { OVER_0 } from './row-reader.ts';
import type { SiteRowReader } from './sites-columns.ts';
import { dbmToWatt } from './values.ts';

/** No mast of a site is higher, so no antenna is; m. */
export const MAX_HEIGHT_M = 350;
/** Without a technology there is no cell: what any of them could have. */
const ANY_BAND_MHZ = [380, 71_000] as const;

/** The radio columns of a row but its bands. */
export function readRadio(reader: SiteRowReader) {
  return {
    azimuths_deg: readAzimuths(reader),
    antenna_height_m: reader.number('antenna_height_m', { min: OVER_0, max: MAX_HEIGHT_M, unit: 'm' }),
    tilt_deg: reader.number('tilt_deg', { min: -90, max: 90, unit: '°' }),
    gain_dbi: reader.number('gain_dbi', { min: -10, max: 60, unit: 'dBi' }),
    power_w: reader.number(
      'power_w',
      { min: OVER_0, max: 100_000, unit: 'W' },
      { kw: (kw) => kw * 1_000, dbm: dbmToWatt },
    ),
    eirp_dbm: reader.number('eirp_dbm', { min: -50, max: 120, unit: 'dBm' }),
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

/** `900` → [900]; `900/1800` → two, one record each; empty → [null]. A band must be one of the technology's. */
export function readBands(reader: SiteRowReader, technology: Technology | null): (number | null)[] {
  const text = reader.text('band_mhz');
  if (text === null) return [null];
  const [from, to] = technology ? BANDS_MHZ[technology] : ANY_BAND_MHZ;
  return text.split(/[;/+|]/).map((part) => {
    const match = /^\s*(\d{2,6}(?:[.,]\d+)?)\s*(?:MHz)?\s*$/i.exec(part);
    const mhz = match === null ? null : Number((match[1] ?? '').replace(',', '.'));
    if (mhz === null)
      return reader.fail('band_mhz', 'bad_band', 'A band is a number of MHz, for example 900 or 900/1800');
    return mhz >= from && mhz <= to
      ? mhz
      : reader.fail('band_mhz', 'bad_band', `A band of ${technology ?? 'a cell'} is from ${from} to ${to} MHz`);
  });
}
