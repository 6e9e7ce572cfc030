import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlannedChange } from '../../../../contract/index.ts';
import { coverageTotals } from '../../rules/commune-figures.ts';
import { deltaOf, reachedOf, statusWarnings } from '../answers.ts';
import type { CommuneChange, PlanningInventory, WhatIfAnswer } from '../planning-types.ts';
import { resolveChanges } from '../rules/planned-cells.ts';
import { doubtfulProvince, OPERATORS, smallProvince } from '../testing/small-province.ts';
import { PlanningState } from './planning-state.ts';
import { whatIf } from './what-if.ts';

type Good = Extract<WhatIfAnswer, { problems: null }>;
const provinces = [1, 2].map((seed) => new PlanningState(smallProvince(seed)));
const flat = new PlanningState(smallProvince(3, { terrain: false }));
const states = [...provinces, flat];

function ask(state: PlanningState, operator_id: number | null, changes: readonly PlannedChange[]): Good {
  const answer = whatIf(state, { operator_id, technology: '4G', changes, area: false });
  if (answer.problems) throw new Error(JSON.stringify(answer.problems));
  return answer;
}

const named = [0, 1, 2, 3].map((i) => ({ id: 100 + i, code: `c${i}`, name: `Commune c${i}` }));
const after = (communes: readonly CommuneChange[]) =>
  communes.map((one) => [one.commune, one.status_after, one.people_after, one.area_after_km2]);

const change: fc.Arbitrary<PlannedChange> = fc.oneof(
  fc.record({
    kind: fc.constant('add' as const),
    lon: fc.integer({ min: 0, max: 100 }).map((i) => 104.9 + i / 1_000),
    lat: fc.integer({ min: 0, max: 100 }).map((i) => 21 + i / 1_000),
    eirp_dbm: fc.integer({ min: 8, max: 20 }),
  }),
  fc.record({
    kind: fc.constant('add' as const),
    site_id: fc.integer({ min: 1, max: 8 }),
    eirp_dbm: fc.constant(16),
  }),
  fc.record({
    kind: fc.constant('move' as const),
    site_id: fc.integer({ min: 1, max: 8 }),
    lon: fc.integer({ min: 0, max: 100 }).map((i) => 104.9 + i / 1_000),
    lat: fc.constant(21.05),
  }),
  fc.record({
    kind: fc.constant('raise' as const),
    site_id: fc.integer({ min: 1, max: 8 }),
    antenna_height_m: fc.integer({ min: 5, max: 80 }),
  }),
  fc.record({ kind: fc.constantFrom('remove' as const, 'off' as const), site_id: fc.integer({ min: 1, max: 8 }) }),
);
/** By number: a counterexample then names a province instead of printing it. */
const province = fc.constantFrom(...states.keys());
const subject = fc.constantFrom(...OPERATORS, null);

/** The inventory as it would be after the changes. */
function changed(
  state: PlanningState,
  operator_id: number | null,
  changes: readonly PlannedChange[],
): PlanningInventory {
  const { removed, added } = resolveChanges({ operator_id, technology: '4G', changes }, state.planning);
  const gone = new Set(removed.map(({ cell_id }) => cell_id));
  const { cells, operators } = state.inventory;
  const left = cells.filter(({ cell_id }) => !gone.has(cell_id));
  const planned = added.map((cell, i) => (cell.cell_id < 0 ? { ...cell, cell_id: 1_000 + i } : cell));
  // What is planned for nobody in particular is an operator like any other once it is built.
  return {
    ...state.inventory,
    cells: [...left, ...planned],
    operators: [...operators, { operator_id: 0, code: 'NEW' }],
  };
}

describe('a what-if', () => {
  it('says what computing the changed inventory from nothing says, for one operator and for any', () => {
    fc.assert(
      fc.property(
        province,
        subject,
        fc.array(change, { minLength: 1, maxLength: 4 }),
        (number, operator_id, changes) => {
          const state = states[number] as PlanningState;
          const possible = changes.filter((one) => {
            const { problems } = resolveChanges({ operator_id, technology: '4G', changes: [one] }, state.planning);
            return problems.length === 0;
          });
          const { communes } = ask(state, operator_id, possible);
          const built = new PlanningState(changed(state, operator_id, possible));
          const { figures } = built.before({ operator_id, technology: '4G' });
          expect(after(communes)).toEqual(
            figures.map(({ commune, status, people_covered, area_covered_km2 }) => [
              commune,
              status,
              people_covered,
              area_covered_km2,
            ]),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  describe('where a doubtful site might reach', () => {
    const state = new PlanningState(doubtfulProvince());
    const off: PlannedChange = { kind: 'off', site_id: 1 };
    const statuses = (communes: readonly CommuneChange[]) =>
      communes.map(({ status_before, status_after }) => [status_before, status_after]);

    it('makes a commune unknown, as computing again does: it leaves the sums of after and is no loss', () => {
      const { communes } = ask(state, 1, [off]);
      expect(statuses(communes)[0]).toEqual(['covered', 'unknown']);
      expect(communes[0]).toMatchObject({ population: 3_000, people_after: null, area_after_km2: null });
      const again = new PlanningState(changed(state, 1, [off])).before({ operator_id: 1, technology: '4G' });
      const { people_covered, population, area_covered_km2, area_km2 } = coverageTotals(again.figures);
      expect(reachedOf(communes, 'after')).toEqual({ people_covered, population, area_covered_km2, area_km2 });
      expect(reachedOf(communes, 'before').population - population).toBeGreaterThanOrEqual(3_000);
      const [, ...others] = communes;
      expect(deltaOf(communes)).toEqual(deltaOf(others));
      expect(deltaOf(communes).people).toBeLessThan(0);
      expect(statusWarnings(communes, named).map(({ en }) => en)[0]).toMatch(
        /^Become unknown: Commune c0 \(c0\), people covered for certain 3,000 → 0\. /,
      );
    });

    it('makes it known where enough is covered for certain, or where the doubtful site goes', () => {
      const without = new PlanningState(changed(state, 1, [off]));
      const { lon = 0, lat = 0 } = state.planning.siteOf(1) ?? {};
      const add: PlannedChange = { kind: 'add', lon, lat, antenna_height_m: 40, band_mhz: 1800, eirp_dbm: 33 };
      const { communes } = ask(without, 1, [{ ...add, azimuths_deg: [] }]);
      expect(statuses(communes)[0]).toEqual(['unknown', 'covered']);
      expect(statusWarnings(communes, named).map(({ vi }) => vi)[0]).toMatch(
        /^Trở thành đã rõ: Commune c0 \(c0\), chắc chắn được phủ 0 → 3\.000 người\. /,
      );
      const little: PlannedChange = { ...add, azimuths_deg: [], eirp_dbm: 8 };
      const still = ask(without, 1, [little]).communes;
      expect(statuses(still)[0]).toEqual(['unknown', 'unknown']);
      expect(deltaOf(still).people).toBe(0);
      expect(statusWarnings(still, named).map(({ en }) => en)[0]).toMatch(
        /^Not in the change, since .*: Commune c0 \(c0\), people covered for certain 0 → [1-9][\d,]*\.$/,
      );
      const gone = ask(without, 1, [{ kind: 'remove', site_id: 2 }]).communes;
      expect(statuses(gone)[0]).toEqual(['unknown', 'uncovered']);
      expect(deltaOf(gone)).toEqual({ people: 0, area_km2: 0 });
    });
  });

  const unchanged = (state: PlanningState, operator_id: number | null, changes: readonly PlannedChange[]): void => {
    for (const one of ask(state, operator_id, changes).communes) {
      expect([one.people_after, one.area_after_km2]).toEqual([one.people_before, one.area_before_km2]);
    }
  };
  const site = fc.integer({ min: 1, max: 7 });

  it('of adding at a site where nobody is and leaving it again is nothing', () => {
    fc.assert(
      fc.property(province, site, (number, site_id) => {
        const state = states[number] as PlanningState;
        const absent = OPERATORS.filter((id) => !state.planning.siteOf(site_id)?.operator_ids.includes(id));
        for (const operator_id of absent)
          unchanged(state, operator_id, [
            { kind: 'add', site_id },
            { kind: 'remove', site_id },
          ]);
      }),
      { numRuns: 20 },
    );
  });

  it('of moving there and back is nothing', () => {
    fc.assert(
      fc.property(province, site, subject, (number, site_id, operator_id) => {
        const state = states[number] as PlanningState;
        const { lon = 0, lat = 0, operator_ids = [] } = state.planning.siteOf(site_id) ?? {};
        if (operator_id !== null && !operator_ids.includes(operator_id)) return;
        unchanged(state, operator_id, [
          { kind: 'move', site_id, lon: 104.93, lat: 21.07 },
          { kind: 'move', site_id, lon, lat },
        ]);
      }),
      { numRuns: 20 },
    );
  });

  it('of switching off is that of leaving, and of two identical additions that of one', () => {
    fc.assert(
      fc.property(province, site, (number, site_id) => {
        const state = states[number] as PlanningState;
        const [operator_id = null] = state.planning.siteOf(site_id)?.operator_ids ?? [];
        const [off, removed] = (['off', 'remove'] as const).map((kind) => ask(state, operator_id, [{ kind, site_id }]));
        expect(off?.communes).toEqual(removed?.communes);
        const add: PlannedChange = { kind: 'add', lon: 104.95, lat: 21.02, eirp_dbm: 18 };
        expect(ask(state, operator_id, [add, add]).communes).toEqual(ask(state, operator_id, [add]).communes);
      }),
      { numRuns: 15 },
    );
  });

  it('of adding loses nobody, of leaving gains nobody, and one of them changes something', () => {
    let differs = false;
    for (const state of states) {
      for (const site_id of [1, 2, 3, 4]) {
        const [operator_id = null] = state.planning.siteOf(site_id)?.operator_ids ?? [];
        for (const one of ask(state, operator_id, [{ kind: 'remove', site_id }]).communes) {
          if (one.people_after === null) continue;
          expect(one.people_after).toBeLessThanOrEqual(one.people_before ?? 0);
          differs ||= one.people_after < (one.people_before ?? 0);
        }
        for (const one of ask(state, operator_id, [{ kind: 'add', lon: 104.93, lat: 21.03 }]).communes)
          expect(one.people_after ?? 0).toBeGreaterThanOrEqual(one.people_before ?? 0);
      }
    }
    expect(differs).toBe(true);
  });

  it('tells what each addition is computed with, given or default, by its place among the changes', () => {
    const { parameters } = flat.inventory;
    const { mast_height_m } = flat.planning.siteOf(1) ?? {};
    const default_m = parameters.antenna_height_default_m;
    const defaults = {
      antenna_height_m: default_m,
      band_mhz: parameters.band_default_mhz['4G'],
      eirp_dbm: parameters.eirp_default_dbm['4G'],
      azimuths_deg: [0, 120, 240],
    };
    const given = { antenna_height_m: 21, band_mhz: 700, eirp_dbm: 12.5, azimuths_deg: [] };
    const { taken } = ask(flat, 1, [
      { kind: 'add', lon: 104.95, lat: 21.03 },
      { kind: 'raise', site_id: 1, antenna_height_m: 60 },
      { kind: 'add', lon: 104.95, lat: 21.03, ...given },
      { kind: 'add', site_id: 1 },
    ]);
    expect(taken).toEqual([
      { change_no: 1, ...defaults },
      { change_no: 3, ...given },
      { change_no: 4, ...defaults, antenna_height_m: mast_height_m ?? default_m },
    ]);
  });

  it('says where the ground is not known, if it is known elsewhere', () => {
    const [state] = provinces as [PlanningState];
    const { terrain } = state.levelGround;
    const hole = [(terrain?.origin_e_m ?? 0) + 560 * 50, (terrain?.origin_n_m ?? 0) + 590 * 50] as const;
    const [lon, lat] = state.projector.inverse(...hole);
    const changes: PlannedChange[] = [
      { kind: 'add', lon: 104.95, lat: 21.03 },
      { kind: 'add', lon, lat },
    ];
    const said = (of: PlanningState) => ask(of, 1, changes).warnings.map(({ en }) => en);
    expect(said(state).filter((warning) => warning.includes('ground'))).toEqual([
      'Change 2: the height of the ground there is not known; what it covers may be overstated.',
    ]);
    expect(said(flat).filter((warning) => warning.includes('ground'))).toEqual([]);
  });

  it('says of how much of its reach the ground is not known, from a quarter on', () => {
    const inventory = smallProvince(3, { sites: 4 });
    const { terrain } = inventory;
    if (!terrain) throw new Error('no terrain');
    const add: PlannedChange = { kind: 'add', lon: 104.95, lat: 21.05 };
    const [east_m] = new PlanningState(inventory).projector.forward(104.95, 21.05);
    /** Warnings where heights end some metres west of the site. */
    const endingAt = (metres: number): string[] => {
      const heights_m = terrain.heights_m.map((height, post) =>
        terrain.origin_e_m + (post % terrain.cols) * terrain.step_m < east_m - metres ? Number.NaN : height,
      );
      const part = new PlanningState({ ...inventory, terrain: { ...terrain, heights_m } });
      return ask(part, 1, [add]).warnings.flatMap(({ en }) => (en.includes('of the ground') ? [en] : []));
    };
    // Less than half of the circle is without: the site stands 600 m inside.
    const [said = '', ...more] = endingAt(600);
    expect(more).toEqual([]);
    const share = Number(/not known for (\d+) % of the area in reach/.exec(said)?.[1]);
    expect(share).toBeGreaterThan(25);
    expect(share).toBeLessThan(50);
    expect(endingAt(20_000)).toEqual([]);
    expect(endingAt(-100)).toEqual([
      'Change 1: the height of the ground there is not known; what it covers may be overstated.',
    ]);
  });

  it('says what it refuses, and where', () => {
    const problems = (one: PlannedChange, operator_id: number | null = 1): unknown =>
      whatIf(flat, { operator_id, technology: '4G', changes: [one], area: false }).problems;
    const pointers = (one: PlannedChange): unknown =>
      (problems(one) as { pointer: string }[] | null)?.map(({ pointer }) => pointer);
    expect(pointers({ kind: 'remove', site_id: 999 })).toEqual(['/changes/0/site_id']);
    expect(pointers({ kind: 'remove', site_id: 2 })).toEqual(['/changes/0/site_id']);
    expect(pointers({ kind: 'add' })).toEqual(['/changes/0/lon']);
    expect(pointers({ kind: 'add', lon: 104.95 })).toEqual(['/changes/0/lat']);
    expect(pointers({ kind: 'add', lon: 106.5, lat: 21 })).toEqual(['/changes/0/lon', '/changes/0/lat']);
    expect(pointers({ kind: 'move', site_id: 1, lon: 0, lat: 0 })).toEqual(['/changes/0/lon', '/changes/0/lat']);
    expect(pointers({ kind: 'add', lon: 104.95, lat: 21.05, band_mhz: 5 })).toEqual(['/changes/0/band_mhz']);
    expect(problems({ kind: 'remove', site_id: 2 }, 2)).toBeNull();
  });

  it('draws what is gained and lost', () => {
    const changes: PlannedChange[] = [
      { kind: 'remove', site_id: 1 },
      { kind: 'add', lon: 104.99, lat: 21.09, eirp_dbm: 20 },
    ];
    const answer = whatIf(flat, { operator_id: 1, technology: '4G', changes, area: true });
    if (answer.problems) throw new Error('refused');
    expect(answer.gained?.coordinates.length).toBeGreaterThan(0);
    expect(answer.lost?.coordinates.length).toBeGreaterThan(0);
    const [[[[lon = 0, lat = 0] = []] = []] = []] = answer.gained?.coordinates ?? [];
    expect(Math.hypot(lon - 104.99, lat - 21.09)).toBeLessThan(0.1);
  });
});
