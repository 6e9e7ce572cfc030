import type { Converter } from 'proj4';
import proj4 from 'proj4';

/** One VN-2000 projected system: all are transverse Mercator on WGS 84's ellipsoid, false easting 500,000 m. */
export interface Vn2000System {
  srid: number;
  name: string;
  /** Degrees east. */
  central_meridian: number;
  scale_factor: number;
}

/** Metres. Vietnamese papers call the northing X and the easting Y. */
export interface Vn2000Position {
  easting_m: number;
  northing_m: number;
}

/**
 * EPSG:6960 with position-vector signs, as proj4 and PostGIS want them. The decree prints the opposite rotation signs
 * (0.76 m off); without the shift points move by 224 m.
 */
const VN2000_TO_WGS84 = '-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278';

const tm3 = (srid: number, name: string, central_meridian: number): Vn2000System => ({
  srid,
  name: `VN-2000 / TM-3 ${name}`,
  central_meridian,
  scale_factor: 0.9999,
});

/** The 20 projected systems of VN-2000 in the EPSG register; the same rows as sql/migrations/0002. */
export const VN2000_SYSTEMS: readonly Vn2000System[] = [
  { srid: 3405, name: 'VN-2000 / UTM zone 48N', central_meridian: 105, scale_factor: 0.9996 },
  { srid: 3406, name: 'VN-2000 / UTM zone 49N', central_meridian: 111, scale_factor: 0.9996 },
  tm3(5896, '102-00', 102),
  tm3(5897, '105-00', 105),
  tm3(5898, '108-00', 108),
  tm3(5899, '107-45', 107.75),
  tm3(9205, '103-00', 103),
  tm3(9206, '104-00', 104),
  tm3(9207, '104-30', 104.5),
  tm3(9208, '104-45', 104.75),
  tm3(9209, '105-30', 105.5),
  tm3(9210, '105-45', 105.75),
  tm3(9211, '106-00', 106),
  tm3(9212, '106-15', 106.25),
  tm3(9213, '106-30', 106.5),
  tm3(9214, '107-00', 107),
  tm3(9215, '107-15', 107.25),
  tm3(9216, '107-30', 107.5),
  tm3(9217, '108-15', 108.25),
  tm3(9218, '108-30', 108.5),
];

/** The zone of Phú Thọ. */
export const PHU_THO_SRID = 9208;

const converters = new Map(
  VN2000_SYSTEMS.map((system) => [system.srid, proj4('EPSG:4326', vn2000Proj4(system))] as const),
);

/** The proj4 string of a system; `datumShift: false` gives the wrong one that some old files were made with. */
export function vn2000Proj4(system: Vn2000System, datumShift = true): string {
  const shift = datumShift ? ` +towgs84=${VN2000_TO_WGS84}` : '';
  return `+proj=tmerc +lat_0=0 +lon_0=${system.central_meridian} +k=${system.scale_factor} +x_0=500000 +y_0=0 +ellps=WGS84${shift} +units=m +no_defs`;
}

/** WGS 84 degrees to VN-2000 metres. Throws RangeError for an SRID that is not a VN-2000 system. */
export function projectToVn2000(lon: number, lat: number, srid: number = PHU_THO_SRID): Vn2000Position {
  const [easting_m, northing_m] = converterOf(srid).forward([lon, lat]) as [number, number];
  return { easting_m, northing_m };
}

/** VN-2000 metres to WGS 84 degrees. Throws RangeError for an SRID that is not a VN-2000 system. */
export function unprojectFromVn2000(
  position: Vn2000Position,
  srid: number = PHU_THO_SRID,
): { lon: number; lat: number } {
  const [lon, lat] = converterOf(srid).inverse([position.easting_m, position.northing_m]) as [number, number];
  return { lon, lat };
}

function converterOf(srid: number): Converter {
  const converter = converters.get(srid);
  if (converter === undefined) throw new RangeError(`EPSG:${srid} is not a VN-2000 projected system`);
  return converter;
}
