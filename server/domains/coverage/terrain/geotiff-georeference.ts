/**
 * Where the pixels of a GeoTIFF are: only rasters in WGS 84 longitude and latitude, north up, are taken; of any other
 * system the command that turns the file into one is named. Source: OGC GeoTIFF 1.1 (19-008r4) §§ 7.1–7.5, annex B.
 */
import type { GeoTIFFImage } from 'geotiff';
import { RasterRefusal } from './raster-refusal.ts';

const GEOGRAPHIC = 2;
const PROJECTED = 1;
const PIXEL_IS_POINT = 2;
const WGS84 = 4326;
const USER_DEFINED = 32767;
/** Posts more than this apart are no raster to compute coverage with, degrees (about 5 km). */
const MAX_STEP = 0.05;

/** Place of the first pixel's centre and distances between centres, degrees. */
export interface Georeference {
  west: number;
  north: number;
  step_lon: number;
  step_lat: number;
}

type GeoKeys = Record<string, unknown>;

const cleanText = (value: unknown): string =>
  typeof value === 'string' ? value.replaceAll('\0', '').replace(/\|+$/, '').trim() : '';

/** The coordinate system in words: "EPSG:32648 (WGS 84 / UTM zone 48N)". */
function systemOf(keys: GeoKeys): string {
  const projected = keys['GTModelTypeGeoKey'] === PROJECTED;
  const code = Number(projected ? keys['ProjectedCSTypeGeoKey'] : keys['GeographicTypeGeoKey']);
  const citation =
    cleanText(keys[projected ? 'PCSCitationGeoKey' : 'GeogCitationGeoKey']) || cleanText(keys['GTCitationGeoKey']);
  if (!(code > 0) || code === USER_DEFINED) return citation || 'a coordinate system of its own';
  return citation ? `EPSG:${code} (${citation})` : `EPSG:${code}`;
}

function isWgs84(keys: GeoKeys): boolean {
  if (keys['GTModelTypeGeoKey'] !== GEOGRAPHIC) return false;
  const code = Number(keys['GeographicTypeGeoKey'] ?? USER_DEFINED);
  if (code !== USER_DEFINED) return code === WGS84;
  return /^(GCS Name = )?(GCS[_ ])?WGS[ _]?(19)?84\b/i.test(cleanText(keys['GeogCitationGeoKey']));
}

/** File name with another ending, for the commands proposed. */
const named = (name: string, ending: string): string => `${name.replace(/\.tiff?$/i, '')}-${ending}.tif`;

/** Warped by GDAL, the raster would fit. */
export const gdalwarp = (name: string): string =>
  `gdalwarp -t_srs EPSG:4326 -r bilinear "${name}" "${named(name, 'wgs84')}"`;

/** Tie point and scale, or the matrix: longitude and latitude of the corner that the first pixel hangs on. */
function cornerOf(image: GeoTIFFImage, name: string): Georeference {
  const directory = image.getFileDirectory();
  const tie = directory.getValue('ModelTiepoint');
  const scale = directory.getValue('ModelPixelScale');
  const matrix = directory.getValue('ModelTransformation');
  if (tie && scale && tie.length === 6) {
    const [i = 0, j = 0, , x = Number.NaN, y = Number.NaN] = tie;
    const [step_lon = 0, step_lat = 0] = scale;
    return { west: x - i * step_lon, north: y + j * step_lat, step_lon, step_lat };
  }
  if (matrix && matrix.length >= 8) {
    const [a = 0, b = 0, , west = Number.NaN, d = 0, e = 0, , north = Number.NaN] = matrix;
    if (b !== 0 || d !== 0)
      throw new RasterRefusal('not_north_up', `"${name}" is turned; turn it north up with: ${gdalwarp(name)}`);
    return { west, north, step_lon: a, step_lat: -e };
  }
  throw new RasterRefusal('no_position', `"${name}" does not say where its pixels are (no tie point and pixel size)`);
}

/**
 * Reads the georeference of an image. @throws RasterRefusal for another coordinate system, a raster that is not north up,
 * or numbers that are no place on Earth
 */
export function readGeoreference(image: GeoTIFFImage, name: string): Georeference {
  const keys: GeoKeys | null = image.getGeoKeys();
  if (!keys || keys['GTModelTypeGeoKey'] === undefined) {
    throw new RasterRefusal(
      'no_crs',
      `"${name}" does not say its coordinate system; if it is WGS 84 longitude and latitude, say so with: gdal_translate -a_srs EPSG:4326 "${name}" "${named(name, 'wgs84')}"`,
    );
  }
  if (!isWgs84(keys)) {
    throw new RasterRefusal(
      'wrong_crs',
      `"${name}" is in ${systemOf(keys)}; a raster must be in WGS 84 longitude and latitude (EPSG:4326). Turn it with: ${gdalwarp(name)}`,
    );
  }
  const corner = cornerOf(image, name);
  const { step_lon, step_lat } = corner;
  if (!(step_lon > 0 && step_lat > 0))
    throw new RasterRefusal(
      'not_north_up',
      `The rows of "${name}" do not go from north to south, or its columns not from west to east; turn it with: ${gdalwarp(name)}`,
    );
  if (step_lon > MAX_STEP || step_lat > MAX_STEP)
    throw new RasterRefusal('too_coarse', `The pixels of "${name}" are more than ${MAX_STEP}° apart`);
  // A pixel that is an area hangs by its corner, one that is a point by its centre.
  const half = keys['GTRasterTypeGeoKey'] === PIXEL_IS_POINT ? 0 : 0.5;
  const west = corner.west + half * step_lon;
  const north = corner.north - half * step_lat;
  const east = west + (image.getWidth() - 1) * step_lon;
  const south = north - (image.getHeight() - 1) * step_lat;
  const onEarth =
    west >= -180 - step_lon && east <= 180 + step_lon && south >= -90 - step_lat && north <= 90 + step_lat;
  if (!onEarth)
    throw new RasterRefusal(
      'outside',
      `"${name}" reaches from ${west}, ${south} to ${east}, ${north}, which are no longitudes and latitudes`,
    );
  return { west, north, step_lon, step_lat };
}
