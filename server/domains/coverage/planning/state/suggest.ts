/**
 * The k best next sites of an operator (or of anybody) × technology: sites of its own without the technology,
 * standing masts it could share, and free points.
 * A candidate is a site with three sectors of the technology's default band and EIRP. Gains are people on squares not
 * covered, counted in communes whose figures are known, so that a what-if of a suggestion says the same.
 */
import type { CommuneFigure, CommuneReach } from '../../rules/commune-figures.ts';
import { UNASSIGNED } from '../../rules/commune-squares.ts';
import { squareKm2 } from '../../rules/grid.ts';
import { COVERED_FROM } from '../../rules/levels/index.ts';
import type { SuggestAnswer, SuggestedSite, SuggestTask } from '../planning-types.ts';
import { chooseGreedily } from '../rules/lazy-greedy.ts';
import { levelsAfter, NOT_WANTED } from '../rules/level-change.ts';
import { text } from '../rules/planning-texts.ts';
import { type Candidate, type Candidates, candidatesOf, leftToGain } from './candidates.ts';
import { type ReachBefore, reachAfter } from './figures-after.ts';
import type { Before, PlanningState } from './planning-state.ts';
import { groundWarning } from './unknown-ground.ts';
import { changesOf } from './what-if.ts';

/** Squares that a candidate covers of those not covered. @param floor just below what counts as covered, there */
function squaresOf(state: PlanningState, { cells, reach_m }: Candidate, floor: Uint8Array): Uint32Array {
  const within = cells.map((cell) => ({ ...cell, range_cap_m: Math.min(cell.range_cap_m, reach_m) }));
  return Uint32Array.from(state.levelsAbove(within, floor).squares);
}

/** Area covered in communes whose figures are known, km². */
const knownArea = (reach: readonly CommuneReach[], figures: readonly CommuneFigure[]): number =>
  reach.reduce((sum, { area_covered_km2 }, commune) => {
    return figures[commune]?.status === 'unknown' ? sum : sum + area_covered_km2;
  }, 0);

/**
 * Area added by each choice in turn, km², in the measure of the commune figures: of communes known before. What is added
 * at trusted places leaves them known; those that it makes known are no gain.
 */
function areasGained(state: PlanningState, { best, doubtful, counts, figures }: Before, chosen: readonly Candidate[]) {
  let at: ReachBefore = { levels: best.levels, doubtful, reach: counts };
  return chosen.map(({ cells }): number => {
    const levels = levelsAfter(
      { layers: [], levels: at.levels },
      { removed_ids: new Set(), added: cells },
      state.inside,
      (added, floor) => state.levelsAbove(added, floor),
    );
    const reach = reachAfter(at, levels, doubtful, state.ground);
    const gained = knownArea(reach, figures) - knownArea(at.reach, figures);
    at = { levels, doubtful, reach };
    return Math.round(gained * 1e6) / 1e6;
  });
}

function countKinds({ weighed, left_out }: Candidates): SuggestAnswer['candidates'] {
  const counts = { own: 0, share: 0, new: 0, left_out };
  for (const { kind } of weighed) counts[kind]++;
  return counts;
}

/** Answers POST /coverage/suggest. @param checkStop called often; what it throws ends the work */
export function suggest(state: PlanningState, task: SuggestTask, checkStop: () => void = () => {}): SuggestAnswer {
  const started = performance.now();
  const before = state.before(task);
  const prepared_ms = Math.round(performance.now() - started);
  const left = leftToGain(state, before);
  const peopleLeft = left.people.reduce((sum, people) => sum + people, 0);
  const candidates = candidatesOf(state, task, left);
  const stillUncovered = left.uncovered.slice();
  const floor = left.uncovered.map((set) => (set === 1 ? COVERED_FROM - 1 : NOT_WANTED));
  const choice = chooseGreedily<Candidate>({
    candidates: candidates.weighed,
    count: task.count,
    gainOf: (candidate) => {
      checkStop();
      candidate.squares ??= squaresOf(state, candidate, floor);
      let [people, squares] = [0, 0];
      for (const square of candidate.squares) {
        if (stillUncovered[square] === 0) continue;
        people += left.people[square] as number;
        squares++;
      }
      return { people, squares };
    },
    choose: ({ squares }) => {
      for (const square of squares ?? []) stillUncovered[square] = 0;
    },
    sharingFirst: task.sharing === 'first',
  });
  const areas = areasGained(
    state,
    before,
    choice.chosen.map(({ candidate }) => candidate),
  );
  const items = choice.chosen.map(({ candidate, gain }, i): SuggestedSite => {
    const { kind, site, lon, lat, commune, antenna_height_m } = candidate;
    return {
      kind,
      site_id: site?.site_id ?? null,
      lon,
      lat,
      commune: commune === UNASSIGNED ? -1 : commune,
      antenna_height_m,
      people_gained: gain.people,
      area_gained_km2: areas[i] ?? gain.squares * squareKm2(state.levelGround.frame),
      warnings: [groundWarning(state, candidate.cells, text.suggestion(i + 1))].filter((one) => one !== null),
    };
  });
  return {
    items,
    people_gained: choice.people_gained,
    // Whoever is covered already cannot be gained.
    at_most_people: Math.min(choice.at_most_people, peopleLeft),
    guarantee: choice.guarantee,
    candidates: countKinds(candidates),
    communes: changesOf(state, before, before.best.levels),
    evaluations: choice.evaluations,
    prepared_ms,
  };
}
