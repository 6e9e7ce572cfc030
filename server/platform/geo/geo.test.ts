import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LonLat } from './index.ts';
import {
  decideNumberStyle,
  decidePairContext,
  formatDms,
  hemisphereLanguage,
  isInBounds,
  missingDatumShift,
  parseAngle,
  parsePair,
  parseStyledNumber,
  positionFlag,
  projectToVn2000,
  proposeSwap,
  readPair,
  VIETNAM_BOUNDS,
  vn2000Candidates,
} from './index.ts';

const near = (value: number, digits = 8) => expect.closeTo(value, digits) as number;
const inVietnam = (at: LonLat) => isInBounds(at, VIETNAM_BOUNDS);
const nearVietTri = (at: LonLat) => isInBounds(at, [105.35, 21.28, 105.45, 21.36]);

describe('angles', () => {
  it.each([
    ['21°19\'30"N', 21.325, 'lat'],
    ['21°12′33″B', 21 + 12 / 60 + 33 / 3600, 'lat'],
    ['105°11′17″Đ', 105 + 11 / 60 + 17 / 3600, 'lon'],
    ['105°11’17,5”Đ', 105 + 11 / 60 + 17.5 / 3600, 'lon'],
    ['105E3844', 105 + 38 / 60 + 44 / 3600, 'lon'],
    ['21N2746', 21 + 27 / 60 + 46 / 3600, 'lat'],
    ['N 21 19 30', 21.325, 'lat'],
    ['21:19:30', 21.325, null],
    ['21 độ'.replace(' độ', '°'), 21, null],
    ['105,34808', 105.34808, null],
    ['-21.5', -21.5, null],
    ['10.5 S', -10.5, 'lat'],
    ['10°30′ Nam', -10.5, 'lat'],
    ['105.5 T', -105.5, 'lon'],
    ['105° 12.5′ E', 105 + 12.5 / 60, 'lon'],
  ] as const)('%s', (text, degrees, axis) => {
    expect(parseAngle(text)).toEqual({ ok: true, degrees: near(degrees), axis });
  });

  it.each([
    ['', 'not_an_angle'],
    ['abc', 'not_an_angle'],
    ['-10 S', 'not_an_angle'],
    ['21°75′00″B', 'minutes_or_seconds_out_of_range'],
    ['21°00′60″B', 'minutes_or_seconds_out_of_range'],
    ['105°11′17″B', 'out_of_range'],
    ['567440.3', 'out_of_range'],
  ] as const)('%s is refused: %s', (text, problem) => {
    expect(parseAngle(text)).toEqual({ ok: false, problem });
  });

  it('asks when N stands beside Vietnamese letters, and reads it as north beside E', () => {
    expect(hemisphereLanguage(['21°12′33″N', '105°11′17″Đ'])).toBe('mixed');
    expect(parseAngle('21°12′33″N', { language: 'mixed' })).toEqual({ ok: false, problem: 'ambiguous_hemisphere' });
    expect(hemisphereLanguage(['21°12′33″N', '105°11′17″E'])).toBe('en');
    expect(parseAngle('10°30′N', { language: 'vi' })).toEqual({ ok: true, degrees: -10.5, axis: 'lat' });
  });
});

describe('degrees, minutes, seconds', () => {
  it('are written in both languages, rounded once', () => {
    expect(formatDms(21.325, 'lat')).toBe('21°19′30.00″B');
    expect(formatDms(105.1880556, 'lon', { language: 'en', decimals: 0 })).toBe('105°11′17″E');
    expect(formatDms(20.9999999, 'lat', { decimals: 1 })).toBe('21°00′00.0″B');
    expect(formatDms(-10.5, 'lat', { decimals: 0 })).toBe('10°30′00″N');
  });

  it('are read back to the second decimal of a second', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 90, noNaN: true }),
        fc.constantFrom('vi' as const, 'en' as const),
        (lat, language) => {
          const reading = parseAngle(formatDms(lat, 'lat', { language }), { language });
          expect(reading.ok && Math.abs(reading.degrees - lat) <= 0.0051 / 3600).toBe(true);
        },
      ),
    );
  });
});

describe('numbers of a column', () => {
  it('take the style that one clear value settles', () => {
    const style = decideNumberStyle(['567.440', '2.358.740']);
    expect(style).toEqual({ decimal: ',', thousands: '.', certain: true });
    expect(parseStyledNumber('567.440', style)).toBe(567_440);
    expect(parseStyledNumber('2.358.740,13', style)).toBe(2_358_740.13);
    expect(parseStyledNumber('2 358 740', style)).toBe(2_358_740);
  });

  it('say when nothing settles it, or values contradict each other', () => {
    expect(decideNumberStyle(['2.358'])).toEqual({ decimal: '.', thousands: null, certain: false });
    expect(decideNumberStyle(['1.234.567', '1,234,567'])).toMatchObject({ certain: false });
    expect(decideNumberStyle(['12', '7'])).toEqual({ decimal: '.', thousands: null, certain: true });
  });

  it('refuse wrong groups and letters', () => {
    const style = decideNumberStyle(['105.34808']);
    expect(style).toEqual({ decimal: '.', thousands: null, certain: true });
    for (const text of ['', 'nt', '-', '1,23', '12a', '1.2.3'])
      expect([text, parseStyledNumber(text, style)]).toEqual([text, null]);
  });
});

describe('pairs', () => {
  it.each([
    ['105,34808/22,62924', 105.34808, 22.62924, 'range'],
    ['21.322, 105.402', 105.402, 21.322, 'range'],
    ['17.47, 106.6', 106.6, 17.47, 'range'],
    ['21.322,105.402', 105.402, 21.322, 'range'],
    ['21°12′33″B 105°11′17″Đ', 105 + 11 / 60 + 17 / 3600, 21 + 12 / 60 + 33 / 3600, 'letters'],
    ['105E3844/21N2746', 105 + 38 / 60 + 44 / 3600, 21 + 27 / 60 + 46 / 3600, 'letters'],
    ['(105.402 21.322)', 105.402, 21.322, 'range'],
    ['21 12 33 B, 105 11 17 Đ', 105 + 11 / 60 + 17 / 3600, 21 + 12 / 60 + 33 / 3600, 'letters'],
  ] as const)('%s', (text, lon, lat, order) => {
    expect(parsePair(text)).toEqual({ ok: true, unit: 'degree', lon: near(lon), lat: near(lat), order });
  });

  it('in metres keep the order written', () => {
    expect(parsePair('2.358.740;567.440')).toEqual({ ok: true, unit: 'metre', first_m: 2_358_740, second_m: 567_440 });
  });

  it('that cannot be told are refused', () => {
    expect(parsePair('21.3')).toEqual({ ok: false, problem: 'not_a_pair' });
    expect(parsePair('12.5, 21.3')).toEqual({ ok: false, problem: 'ambiguous_order' });
    expect(parsePair('21°12′33″N 105°11′17″Đ')).toEqual({ ok: false, problem: 'ambiguous_hemisphere' });
    expect(parsePair('120.5, 105.3')).toEqual({ ok: false, problem: 'ambiguous_order' });
  });

  it('follow the headers of their columns', () => {
    const context = decidePairContext(['21.3', '12.5']);
    expect(readPair('21.3', '12.5', context, 'lat')).toEqual({
      ok: true,
      unit: 'degree',
      lon: 12.5,
      lat: 21.3,
      order: 'written',
    });
    expect(readPair('120.3', '12.5', context, 'lat')).toEqual({ ok: false, problem: 'out_of_range' });
  });
});

describe('position checks', () => {
  it('propose a swap only when it helps', () => {
    expect(proposeSwap({ lon: 21.322, lat: 105.402 }, inVietnam)).toEqual({ lon: 105.402, lat: 21.322 });
    expect(proposeSwap({ lon: 105.402, lat: 21.322 }, inVietnam)).toBeNull();
    expect(proposeSwap({ lon: 0, lat: 0 }, inVietnam)).toBeNull();
  });

  it('find the one zone and order that land in the commune', () => {
    const at = projectToVn2000(105.402, 21.322, 9208);
    const found = vn2000Candidates(at.northing_m, at.easting_m, nearVietTri);
    expect(found).toEqual([{ srid: 9208, order: 'yx', lon: near(105.402, 7), lat: near(21.322, 7) }]);
    expect(vn2000Candidates(at.easting_m, at.northing_m, inVietnam).length).toBeGreaterThan(1);
    expect(vn2000Candidates(1, 1, nearVietTri)).toEqual([]);
  });

  it('know the 224 m of a missing datum shift', () => {
    const shift = missingDatumShift({ lon: 105.402, lat: 21.322 }, 9208);
    expect(Math.hypot(shift.east_m, shift.north_m)).toBeGreaterThan(223);
    expect(Math.hypot(shift.east_m, shift.north_m)).toBeLessThan(225);
  });

  it('flag (0,0), rounded coordinates and commune centres', () => {
    expect(positionFlag({ lon: 0, lat: 0 })).toBe('null_island');
    expect(positionFlag({ lon: 105.4, lat: 21.32 })).toBe('rounded');
    expect(positionFlag({ lon: 105.40319, lat: 21.33704 }, [{ lon: 105.40319, lat: 21.33704 }])).toBe(
      'commune_centroid',
    );
    expect(positionFlag({ lon: 105.40211, lat: 21.33704 }, [{ lon: 105.40319, lat: 21.33704 }])).toBeNull();
  });
});
