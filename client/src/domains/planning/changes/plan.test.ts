import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlannedChange } from '../../../../../server/contract/planning.ts';
import { plannedChange } from '../../../../../server/contract/planning.ts';
import {
  changesOf,
  emptyPlan,
  mostChanges,
  type Network,
  networksOf,
  type PlanHistory,
  plannedForOthers,
  undone,
  withAltered,
  withChanges,
  withGestureEnded,
  withOnly,
  withoutAll,
  withoutItem,
} from './plan.ts';
import { readPlan, writePlan } from './stored-plan.ts';

const at = (lon: number, lat = 21): PlannedChange => ({ kind: 'add', lon, lat, antenna_height_m: 45 });
const network: Network = { operator: 'VIETTEL', technology: '4G' };
const plan = (...changes: PlannedChange[]): PlanHistory => withChanges(emptyPlan, changes, network);

describe('the list of changes', () => {
  it('keeps several new sites, each with its own key', () => {
    const { items } = plan(at(105), at(105), at(105.1));
    expect(items.map(({ key }) => key)).toEqual([1, 2, 3]);
    expect(items.map(({ change }) => change)).toEqual([at(105), at(105), at(105.1)]);
  });

  it('has one change of a kind at a site, and none beside a site that is gone', () => {
    const raise = (height: number): PlannedChange => ({ kind: 'raise', site_id: 7, antenna_height_m: height });
    const move: PlannedChange = { kind: 'move', site_id: 7, lon: 105, lat: 21 };
    const off: PlannedChange = { kind: 'off', site_id: 7 };
    const other: PlannedChange = { kind: 'off', site_id: 8 };
    expect(changesOf(plan(raise(40), other, move, raise(60)))).toEqual([other, move, raise(60)]);
    expect(changesOf(plan(raise(40), other, move, off))).toEqual([other, off]);
    expect(changesOf(plan(off, other, raise(50)))).toEqual([other, raise(50)]);
  });

  it('takes no more than may be asked for', () => {
    const many = plan(...Array.from({ length: mostChanges + 5 }, (_, index) => at(105 + index / 1_000)));
    expect(many.items).toHaveLength(mostChanges);
    expect(changesOf(many).at(-1)).toEqual(at(105 + (mostChanges - 1) / 1_000));
  });

  it('undoes a whole drag at once, and two drags one by one', () => {
    const start = plan(at(105));
    const dragged = [105.1, 105.2, 105.3].reduce((now, lon) => withAltered(now, 1, at(lon), 'drag 1'), start);
    expect(changesOf(dragged)).toEqual([at(105.3)]);
    expect(changesOf(undone(dragged))).toEqual([at(105)]);
    const again = withAltered(withGestureEnded(dragged), 1, at(105.9), 'drag 1');
    expect(changesOf(undone(again))).toEqual([at(105.3)]);
    expect(changesOf(undone(undone(again)))).toEqual([at(105)]);
  });

  it('is the same after undoing as before, whatever was done', () => {
    const change = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), lon: fc.integer({ min: 104, max: 106 }), lat: fc.constant(21) }),
      fc.record({ kind: fc.constantFrom('remove' as const, 'off' as const), site_id: fc.integer({ min: 1, max: 3 }) }),
    );
    const action = fc.oneof(
      change.map((made) => (now: PlanHistory) => withChanges(now, [made], network)),
      fc.integer({ min: 1, max: 6 }).map((key) => (now: PlanHistory) => withoutItem(now, key)),
      fc.constant(withoutAll),
      fc.array(change, { maxLength: 3 }).map((made) => (now: PlanHistory) => withOnly(now, made, network)),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 12 }), (actions) => {
        const states = [emptyPlan];
        for (const act of actions) states.push(act(states.at(-1) ?? emptyPlan));
        let now = states.at(-1) ?? emptyPlan;
        const seen = [changesOf(now)];
        while (now.past.length > 0) {
          now = undone(now);
          seen.push(changesOf(now));
        }
        // Steps that changed nothing (clearing an empty list) are not steps.
        const made = states
          .map(changesOf)
          .filter((_, index) => states[index]?.past.length !== states[index - 1]?.past.length);
        expect(seen.reverse()).toEqual(made);
      }),
    );
  });
});

describe('what changes were planned for', () => {
  const other: Network = { technology: '4G' };
  const two = withChanges(withAltered(plan(at(105), at(105.1)), 1, at(106)), [at(105.2)], other);
  const shown = (now: Network): [number, Network[]] => {
    const others = plannedForOthers(two, now);
    return [others.length, networksOf(others)];
  };

  it('is kept with each, also when it is altered, and told where something else is looked at', () => {
    expect(shown(network)).toEqual([1, [other]]);
    expect(shown(other)).toEqual([2, [network]]);
    expect(shown({ ...network, technology: '5G' })).toEqual([3, [network, other]]);
  });

  it('comes back when the changes do', () => {
    expect(plannedForOthers(undone(withOnly(two, [at(104)], other)), network)).toHaveLength(1);
  });
});

describe('the stored list', () => {
  it('comes back whole, and is what the contract takes', () => {
    const changes: PlannedChange[] = [
      at(105.25),
      { kind: 'add', site_id: 3, antenna_height_m: 30 },
      { kind: 'add', lon: 105, lat: 21, band_mhz: 1800, eirp_dbm: 60, azimuths_deg: [] },
      { kind: 'move', site_id: 4, lon: 105, lat: 21.5 },
      { kind: 'raise', site_id: 5, antenna_height_m: 62.5 },
      { kind: 'remove', site_id: 6 },
      { kind: 'off', site_id: 7 },
    ];
    const items = changes.map((change, i) => ({
      change,
      plannedFor: i === 0 ? ({ technology: '5G' } as const) : network,
    }));
    expect(readPlan(writePlan(items))).toEqual(items);
    for (const change of changes) expect(plannedChange.parse(change)).toEqual(change);
  });

  it.each([
    ['nothing', null],
    ['no JSON', '{'],
    ['no list', '{"changes":[]}'],
    ['an unknown kind', '[{"change":{"kind":"paint","site_id":1},"technology":"4G"}]'],
    ['a move to nowhere', '[{"change":{"kind":"move","site_id":1,"lon":400,"lat":21},"technology":"4G"}]'],
    ['a new site without a place', '[{"change":{"kind":"add"},"technology":"4G"}]'],
    ['a height that is none', '[{"change":{"kind":"raise","site_id":1,"antenna_height_m":"high"},"technology":"4G"}]'],
    ['a technology that is none', '[{"change":{"kind":"off","site_id":1},"technology":"9G"}]'],
  ])('is empty for %s', (_what, text) => {
    expect(readPlan(text)).toEqual([]);
  });
});
