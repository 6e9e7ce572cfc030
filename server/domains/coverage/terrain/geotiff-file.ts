// oxlint-disable typescript/no-unnecessary-type-conversion -- the library types what a well-made file holds; a hostile one holds anything.
/**
 * Rasters in GeoTIFF files. One band of numbers, WGS 84 longitude and latitude, north up; blocks are unpacked within the
 * size their header tells (tiff-decoders.ts), and a file whose blocks are not all there is refused before any is read.
 */
import { fromFile, type GeoTIFF, type GeoTIFFImage } from 'geotiff';
import { GROUND_M, type LonLatRaster, NO_VALUE, PEOPLE_PER_PIXEL, settleValues } from '../rules/lon-lat-raster.ts';
import { type Georeference, readGeoreference } from './geotiff-georeference.ts';
import { type RasterKind, RasterRefusal } from './raster-refusal.ts';
import { COMPRESSIONS } from './tiff-decoders.ts';
import { directoryFault } from './tiff-directory.ts';

/** Columns or rows of a raster. */
const MAX_SIDE = 20_000;
/** Pixels that are kept of one file; a larger file is cut to the ground that is asked for. */
export const MAX_KEPT_PIXELS = 30_000_000;
/** Bytes of one unpacked block. */
const MAX_BLOCK_BYTES = 256 * 1024 * 1024;
const MAX_BLOCKS = 1_000_000;
/** Rows that are read at a time. */
const ROWS_AT_A_TIME = 256;

export interface GeotiffOptions {
  kind: RasterKind;
  /** West, south, east, north of what a too large file is cut to, degrees; null: it is not cut. */
  ground: readonly [number, number, number, number] | null;
  /** Share of the rows read so far, 0 to 1. */
  onProgress?: ((share: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

export interface GeotiffRaster {
  raster: LonLatRaster;
  /** Columns and rows of the whole file, when it was cut. */
  cut_from: [cols: number, rows: number] | null;
}

/** Columns and rows of a part of the file; ends exclusive. */
interface Window {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

type SampleKind = 'whole' | 'fraction';

async function checkBand(image: GeoTIFFImage, name: string): Promise<SampleKind> {
  const [width, height] = [image.getWidth(), image.getHeight()];
  if (!(width >= 2 && height >= 2 && width <= MAX_SIDE && height <= MAX_SIDE))
    throw new RasterRefusal(
      'raster_size',
      `"${name}" has ${width} × ${height} pixels; a raster has 2 to ${MAX_SIDE.toLocaleString('en')} columns and rows. Cut it with gdal_translate -projwin`,
    );
  const bands = image.getSamplesPerPixel();
  if (bands !== 1)
    throw new RasterRefusal(
      'bands',
      `"${name}" has ${bands} bands, like a picture; a raster of values has one. Take one out with gdal_translate -b 1`,
    );
  const directory = image.getFileDirectory();
  const compression = Number(directory.getValue('Compression') ?? 1);
  const bigEndianPredictor = !image.littleEndian && Number((await directory.loadValue('Predictor')) ?? 1) !== 1;
  if (!COMPRESSIONS.has(compression) || bigEndianPredictor)
    throw new RasterRefusal(
      'compression',
      `"${name}" is packed in a way that is not read (compression ${compression}${bigEndianPredictor ? ', big-endian with a predictor' : ''}); write it anew with: gdal_translate -co COMPRESS=DEFLATE "${name}" "${name.replace(/\.tiff?$/i, '')}-deflate.tif"`,
    );
  const format = image.getSampleFormat();
  const bits = image.getBitsPerSample();
  if ((format === 1 || format === 2) && [8, 16, 32].includes(bits)) return 'whole';
  if (format === 3 && [32, 64].includes(bits)) return 'fraction';
  throw new RasterRefusal(
    'sample_type',
    `The values of "${name}" are neither whole numbers nor floating point (${bits} bits, sample format ${format})`,
  );
}

/** Numbers of the tags that list the blocks. */
const BLOCK_TAGS = { TileOffsets: 324, TileByteCounts: 325, StripOffsets: 273, StripByteCounts: 279 } as const;

/** The library takes long lists as little-endian in every file: of a big-endian one it is given what it should have read. */
async function mendList(image: GeoTIFFImage, tag: keyof typeof BLOCK_TAGS): Promise<void> {
  const list = image.getFileDirectory().deferredArrays.get(BLOCK_TAGS[tag]);
  if (image.littleEndian || !list) return;
  await list.loadAll();
  const { data } = list;
  if (data instanceof Uint32Array) Buffer.from(data.buffer, data.byteOffset, data.byteLength).swap32();
  else if (data instanceof Uint16Array) Buffer.from(data.buffer, data.byteOffset, data.byteLength).swap16();
  else throw new RangeError('the list of its blocks is big-endian and of an unusual type');
}

/** Where the blocks are or how long; null when the list is too short. */
async function placesOf(
  image: GeoTIFFImage,
  tag: keyof typeof BLOCK_TAGS,
  blocks: number,
): Promise<ArrayLike<number | bigint> | null> {
  await mendList(image, tag);
  const list: unknown = await image.getFileDirectory().loadValue(tag);
  const places = typeof list === 'number' ? [list] : ((list ?? []) as ArrayLike<number | bigint>);
  return places.length < blocks ? null : places;
}

/** Every block must lie in the file, and have its bytes when it is not packed. */
async function checkBlocks(image: GeoTIFFImage, name: string, fileBytes: number): Promise<void> {
  const directory = image.getFileDirectory();
  const tiled = image.isTiled;
  const blockWidth = image.getTileWidth();
  const blockHeight = Math.min(image.getTileHeight(), tiled ? Number.POSITIVE_INFINITY : image.getHeight());
  const sample = image.getBitsPerSample() / 8;
  if (!(blockWidth > 0 && blockHeight > 0 && blockWidth * blockHeight * sample <= MAX_BLOCK_BYTES))
    throw new RasterRefusal('block_size', `The blocks of "${name}" are too large (${blockWidth} × ${blockHeight})`);
  const across = Math.ceil(image.getWidth() / blockWidth);
  const blocks = across * Math.ceil(image.getHeight() / blockHeight);
  if (blocks > MAX_BLOCKS) throw new RasterRefusal('block_size', `"${name}" has ${blocks} blocks, which are too many`);
  const offsets = await placesOf(image, tiled ? 'TileOffsets' : 'StripOffsets', blocks);
  const counts = await placesOf(image, tiled ? 'TileByteCounts' : 'StripByteCounts', blocks);
  if (!offsets || !counts)
    throw new RasterRefusal('truncated', `"${name}" does not list all its blocks; get the whole file`);
  const packed = Number(directory.getValue('Compression') ?? 1) !== 1;
  for (let i = 0; i < blocks; i++) {
    const [offset, bytes] = [Number(offsets[i]), Number(counts[i])];
    // A block without bytes is one of no values (sparse files).
    if (bytes === 0) continue;
    const rows = tiled ? blockHeight : Math.min(blockHeight, image.getHeight() - i * blockHeight);
    if (offset + bytes > fileBytes || (!packed && bytes < blockWidth * rows * sample))
      throw new RasterRefusal(
        'truncated',
        `"${name}" is cut off: it has ${fileBytes.toLocaleString('en')} bytes, and block ${i + 1} of ${blocks} should end at ${(offset + bytes).toLocaleString('en')}; get the whole file`,
      );
  }
}

/** Scale, offset and unit that GDAL notes beside a band would change every value: not applied silently. */
async function checkUnits(image: GeoTIFFImage, name: string, kind: RasterKind): Promise<void> {
  const items = { ...(await image.getGDALMetadata(0)), ...(await image.getGDALMetadata()) };
  const item = (wanted: string): unknown => Object.entries(items).find(([key]) => key.toUpperCase() === wanted)?.[1];
  const [scale, offset, unit] = [Number(item('SCALE') ?? 1), Number(item('OFFSET') ?? 0), item('UNITTYPE')];
  if (scale !== 1 || offset !== 0)
    throw new RasterRefusal(
      'scaled',
      `The values of "${name}" are stored scaled (× ${scale} + ${offset}); write them out with: gdal_translate -unscale -ot Float32 "${name}" "${name.replace(/\.tiff?$/i, '')}-unscaled.tif"`,
    );
  const vertical = Number((image.getGeoKeys() as Record<string, unknown> | null)?.['VerticalUnitsGeoKey'] ?? 9001);
  if (
    kind === 'terrain' &&
    ((unit !== undefined && !/^m(et(er|re)s?)?$/i.test(String(unit).trim())) || vertical !== 9001)
  )
    throw new RasterRefusal(
      'unit',
      `The heights of "${name}" are not in metres (unit ${unit === undefined ? `EPSG:${vertical}` : String(unit)})`,
    );
}

/** The whole file, or the part over the ground when the file is too large to keep. */
function windowOf(image: GeoTIFFImage, at: Georeference, name: string, ground: GeotiffOptions['ground']): Window {
  const [cols, rows] = [image.getWidth(), image.getHeight()];
  if (cols * rows <= MAX_KEPT_PIXELS) return { left: 0, top: 0, right: cols, bottom: rows };
  const tooLarge = (why: string): RasterRefusal =>
    new RasterRefusal(
      'raster_size',
      `"${name}" has ${cols} × ${rows} pixels, more than the ${MAX_KEPT_PIXELS.toLocaleString('en')} that are kept, ${why}. Cut it with: gdal_translate -projwin WEST NORTH EAST SOUTH "${name}" part.tif`,
    );
  if (!ground) throw tooLarge('and there are no communes to cut it to: import boundaries first');
  const [west, south, east, north] = ground;
  const window = {
    left: Math.max(0, Math.floor((west - at.west) / at.step_lon)),
    top: Math.max(0, Math.floor((at.north - north) / at.step_lat)),
    right: Math.min(cols, Math.ceil((east - at.west) / at.step_lon) + 1),
    bottom: Math.min(rows, Math.ceil((at.north - south) / at.step_lat) + 1),
  };
  const [wide, high] = [window.right - window.left, window.bottom - window.top];
  if (wide < 2 || high < 2) throw tooLarge('and none of them is near the communes');
  if (wide * high > MAX_KEPT_PIXELS) throw tooLarge('also when cut to the communes');
  return window;
}

async function readValues(
  image: GeoTIFFImage,
  { left, top, right, bottom }: Window,
  values: Int16Array | Float32Array,
  { onProgress, signal }: GeotiffOptions,
): Promise<void> {
  const nodata = image.getGDALNoData();
  const whole = values instanceof Int16Array;
  const none = whole ? NO_VALUE : Number.NaN;
  // Beyond what a height can be, but not the sign of a void: such a value is counted as impossible.
  const settle = (value: number): number => {
    // A nodata of single precision is written with more digits than the values have.
    if (value === nodata || (nodata !== null && Math.fround(nodata) === value) || Number.isNaN(value)) return none;
    if (!whole) return value;
    return value === NO_VALUE ? none : Math.max(NO_VALUE + 1, Math.min(32_767, value));
  };
  const step = Math.max(ROWS_AT_A_TIME, Math.min(image.getTileHeight(), image.getHeight()));
  for (let row = top, to = 0; row < bottom; ) {
    signal?.throwIfAborted();
    // Up to a line between blocks, so that no block is unpacked twice.
    const end = Math.min(bottom, (Math.floor(row / step) + 1) * step);
    const part = await image.readRasters({
      window: [left, row, right, end],
      interleave: true,
      ...(signal ? { signal } : {}),
    });
    for (let i = 0; i < part.length; i++, to++) values[to] = settle(part[i] as number);
    row = end;
    onProgress?.((row - top) / (bottom - top));
  }
}

async function readImage(
  file: GeoTIFF,
  name: string,
  fileBytes: number,
  options: GeotiffOptions,
): Promise<GeotiffRaster> {
  const image = await file.getImage(0);
  const samples = await checkBand(image, name);
  const at = readGeoreference(image, name);
  await checkUnits(image, name, options.kind);
  await checkBlocks(image, name, fileBytes);
  const window = windowOf(image, at, name, options.ground);
  const [cols, rows] = [window.right - window.left, window.bottom - window.top];
  const values =
    options.kind === 'terrain' && samples === 'whole' ? new Int16Array(cols * rows) : new Float32Array(cols * rows);
  await readValues(image, window, values, options);
  const raster: LonLatRaster = {
    west: at.west + window.left * at.step_lon,
    north: at.north - window.top * at.step_lat,
    step_lon: at.step_lon,
    step_lat: at.step_lat,
    cols,
    rows,
    values,
    ...settleValues(values, options.kind === 'terrain' ? GROUND_M : PEOPLE_PER_PIXEL),
  };
  const isCut = cols < image.getWidth() || rows < image.getHeight();
  return { raster, cut_from: isCut ? [image.getWidth(), image.getHeight()] : null };
}

/** Reads a GeoTIFF file. @throws RasterRefusal when it cannot be taken, with the reason and how to mend it */
export async function readGeotiff(
  path: string,
  name: string,
  fileBytes: number,
  options: GeotiffOptions,
): Promise<GeotiffRaster> {
  const broken = (cause: unknown): RasterRefusal =>
    new RasterRefusal(
      'broken_tiff',
      `"${name}" cannot be read as a GeoTIFF: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    );
  const fault = await directoryFault(path, fileBytes);
  if (fault !== null) throw broken(fault);
  const file = await fromFile(path).catch((cause: unknown) => {
    throw broken(cause);
  });
  try {
    return await readImage(file, name, fileBytes, options);
  } catch (error) {
    if (error instanceof RasterRefusal || options.signal?.aborted) throw error;
    throw broken(error);
  } finally {
    await file.close();
  }
}
