import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { siteFilterParams } from '../../../server/contract/index.ts';
import {
  type ClientFilter,
  certificateStates,
  filterParams,
  mastClasses,
  siteStatuses,
  technologies,
} from './filter.ts';
import { layerGroupIds } from './layer-groups.ts';
import { selectionKinds } from './selection.ts';
import { formatUrlState, initialUrlState, languages, parseUrlState, tabs, type UrlState } from './url-state.ts';

const code = fc.stringMatching(/^[0-9A-Za-z._-]{1,40}$/);
const day = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const text = fc
  .string({ minLength: 1, maxLength: 100, unit: 'grapheme' })
  .map((value) => value.normalize('NFC').trim().slice(0, 100).trim())
  .filter((value) => value !== '');

const filter: fc.Arbitrary<ClientFilter> = fc.record(
  {
    district: code,
    commune: code,
    operator: code,
    technology: fc.constantFrom(...technologies),
    band: fc.integer({ min: 1, max: 100_000 }),
    status: fc.constantFrom(...siteStatuses),
    mast_class: fc.constantFrom(...mastClasses),
    certificate: fc.constantFrom(...certificateStates),
    q: text,
  },
  { requiredKeys: [] },
);
const decimals = (min: number, max: number, digits: number) =>
  fc.integer({ min: Math.ceil(min * 10 ** digits), max: Math.floor(max * 10 ** digits) }).map((n) => n / 10 ** digits);

const state: fc.Arbitrary<UrlState> = fc.record({
  language: fc.constantFrom(...languages),
  at: fc.option(day),
  tab: fc.constantFrom(...tabs),
  filter,
  layers: fc.option(fc.subarray([...layerGroupIds])),
  selection: fc.option(fc.record({ kind: fc.constantFrom(...selectionKinds), id: fc.nat(10 ** 9) })),
  view: fc.option(fc.record({ zoom: decimals(0, 22, 2), lon: decimals(-180, 180, 5), lat: decimals(-85, 85, 5) })),
});

describe('state in the address', () => {
  it('comes back whole from what was written', () => {
    fc.assert(
      fc.property(state, (value) => {
        expect(parseUrlState(formatUrlState(value))).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  it('is empty for the initial state', () => {
    expect(formatUrlState(initialUrlState)).toBe('');
    expect(parseUrlState('')).toEqual(initialUrlState);
  });

  it('keeps a link readable', () => {
    const link = formatUrlState({
      ...initialUrlState,
      tab: 'sites',
      at: '2008-12-31',
      filter: { operator: 'VIETTEL' },
      layers: ['sites', 'communes'],
      selection: { kind: 'site', id: 12 },
      view: { zoom: 9.5, lon: 105.25, lat: 21.3 },
    });
    expect(link).toBe(
      '?tab=sites&at=2008-12-31&operator=VIETTEL&layers=sites,communes&sel=site:12&view=9.5/105.25/21.3',
    );
  });

  it.each([
    ['?at=2008-02-30', initialUrlState],
    ['?at=yesterday&tab=nowhere&lang=fr', initialUrlState],
    ['?technology=6G&status=lost&band=-4&district=%3Cscript%3E', initialUrlState],
    ['?sel=planet:3&view=99/0/0', initialUrlState],
    ['?layers=none', { ...initialUrlState, layers: [] }],
  ])('reads %s without what cannot be meant', (search, expected) => {
    expect(parseUrlState(search)).toEqual(expected);
  });
});

describe('parameters of the filter', () => {
  it('are the contract’s, in its order, so that every answer and cache sees one text', () => {
    fc.assert(
      fc.property(filter, day, (value, at) => {
        expect(filterParams(value, at).toString()).toBe(siteFilterParams({ ...value, at }).toString());
      }),
    );
  });
});
