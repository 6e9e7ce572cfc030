import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { siteFilterParams } from '../../../server/contract/index.ts';
import { broadcastServices } from './broadcast-service.ts';
import {
  coveragePaints,
  coverageRules,
  coverageSections,
  disagreementKinds,
  spotKinds,
  unionScopes,
} from './coverage-choice.ts';
import {
  type ClientFilter,
  certificateStates,
  filterParams,
  mastClasses,
  siteStatuses,
  technologies,
} from './filter.ts';
import { layerGroupIds } from './layer-groups.ts';
import {
  mostCorners,
  type NetworkChoice,
  networkSections,
  placeStatuses,
  planDeployments,
  planGoals,
  planWays,
} from './network-choice.ts';
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

const coverage: fc.Arbitrary<UrlState['coverage']> = fc.record({
  rule: fc.constantFrom(...coverageRules),
  paint: fc.constantFrom(...coveragePaints),
  scope: fc.constantFrom(...unionScopes),
  section: fc.constantFrom(...coverageSections),
  spots: fc.constantFrom(...spotKinds),
  disagreement: fc.option(fc.constantFrom(...disagreementKinds)),
  evidence: fc.option(fc.record({ operator: code, technology: fc.constantFrom(...technologies) })),
  minPeople: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
  minAreaKm2: fc.option(decimals(0.001, 1_000, 3)),
});

const network: fc.Arbitrary<NetworkChoice> = fc.record({
  net: code,
  part: fc.constantFrom(...networkSections),
  reach: fc.option(fc.constantFrom(...placeStatuses)),
  place: fc.option(fc.nat(10 ** 9)),
  cut: fc.array(fc.nat(10 ** 9), { maxLength: 5 }),
  // What fails is a set: gathering a part again takes it out, and a link that names it twice is read as naming it once.
  failed: fc.uniqueArray(
    fc.oneof(
      fc.record({ kind: fc.constantFrom('span', 'node'), id: fc.nat(10 ** 9).map(String) }),
      fc.record({ kind: fc.constant('group'), id: fc.string({ minLength: 1, maxLength: 30 }) }),
    ),
    { maxLength: 5, selector: ({ kind, id }) => `${kind} ${id}` },
  ),
  area: fc.array(fc.tuple(decimals(-180, 180, 5), decimals(-85, 85, 5)), { maxLength: mostCorners }),
  rates: fc.record({
    duct: fc.option(decimals(0, 1_000, 2)),
    buried: fc.option(decimals(0, 1_000, 2)),
    aerial: fc.option(decimals(0, 1_000, 2)),
    mttr: fc.option(decimals(1, 100, 1)),
  }),
  plan: fc.option(
    fc.record({
      goal: fc.constantFrom(...planGoals),
      along: fc.constantFrom(...planWays),
      deployment: fc.constantFrom(...planDeployments),
      maxHopM: fc.option(fc.integer({ min: 100, max: 200_000 })),
      costPerM: fc.option(decimals(0.01, 1_000, 2)),
    }),
  ),
  toleranceM: fc.option(decimals(1, 200, 2)),
});

const state: fc.Arbitrary<UrlState> = fc.record({
  language: fc.constantFrom(...languages),
  at: fc.option(day),
  tab: fc.constantFrom(...tabs),
  filter,
  coverage,
  network,
  service: fc.constantFrom(...broadcastServices),
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

  it('keeps what of coverage is looked at in words', () => {
    expect(
      formatUrlState({
        ...initialUrlState,
        tab: 'coverage',
        coverage: {
          ...initialUrlState.coverage,
          rule: 'area',
          scope: 'at_least_two',
          section: 'disagreements',
          evidence: { operator: 'VIETTEL', technology: '4G' },
          minPeople: 200,
        },
      }),
    ).toBe('?tab=coverage&rule=area&scope=at_least_two&section=disagreements&evidence=VIETTEL/4G&min_people=200');
  });

  it.each([
    ['?at=2008-02-30', initialUrlState],
    ['?at=yesterday&tab=nowhere&lang=fr', initialUrlState],
    ['?technology=6G&status=lost&band=-4&district=%3Cscript%3E', initialUrlState],
    ['?sel=planet:3&view=99/0/0', initialUrlState],
    ['?rule=luck&scope=operator&evidence=VIETTEL/6G&min_people=0&min_area_km2=-1', initialUrlState],
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
