import { hemisphereLanguage, unprojectFromVn2000 } from '../../../platform/geo/index.ts';
import type { TableStart } from './csv-table.ts';
import { checkPosition } from './geometry.ts';
import type { RowReader } from './row-reader.ts';

/** A position in WGS84 degrees and as received: metres in `source_x`, `source_y` (easting, northing) with their SRID. */
export interface Position {
  lon: number;
  lat: number;
  source_text: string;
  source_x: number | null;
  source_y: number | null;
  source_srid: number | null;
}

export type ReadPosition<C extends string> = (
  reader: RowReader<C | 'lon' | 'lat'>,
  commune_code: string | null,
) => Position;

/**
 * What reads the columns lon and lat of a file: degrees (decimal, or degrees, minutes, seconds with the letters of the file's
 * language), or metres of the VN-2000 system asked for. A fault is in the reader's errors, with other readings proposed later.
 */
export function readPositionsOf<C extends string>({
  options: { srid },
  column,
}: TableStart<C | 'lon' | 'lat'>): ReadPosition<C> {
  const language = hemisphereLanguage([...column('lon'), ...column('lat')]);
  return (reader, commune_code) => {
    const source_text = `${reader.raw('lon')} ${reader.raw('lat')}`;
    const first = reader.coordinate('lon', language);
    const second = reader.coordinate('lat', language);
    const unprojected = { source_text, source_x: null, source_y: null, source_srid: null };
    const position = { lon: first ?? 0, lat: second ?? 0, ...unprojected };
    if (first === null || second === null) return position;
    if (srid !== undefined && Math.abs(first) > 1_000 && Math.abs(second) > 1_000) {
      const at = unprojectFromVn2000({ easting_m: first, northing_m: second }, srid);
      // Metres far beyond the zone are no place of the earth.
      const checked = checkPosition([at.lon, at.lat]);
      if (!checked.ok)
        reader.fail('lon', 'out_of_range', `No place of EPSG:${srid} has these coordinates`, source_text);
      return { ...at, source_text, source_x: first, source_y: second, source_srid: srid };
    }
    const checked = checkPosition([first, second]);
    if (checked.ok) return position;
    const { code, reason, proposal } = checked.fault;
    const sentence = code === 'metres_not_degrees' ? `${reason}: say which VN-2000 zone they are in` : reason;
    reader.fail('lon', code, sentence, source_text, proposal);
    if (!Number.isFinite(first) || !Number.isFinite(second)) return position;
    for (const error of reader.errors) if (error.code === code) error.position = { first, second, commune_code };
    return position;
  };
}
