/** Web Mercator tiles from lon, lat, written independently of server/tiles. */

/** The tile that a position lies in. */
export function tileOf(lon: number, lat: number, z: number): { z: number; x: number; y: number } {
  const size = 2 ** z;
  const latRadians = (lat * Math.PI) / 180;
  return {
    z,
    x: Math.floor(((lon + 180) / 360) * size),
    y: Math.floor(((1 - Math.asinh(Math.tan(latRadians)) / Math.PI) / 2) * size),
  };
}
