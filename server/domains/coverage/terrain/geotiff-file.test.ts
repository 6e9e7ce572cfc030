/** GeoTIFF files written by GDAL, read by us, compared with what GDAL reads of them. GDAL is a program the tests need. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isNoValue, type LonLatRaster, valueAt } from '../rules/lon-lat-raster.ts';
import { readRasterFile } from './raster-file.ts';
import type { RasterKind } from './raster-refusal.ts';

const [COLS, ROWS] = [61, 43];
let folder: string;
const file = (name: string): string => join(folder, name);
const gdal = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const translate = (from: string, to: string, ...args: string[]): string => {
  gdal('gdal_translate', '-q', ...args, from, to);
  return file(to);
};
const read = (name: string, kind: RasterKind = 'terrain', ground: [number, number, number, number] | null = null) =>
  readRasterFile(file(name), { kind, ground });
const height = (column: number, row: number): number => ((column * 37 + row * row * 11) % 1700) - 60;
/** Posts without a value in the made file. */
const isVoid = (column: number, row: number): boolean => (column + 3 * row) % 97 === 5;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'phusong-geotiff-'));
  const rows = Array.from({ length: ROWS }, (_, row) =>
    Array.from({ length: COLS }, (_, column) => (isVoid(column, row) ? -9999 : height(column, row))).join(' '),
  );
  const head = `ncols ${COLS}\nnrows ${ROWS}\nxllcorner 105.1\nyllcorner 21.2\ncellsize 0.0025\nNODATA_value -9999\n`;
  writeFileSync(file('made.asc'), `${head}${rows.join('\n')}\n`);
  translate('made.asc', 'made.tif', '-a_srs', 'EPSG:4326', '-ot', 'Int16');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every pixel of a file as GDAL reads it: longitude and latitude of its centre, and its value. */
const pixelsOf = (name: string): [number, number, number][] => {
  translate(name, 'out.xyz', '-of', 'XYZ');
  const lines = readFileSync(file('out.xyz'), 'utf8').trim().split('\n');
  return lines.map((line) => line.split(' ').map(Number) as [number, number, number]);
};

/** Compares all of a raster with GDAL; gives how many values were equal and how many places had none. */
function compare(raster: LonLatRaster, name: string, nodata: number): { equal: number; none: number } {
  let [equal, none] = [0, 0];
  for (const [lon, lat, value] of pixelsOf(name)) {
    const column = (lon - raster.west) / raster.step_lon;
    const row = (raster.north - lat) / raster.step_lat;
    expect(Math.abs(column - Math.round(column))).toBeLessThan(1e-5);
    expect(Math.abs(row - Math.round(row))).toBeLessThan(1e-5);
    const ours = raster.values[Math.round(row) * raster.cols + Math.round(column)] ?? Number.NaN;
    if (value === nodata) {
      expect(isNoValue(ours)).toBe(true);
      none++;
    } else {
      expect(ours).toBeCloseTo(value, 4);
      equal++;
    }
  }
  return { equal, none };
}

const co = (...options: string[]): string[] => options.flatMap((option) => ['-co', option]);

describe('heights are those that GDAL reads', () => {
  it.each<[string, string[]]>([
    ['plain', []],
    ['deflate', co('COMPRESS=DEFLATE')],
    ['deflate, predictor, tiles', co('COMPRESS=DEFLATE', 'PREDICTOR=2', 'TILED=YES', 'BLOCKXSIZE=32', 'BLOCKYSIZE=16')],
    ['LZW in one strip', co('COMPRESS=LZW', `BLOCKYSIZE=${ROWS}`)],
    ['LZW, predictor', co('COMPRESS=LZW', 'PREDICTOR=2')],
    ['PackBits, big-endian', co('COMPRESS=PACKBITS', 'ENDIANNESS=BIG')],
    ['big-endian, one row a block', co('ENDIANNESS=BIG', 'BLOCKYSIZE=1')],
    ['BigTIFF', co('BIGTIFF=YES', 'COMPRESS=LZW', 'TILED=YES')],
    ['float32, predictor of fractions', [...co('COMPRESS=DEFLATE', 'PREDICTOR=3'), '-ot', 'Float32']],
    ['float64', ['-ot', 'Float64']],
    ['int32', ['-ot', 'Int32']],
    ['pixels that are points', ['-mo', 'AREA_OR_POINT=Point']],
  ])('%s', async (_what, options) => {
    translate('made.tif', 'other.tif', ...options);
    const { raster } = await read('other.tif');
    expect(raster).toMatchObject({ cols: COLS, rows: ROWS, impossible: 0 });
    const { equal, none } = compare(raster, 'other.tif', -9999);
    expect(equal).toBeGreaterThan(2500);
    expect(raster.voids).toBe(none);
    expect(none).toBe(
      Array.from({ length: COLS * ROWS }, (_, i) => isVoid(i % COLS, Math.floor(i / COLS))).filter(Boolean).length,
    );
  });

  it('also between the pixels, as its bilinear resampling gives them', async () => {
    const { raster } = await read('made.tif');
    // A strict interpolation of four known neighbours: places half-way between two columns.
    gdal(
      'gdalwarp',
      '-q',
      '-overwrite',
      '-r',
      'bilinear',
      '-te',
      '105.10125',
      '21.2',
      '105.25125',
      '21.3075',
      '-tr',
      '0.0025',
      '0.0025',
      'made.tif',
      'half.tif',
    );
    let compared = 0;
    for (const [lon, lat, value] of pixelsOf('half.tif')) {
      const [column, row] = [(lon - raster.west) / raster.step_lon, (raster.north - lat) / raster.step_lat];
      const around = [Math.floor(column), Math.ceil(column)].map(
        (c) => raster.values[Math.round(row) * COLS + c] ?? Number.NaN,
      );
      if (around.some(isNoValue)) continue;
      // GDAL rounds to whole metres here.
      expect(Math.abs(valueAt(raster, row, column) - value)).toBeLessThanOrEqual(0.5001);
      compared++;
    }
    expect(compared).toBeGreaterThan(2000);
  });
});

describe('registration', () => {
  it('of pixels that are areas is by their corner, of points by their centre', async () => {
    translate('made.tif', 'point.tif', '-mo', 'AREA_OR_POINT=Point');
    expect(gdal('gdalinfo', 'point.tif')).toContain('AREA_OR_POINT=Point');
    expect(gdal('gdalinfo', 'made.tif')).toContain('AREA_OR_POINT=Area');
    for (const name of ['made.tif', 'point.tif']) {
      const { raster } = await read(name);
      expect(raster.west).toBeCloseTo(105.10125, 9);
      expect(raster.north).toBeCloseTo(21.2 + ROWS * 0.0025 - 0.00125, 9);
      expect(raster.values[1]).toBe(height(1, 0));
    }
  });
});

describe('values that cannot be', () => {
  it('are counted and taken as none; people are not negative', async () => {
    writeFileSync(
      file('odd.asc'),
      'ncols 3\nnrows 2\nxllcorner 105\nyllcorner 21\ncellsize 0.01\nNODATA_value -9999\n1 20000 -9999\n-3 -600 9000\n',
    );
    translate('odd.asc', 'odd.tif', '-a_srs', 'EPSG:4326', '-ot', 'Float32');
    const heights = (await read('odd.tif')).raster;
    expect(heights).toMatchObject({ voids: 1, impossible: 2, lowest: -3, highest: 9000 });
    const people = (await read('odd.tif', 'population')).raster;
    expect(people).toMatchObject({ voids: 1, impossible: 2, lowest: 1, highest: 20_000 });
  });
});

describe('refused', () => {
  it.each<[string, string[], string, string]>([
    ['another system', ['-a_srs', 'EPSG:32648'], 'wrong_crs', 'is in EPSG:32648 (WGS 84 / UTM zone 48N)'],
    ['VN-2000 in degrees', ['-a_srs', 'EPSG:4756'], 'wrong_crs', 'is in EPSG:4756 (VN-2000)'],
    ['two bands', ['-b', '1', '-b', '1'], 'bands', 'has 2 bands'],
    ['scaled values', ['-a_scale', '0.1'], 'scaled', 'gdal_translate -unscale'],
    ['south up', ['-a_ullr', '105', '21', '106', '22'], 'not_north_up', 'gdalwarp -t_srs EPSG:4326'],
    ['another packing', co('COMPRESS=ZSTD'), 'compression', 'compression 50000'],
    ['complex numbers', ['-ot', 'CFloat32'], 'sample_type', '64 bits'],
    ['posts far apart', ['-a_ullr', '100', '25', '110', '20'], 'too_coarse', '0.05°'],
    ['places that are none', ['-a_ullr', '185', '21.3', '185.1', '21.2'], 'outside', 'no longitudes and latitudes'],
  ])('%s', async (_what, options, code, words) => {
    translate('made.tif', 'bad.tif', ...options);
    await expect(read('bad.tif')).rejects.toMatchObject({ name: 'RasterRefusal', code });
    await expect(read('bad.tif')).rejects.toThrow(words);
  });

  it('a file that does not say its system', async () => {
    translate('made.asc', 'bad.tif');
    await expect(read('bad.tif')).rejects.toMatchObject({ code: 'no_crs' });
    await expect(read('bad.tif')).rejects.toThrow('gdal_translate -a_srs EPSG:4326');
  });

  it('a command that the sentence names makes a file that is taken', async () => {
    gdal('gdalwarp', '-q', '-t_srs', 'EPSG:9208', 'made.tif', 'zone.tif');
    const sentence = await read('zone.tif').then(
      () => '',
      (error: Error) => error.message,
    );
    const [, command = ''] = /Turn it with: (.*)$/.exec(sentence) ?? [];
    expect(command).toMatch(/^gdalwarp /);
    const [program = '', ...args] = command.replaceAll('"', '').split(' ');
    gdal(program, ...args);
    const { raster } = await read('zone-wgs84.tif');
    expect(raster.values.length - raster.voids).toBeGreaterThan(1500);
  });

  it.each([
    ['plain', []],
    ['packed', co('COMPRESS=DEFLATE')],
  ])('a file that is cut off: %s', async (_what, options) => {
    const path = translate('made.tif', 'cut.tif', ...options, ...co('BLOCKYSIZE=1'));
    truncateSync(path, Math.round(readFileSync(path).length * 0.6));
    await expect(read('cut.tif')).rejects.toMatchObject({ name: 'RasterRefusal' });
    await expect(read('cut.tif')).rejects.toThrow(/cut off|cannot be read/);
  });

  it('what is no TIFF at all, a folder, and a file that is not there', async () => {
    writeFileSync(file('text.tif'), 'not a raster');
    writeFileSync(file('empty.tif'), '');
    await expect(read('text.tif')).rejects.toMatchObject({ code: 'not_a_raster' });
    await expect(read('empty.tif')).rejects.toMatchObject({ code: 'empty' });
    await expect(readRasterFile(folder, { kind: 'terrain', ground: null })).rejects.toMatchObject({
      code: 'not_a_file',
    });
    await expect(read('nowhere.tif')).rejects.toMatchObject({ code: 'not_found' });
  });
});

/** A little-endian TIFF of one strip with the given tags beside those of place and system. */
function tiff(width: number, length: number, strip: Buffer, compression: number): Buffer {
  const [header, count] = [8, 14];
  const after = header + 2 + 12 * count + 4;
  const scale = Buffer.alloc(24);
  [0.001, 0.001, 0].forEach((value, i) => scale.writeDoubleLE(value, 8 * i));
  const tie = Buffer.alloc(48);
  [0, 0, 0, 105, 22, 0].forEach((value, i) => tie.writeDoubleLE(value, 8 * i));
  const keys = Buffer.from(Uint16Array.of(1, 1, 0, 2, 1024, 0, 1, 2, 2048, 0, 1, 4326).buffer);
  const [scaleAt, tieAt, keysAt, stripAt] = [after, after + 24, after + 72, after + 96];
  const tags: [tag: number, type: number, count: number, value: number][] = [
    [256, 4, 1, width],
    [257, 4, 1, length],
    [258, 3, 1, 16],
    [259, 3, 1, compression],
    [262, 3, 1, 1],
    [273, 4, 1, stripAt],
    [277, 3, 1, 1],
    [278, 4, 1, 0xffffffff],
    [279, 4, 1, strip.length],
    [284, 3, 1, 1],
    [339, 3, 1, 2],
    [33550, 12, 3, scaleAt],
    [33922, 12, 6, tieAt],
    [34735, 3, 12, keysAt],
  ];
  const directory = Buffer.alloc(after);
  directory.write('II*\0', 'latin1');
  directory.writeUInt32LE(header, 4);
  directory.writeUInt16LE(count, header);
  tags.forEach(([tag, type, n, value], i) => {
    const at = header + 2 + 12 * i;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type, at + 2);
    directory.writeUInt32LE(n, at + 4);
    directory.writeUInt32LE(value, at + 8);
  });
  return Buffer.concat([directory, scale, tie, keys, strip]);
}

describe('hostile files', () => {
  it('the hand-made file is right when nothing is wrong with it', async () => {
    const values = Buffer.from(Int16Array.from({ length: 20 * 10 }, (_, i) => i).buffer);
    writeFileSync(file('hand.tif'), tiff(20, 10, deflateSync(values), 8));
    const { raster } = await read('hand.tif');
    expect(raster).toMatchObject({ cols: 20, rows: 10, lowest: 0, highest: 199 });
    expect(raster.west).toBeCloseTo(105.0005, 9);
  });

  it('a strip that unpacks to far more than its header tells is refused, not unpacked', async () => {
    const bomb = deflateSync(Buffer.alloc(80_000_000));
    writeFileSync(file('bomb.tif'), tiff(20, 10, bomb, 8));
    const before = process.memoryUsage().arrayBuffers;
    await expect(read('bomb.tif')).rejects.toMatchObject({ code: 'broken_tiff' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  it('a header that tells a raster too large for memory is refused before anything is read', async () => {
    writeFileSync(file('wide.tif'), tiff(30_000, 10, Buffer.alloc(10), 8));
    await expect(read('wide.tif')).rejects.toMatchObject({ code: 'raster_size' });
    writeFileSync(file('block.tif'), tiff(20_000, 20_000, deflateSync(Buffer.alloc(100)), 8));
    await expect(read('block.tif')).rejects.toMatchObject({ code: 'block_size' });
  });

  it('damaged packed bytes are refused', async () => {
    const strip = deflateSync(Buffer.alloc(400, 7));
    strip.fill(0xff, 2);
    writeFileSync(file('damaged.tif'), tiff(20, 10, strip, 8));
    await expect(read('damaged.tif')).rejects.toMatchObject({ code: 'broken_tiff' });
  });

  it('a changed byte at any place of the header never does worse than a refusal', async () => {
    const good = tiff(20, 10, deflateSync(Buffer.alloc(400, 7)), 8);
    for (let at = 0; at < good.length; at += 2) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ 0xff;
      writeFileSync(file('bad.tif'), bad);
      await read('bad.tif').catch((error: Error) => {
        expect(error.name).toBe('RasterRefusal');
        expect(error.message.length).toBeLessThan(400);
      });
    }
  });

  it('counts of the directory that point out of the file are refused before memory is set aside for them', async () => {
    const good = tiff(20, 10, deflateSync(Buffer.alloc(400, 7)), 8);
    // The count of the 13th entry, the tie points.
    good.writeUInt32LE(0x10000000, 8 + 2 + 12 * 12 + 4);
    writeFileSync(file('bad.tif'), good);
    await expect(read('bad.tif')).rejects.toThrow('tag 33922 lies outside the file');
  });
});

describe('a file larger than what is kept', () => {
  it('is cut to the ground asked for, and refused without one', async () => {
    // 7,000 × 5,000 pixels of one value, in 40 kB.
    gdal(
      'gdal_create',
      '-q',
      '-of',
      'GTiff',
      '-outsize',
      '7000',
      '5000',
      '-burn',
      '12',
      '-ot',
      'Int16',
      '-a_srs',
      'EPSG:4326',
      '-a_ullr',
      '102',
      '24',
      '109',
      '19',
      '-co',
      'COMPRESS=DEFLATE',
      '-co',
      'TILED=YES',
      'nation.tif',
    );
    await expect(read('nation.tif')).rejects.toMatchObject({ code: 'raster_size' });
    const { raster, cut_from } = await read('nation.tif', 'terrain', [104.8, 20.5, 105.9, 21.8]);
    expect(cut_from).toEqual([7000, 5000]);
    expect(raster.west).toBeLessThanOrEqual(104.8);
    expect(raster.west).toBeGreaterThan(104.797);
    expect(raster.west + (raster.cols - 1) * raster.step_lon).toBeGreaterThanOrEqual(105.9);
    expect(raster.north).toBeGreaterThanOrEqual(21.8);
    expect(raster.north - (raster.rows - 1) * raster.step_lat).toBeLessThanOrEqual(20.5);
    expect([raster.lowest, raster.highest, raster.voids]).toEqual([12, 12, 0]);
    await expect(read('nation.tif', 'terrain', [10, 40, 11, 41])).rejects.toThrow('near the communes');
  });
});

describe('the wish to stop', () => {
  it('ends the reading with its own reason', async () => {
    const reason = new Error('stop');
    const signal = AbortSignal.abort(reason);
    await expect(readRasterFile(file('made.tif'), { kind: 'terrain', ground: null, signal })).rejects.toBe(reason);
  });
});
