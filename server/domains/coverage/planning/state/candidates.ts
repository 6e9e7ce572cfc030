/** Where a next site might stand: sites of the operator without the technology, masts to share, and free points. */

import type { SuggestionKind } from '../../../../contract/index.ts';
import { UNASSIGNED } from '../../rules/commune-squares.ts';
import type { GridFrame } from '../../rules/grid.ts';
import { COVERED_FROM, greatestReach, type RadioCell, settleCells } from '../../rules/levels/index.ts';
import type { SuggestTask } from '../planning-types.ts';
import { boxSums, freePoints, sumAround } from '../rules/free-points.ts';
import type { Gain, GreedyCandidate } from '../rules/lazy-greedy.ts';
import { DEFAULT_AZIMUTHS, type PlanningSite, plannedCells } from '../rules/planning-ground.ts';
import { type Before, certain, type PlanningState, type Point } from './planning-state.ts';

/** Free points are at least this far apart, m: nearer ones would be the same choice. */
const FREE_POINTS_APART_M = 500;
/** People this near make a free point worth trying, m. */
const FREE_POINT_REACH_M = 1_500;
const MOST_FREE_POINTS = 2000;
/** What weighing all candidates over the terrain may cost, in squares; some three seconds on a slow core. */
const MOST_SQUARES = 2_500_000;
/** What weighing a candidate costs besides the squares it covers. */
const SQUARES_A_CANDIDATE = 1_200;
/** At least this many candidates of a kind are weighed, and as many more as are asked for. */
const LEAST_WEIGHED = 15;
/** A point takes the surroundings of the nearest site up to this far; beyond, and without one, it is rural. */
const SURROUNDINGS_M = 5_000;

/** Where a candidate might stand. */
interface Place {
  kind: SuggestionKind;
  site: PlanningSite | null;
  lon: number;
  lat: number;
  square: number;
}

/** A place with its cells, and what it is likely to gain. */
interface Likely extends Place {
  index: number;
  cells: RadioCell[];
  /** Everything not covered within its range without terrain, as a square of that area. */
  likely: Gain;
  /** Half side of that square, in squares of the grid. */
  reach: number;
}

export interface Candidate extends GreedyCandidate, Pick<Likely, 'site' | 'lon' | 'lat' | 'cells'> {
  commune: number;
  antenna_height_m: number;
  /** It covers nothing beyond, m. */
  reach_m: number;
  /** Squares not covered at the start that it would cover; known once evaluated. */
  squares: Uint32Array | null;
}

/** What is left to gain. */
export interface Left {
  /** 1 = not covered and in a commune. */
  uncovered: Uint8Array;
  /** People per square not covered, 0 in communes whose figures are not known. */
  people: Int32Array;
}

export function leftToGain(state: PlanningState, { best, figures }: Before): Left {
  const { squares, population } = state.ground;
  const isKnown = figures.map(({ status }) => status !== 'unknown');
  const people = new Int32Array(best.levels.length);
  const uncovered = state.inside.map((set, square) =>
    set === 1 && (best.levels[square] as number) < COVERED_FROM ? 1 : 0,
  );
  for (let square = 0; square < people.length; square++) {
    if (uncovered[square] === 1 && isKnown[squares.commune[square] as number])
      people[square] = population.people[square] as number;
  }
  squares.stand_in.forEach((square, commune) => {
    if (square < 0 || uncovered[square] === 0 || !isKnown[commune]) return;
    people[square] = (people[square] as number) + Math.max(0, population.totals[commune] as number);
  });
  return { uncovered, people };
}

/** 1 = a candidate may stand on the square. */
function allowedSquares(state: PlanningState, ids: readonly number[] | null): Uint8Array {
  if (ids === null) return state.inside;
  const wanted = new Set(ids);
  const isWanted = state.inventory.communes.map(({ commune_id }) => wanted.has(commune_id));
  return Uint8Array.from(state.ground.squares.commune, (index) => (index !== UNASSIGNED && isWanted[index] ? 1 : 0));
}

/**
 * What an existing site offers: the technology added at one of the operator's own, or a mast of others where it has no
 * station; of anybody, a mast where nobody has the technology. null: nothing, the technology is there or nobody is.
 */
function offerOf(
  state: PlanningState,
  { operator_id, technology }: SuggestTask,
  site: PlanningSite,
): 'own' | 'share' | null {
  const isOwn = operator_id !== null && site.operator_ids.includes(operator_id);
  if (operator_id !== null && !isOwn) return site.operator_ids.length > 0 ? 'share' : null;
  const isThere = state.planning
    .cellsAt(site.site_id)
    .some((cell) => cell.technology === technology && (operator_id === null || cell.operator_id === operator_id));
  if (isThere || site.operator_ids.length === 0) return null;
  return isOwn ? 'own' : 'share';
}

/** Degrees to 0.1 m: what is suggested is what a what-if is asked with. */
const round6 = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** The cells each place would have, by index. Settled all at once: cells that are alike share what is worked out of them. */
function settlePlaces(state: PlanningState, task: SuggestTask, places: readonly Place[]): Map<number, RadioCell[]> {
  const { parameters } = state.inventory;
  const { operator_id, technology } = task;
  const placeOf: number[] = [];
  const planned = places.flatMap(({ site, lon, lat }, index) => {
    const like = site ?? state.nearestSite(state.pointOf(lon, lat), SURROUNDINGS_M);
    return plannedCells({
      site,
      lon,
      lat,
      operator_id,
      technology,
      environment: like?.environment ?? 'rural',
      // A mast is no higher than it is, whatever height is wished for.
      antenna_height_m: Math.min(
        task.antenna_height_m ?? site?.mast_height_m ?? parameters.antenna_height_default_m,
        site?.mast_height_m ?? Number.POSITIVE_INFINITY,
      ),
      band_mhz: parameters.band_default_mhz[technology],
      eirp_dbm: parameters.eirp_default_dbm[technology],
      azimuths_deg: DEFAULT_AZIMUTHS,
      newId: () => -placeOf.push(index),
    });
  });
  const settled = new Map<number, RadioCell[]>();
  for (const cell of settleCells(planned, parameters, state.projector).cells) {
    const index = placeOf[-cell.cell_id - 1] as number;
    settled.set(index, [...(settled.get(index) ?? []), certain(cell)]);
  }
  return settled;
}

/** How many squares a distance reaches beyond the one it starts in, at most. */
const squaresIn = ({ grid_m }: GridFrame, metres: number): number => Math.ceil(metres / grid_m) + 1;

/** People and squares not covered within so many rows and columns of a square, in constant time. */
type LeftAround = (square: number, reach: number) => Gain;

function leftAround(left: Left, frame: GridFrame): LeftAround {
  const [people, squares] = [boxSums(left.people, frame), boxSums(left.uncovered, frame)];
  return (square, reach) => ({
    people: sumAround(people, frame, square, reach),
    squares: sumAround(squares, frame, square, reach),
  });
}

function likelyAt(state: PlanningState, task: SuggestTask, places: readonly Place[], around: LeftAround): Likely[] {
  const { frame } = state.levelGround;
  const settled = settlePlaces(state, task, places);
  return places.flatMap((place, index) => {
    const cells = settled.get(index) ?? [];
    if (cells.length === 0) return [];
    const range_m = Math.max(...cells.map(({ range_max_m }) => range_max_m));
    const reach = squaresIn(frame, (range_m * Math.sqrt(Math.PI)) / 2);
    return [{ ...place, index, cells, reach, likely: around(place.square, reach) }];
  });
}

/** A candidate with the most it might gain over the terrain; none where that is nothing. */
function candidateOf(state: PlanningState, place: Likely, around: LeftAround): Candidate[] {
  const { frame, terrain, parameters } = state.levelGround;
  const { kind, site, lon, lat, square, cells } = place;
  const reach_m = Math.max(0, ...cells.map((cell) => greatestReach(cell, terrain, parameters)));
  const bound = around(square, squaresIn(frame, reach_m));
  if (bound.squares === 0) return [];
  const commune = state.ground.squares.commune[square] as number;
  const { antenna_height_m } = cells[0] as RadioCell;
  return [{ kind, site, lon, lat, cells, bound, commune, antenna_height_m, reach_m, squares: null }];
}

const byPromise = (a: Likely, b: Likely): number =>
  b.likely.people - a.likely.people || b.likely.squares - a.likely.squares || a.index - b.index;

/**
 * Candidates in turns: the most promising of every tile of the grid, then the second of every tile, and so on. The most
 * promising of all would stand beside each other and gain the same people.
 */
function inTurns(candidates: readonly Likely[], { cols }: GridFrame, tile: number): Likely[] {
  const places = new Map<string, number>();
  return [...candidates]
    .sort(byPromise)
    .map((candidate) => {
      const { square } = candidate;
      const key = `${Math.floor((square % cols) / tile)},${Math.floor(square / cols / tile)}`;
      const turn = places.get(key) ?? 0;
      places.set(key, turn + 1);
      return { candidate, turn };
    })
    .sort((a, b) => a.turn - b.turn || byPromise(a.candidate, b.candidate))
    .map(({ candidate }) => candidate);
}

/**
 * As many candidates of a kind as can be weighed over the terrain in good time. Deterministic: what is spent is counted
 * in squares, not in seconds.
 */
function shortlist(state: PlanningState, candidates: readonly Likely[], count: number, budget: number) {
  const { frame } = state.levelGround;
  const tile = Math.max(1, ...candidates.map(({ reach }) => reach));
  let spent = 0;
  const kept = inTurns(candidates, frame, tile).filter(({ likely }, rank) => {
    if (spent > budget && rank >= count + LEAST_WEIGHED) return false;
    spent += SQUARES_A_CANDIDATE + likely.squares;
    return true;
  });
  return { kept: kept.sort((a, b) => a.index - b.index), spent };
}

function standingPlaces(state: PlanningState, task: SuggestTask, allowed: Uint8Array): Place[] {
  return state.inventory.sites.flatMap((site, index) => {
    const square = state.squareAt(state.sitePoints[index] as Point);
    if (square < 0 || allowed[square] !== 1 || !site.position_trusted) return [];
    const kind = offerOf(state, task, site);
    return kind === null ? [] : [{ kind, site, lon: site.lon, lat: site.lat, square }];
  });
}

/** Whether a point keeps the spacing of its surroundings from every mast that stands or is planned. */
function isClear(state: PlanningState, task: SuggestTask, square: number): boolean {
  const point = state.centreOf(square);
  const near = state.nearestSite(point, SURROUNDINGS_M);
  const isTown = near?.environment === 'urban' || near?.environment === 'suburban';
  const spacing = isTown ? task.spacing_urban_m : task.spacing_rural_m;
  return spacing === 0 || state.nearestSite(point, spacing) === null;
}

function freePlaces(state: PlanningState, task: SuggestTask, left: Left, allowed: Uint8Array): Place[] {
  const squares = freePoints({
    frame: state.levelGround.frame,
    people: left.people,
    allowed,
    reach_m: FREE_POINT_REACH_M,
    // Chosen points then keep the spacing from each other too, whichever are chosen.
    apart_m: Math.max(FREE_POINTS_APART_M, task.spacing_urban_m, task.spacing_rural_m),
    most: MOST_FREE_POINTS,
    isClear: (square) => isClear(state, task, square),
  });
  return squares.map((square) => {
    const { east_m, north_m } = state.centreOf(square);
    const [lon, lat] = state.projector.inverse(east_m, north_m);
    return { kind: 'new', site: null, lon: round6(lon), lat: round6(lat), square };
  });
}

/** The candidates of a question. */
export interface Candidates {
  /** Those to weigh: existing masts in the order of their ids, then free points, most people first. */
  weighed: Candidate[];
  /** How many are not weighed: others look more promising. */
  left_out: number;
}

export function candidatesOf(state: PlanningState, task: SuggestTask, left: Left): Candidates {
  const allowed = allowedSquares(state, task.communes);
  const standing = task.sharing === 'never' ? [] : standingPlaces(state, task, allowed);
  const free = task.sharing === 'only' ? [] : freePlaces(state, task, left, allowed);
  const around = leftAround(left, state.levelGround.frame);
  const all = likelyAt(state, task, [...standing, ...free], around);
  const points = all.filter(({ kind }) => kind === 'new');
  const masts = all.filter(({ kind }) => kind !== 'new');
  const first = shortlist(state, masts, task.count, points.length > 0 ? MOST_SQUARES / 2 : MOST_SQUARES);
  const second = shortlist(state, points, task.count, MOST_SQUARES - first.spent);
  const kept = [...first.kept, ...second.kept];
  const weighed = kept.flatMap((likely) => candidateOf(state, likely, around));
  return { weighed, left_out: all.length - kept.length };
}
