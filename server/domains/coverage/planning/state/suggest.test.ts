import { describe, expect, it } from 'vitest';
import type { PlannedChange } from '../../../../contract/index.ts';
import { deltaOf } from '../answers.ts';
import type { SuggestAnswer, SuggestedSite, SuggestTask } from '../planning-types.ts';
import { smallProvince } from '../testing/small-province.ts';
import { PlanningState } from './planning-state.ts';
import { suggest } from './suggest.ts';
import { whatIf } from './what-if.ts';

const state = new PlanningState(smallProvince(5, { sites: 4 }));
const task: SuggestTask = {
  operator_id: 1,
  technology: '4G',
  count: 4,
  communes: null,
  antenna_height_m: 20,
  spacing_urban_m: 100,
  // Few candidates: what is tested does not depend on how many there are.
  spacing_rural_m: 1_500,
  sharing: 'first',
};
const ask = (change: Partial<SuggestTask> = {}): SuggestAnswer => suggest(state, { ...task, ...change });

const asChange = ({ site_id, lon, lat, antenna_height_m }: SuggestedSite): PlannedChange => ({
  kind: 'add',
  antenna_height_m,
  ...(site_id === null ? { lon, lat } : { site_id }),
});

/** What a what-if says of people and area gained by the first suggestions together. */
function gained(items: readonly SuggestedSite[], operator_id: number | null = 1): [people: number, km2: number] {
  const answer = whatIf(state, { operator_id, technology: '4G', changes: items.map(asChange), area: false });
  if (answer.problems) throw new Error(JSON.stringify(answer.problems));
  const { people, area_km2 } = deltaOf(answer.communes);
  return [people, area_km2];
}

describe('suggestions', () => {
  it('gain, together and one after the other, what a what-if of them says', () => {
    for (const operator_id of [1, null]) {
      const { items, people_gained, at_most_people } = ask({ operator_id });
      expect(items.length).toBeGreaterThan(1);
      let [people, km2] = [0, 0];
      items.forEach((item, i) => {
        people += item.people_gained;
        km2 += item.area_gained_km2;
        const [whatIfPeople, whatIfKm2] = gained(items.slice(0, i + 1), operator_id);
        expect(people).toBe(whatIfPeople);
        expect(km2).toBeCloseTo(whatIfKm2, 5);
      });
      expect(people_gained).toBe(people);
      expect(at_most_people).toBeGreaterThanOrEqual(people);
    }
  });

  it('share only masts where the operator is absent, and none when asked not to', () => {
    for (const { kind, site_id } of ask().items) {
      expect(site_id === null).toBe(kind === 'new');
      if (site_id !== null) expect(state.planning.siteOf(site_id)?.operator_ids).not.toContain(1);
    }
    expect(ask({ sharing: 'never' })).toMatchObject({ candidates: { share: 0 } });
    expect(ask({ sharing: 'never' }).items.every(({ kind }) => kind === 'new')).toBe(true);
    expect(ask({ sharing: 'only' })).toMatchObject({ candidates: { new: 0 } });
    expect(ask({ sharing: 'only' }).items.every(({ kind }) => kind === 'share')).toBe(true);
  });

  it('add the technology where the operator stands without it, and nowhere where it has it', () => {
    const kinds = (technology: '4G' | '5G') =>
      new Map(
        ask({ technology, sharing: 'only', count: 4 }).items.map(({ site_id, kind }) => [
          site_id,
          [kind, state.planning.siteOf(site_id ?? -1)?.operator_ids.includes(1) ?? null],
        ]),
      );
    expect(kinds('4G').size).toBeGreaterThan(0);
    expect([...kinds('4G').values()]).not.toContainEqual(['own', true]);
    const of5G = [...kinds('5G').values()];
    expect(of5G).toContainEqual(['own', true]);
    expect(of5G).toContainEqual(['share', false]);
    for (const [kind, isThere] of of5G) expect(kind === 'own').toBe(isThere);
    expect(ask({ technology: '5G', operator_id: null }).candidates.own).toBe(0);
  });

  it.each([2_000, 6_000])(
    'never put a new mast nearer to another than a spacing of %d m, chosen ones included',
    (spacing) => {
      // One site in a corner: farther from it than its surroundings reach there is room too.
      const inventory = smallProvince(5, { sites: 1 });
      const lonely = new PlanningState(inventory);
      const wide = { sharing: 'never', spacing_rural_m: spacing, spacing_urban_m: spacing } as const;
      for (const of of [state, lonely]) {
        const { items } = suggest(of, { ...task, ...wide, operator_id: null });
        if (spacing === 2_000) expect(items.length).toBeGreaterThan(0);
        items.forEach((item, i) => {
          for (const other of [...of.inventory.sites, ...items.slice(0, i)])
            expect(of.planning.distance(item, other)).toBeGreaterThanOrEqual(spacing - 0.2);
        });
      }
    },
  );

  it('stand in the communes asked for', () => {
    const { items } = ask({ communes: [102], sharing: 'never' });
    expect(items.length).toBeGreaterThan(0);
    expect(items.every(({ commune }) => state.inventory.communes[commune]?.commune_id === 102)).toBe(true);
    expect(ask({ communes: [] }).items).toEqual([]);
  });

  it('carry the mark of unknown ground that a what-if of them gives', () => {
    const inventory = smallProvince(5, { sites: 4 });
    const { terrain } = inventory;
    if (!terrain) throw new Error('no terrain');
    const middle = terrain.cols * terrain.step_m * 0.5 + terrain.origin_e_m;
    const heights_m = terrain.heights_m.map((height, post) =>
      terrain.origin_e_m + (post % terrain.cols) * terrain.step_m > middle ? Number.NaN : height,
    );
    const half = new PlanningState({ ...inventory, terrain: { ...terrain, heights_m } });
    const { items } = suggest(half, { ...task, count: 8, sharing: 'never' });
    const marks = items.map(({ warnings }) => warnings.map(({ en }) => en));
    const ofWhatIf = items.map((item) => {
      const answer = whatIf(half, { operator_id: 1, technology: '4G', changes: [asChange(item)], area: false });
      return (answer.problems ? [] : answer.warnings).flatMap(({ en }) => (/of the ground/.test(en) ? [en] : []));
    });
    const words = (texts: string[]): string[] => texts.map((said) => said.replace(/^\w+ \d+: /, ''));
    expect(marks.map(words)).toEqual(ofWhatIf.map(words));
    expect(marks.flat()).toContainEqual(expect.stringMatching(/^Suggestion \d: the height of the ground there is not/));
    expect(marks).toContainEqual([]);
    const flat = new PlanningState({ ...inventory, terrain: null });
    expect(suggest(flat, task).items.flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  it('are the same every time', () => {
    expect({ ...ask(), prepared_ms: 0 }).toEqual({ ...ask(), prepared_ms: 0 });
  });
});
