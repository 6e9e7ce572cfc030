/** Where a next site might stand: masts to share, and free points. */
import { UNASSIGNED } from '../../rules/commune-squares.ts';
import { COVERED_FROM, type RadioCell, settleCells } from '../../rules/levels/index.ts';
import type { SuggestTask } from '../planning-types.ts';
import { boxSums, freePoints, sumAround } from '../rules/free-points.ts';
import type { Gain, GreedyCandidate } from '../rules/lazy-greedy.ts';
import { DEFAULT_AZIMUTHS, type PlanningSite, plannedCells } from '../rules/planned-cells.ts';
import { type Before, certain, type PlanningState, type Point } from './planning-state.ts';

/** Free points are at least this far apart, m: nearer ones would be the same choice. */
const FREE_POINTS_APART_M = 500;
/** People this near make a free point worth trying, m. */
const FREE_POINT_REACH_M = 1_500;
const MOST_FREE_POINTS = 400;
/** A point takes the surroundings of the nearest site up to this far; beyond, and without one, it is rural. */
const SURROUNDINGS_M = 5_000;

export interface Candidate extends GreedyCandidate {
  site: PlanningSite | null;
  lon: number;
  lat: number;
  commune: number;
  antenna_height_m: number;
  cells: RadioCell[];
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

/** Masts the subject is not on: of an operator, where it has no station; of anybody, where nobody has the technology. */
function isAbsent(state: PlanningState, task: SuggestTask, site: PlanningSite): boolean {
  if (task.operator_id !== null) return !site.operator_ids.includes(task.operator_id) && site.operator_ids.length > 0;
  return (
    site.operator_ids.length > 0 &&
    !state.planning.cellsAt(site.site_id).some(({ technology }) => technology === task.technology)
  );
}

/** Degrees to 0.1 m: what is suggested is what a what-if is asked with. */
const round6 = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** Makes candidates; null where nothing can be gained. */
type Maker = (place: { lon: number; lat: number }, site: PlanningSite | null, square: number) => Candidate | null;

function candidateMaker(state: PlanningState, task: SuggestTask, left: Left): Maker {
  const { inventory, projector, ground, levelGround } = state;
  const { parameters } = inventory;
  const { frame } = levelGround;
  const sums = { people: boxSums(left.people, frame), squares: boxSums(left.uncovered, frame) };
  let id = 0;
  return (place, site, square) => {
    const like = site ?? state.nearestSite(state.pointOf(place.lon, place.lat), SURROUNDINGS_M);
    const antenna_height_m = task.antenna_height_m ?? site?.mast_height_m ?? parameters.antenna_height_default_m;
    const planned = plannedCells({
      ...place,
      ...{ site, operator_id: task.operator_id, technology: task.technology, antenna_height_m },
      environment: like?.environment ?? 'rural',
      band_mhz: parameters.band_default_mhz[task.technology],
      eirp_dbm: parameters.eirp_default_dbm[task.technology],
      azimuths_deg: DEFAULT_AZIMUTHS,
      newId: () => --id,
    });
    const cells = settleCells(planned, parameters, projector).cells.map(certain);
    const reach = Math.ceil(Math.max(0, ...cells.map(({ range_cap_m }) => range_cap_m)) / frame.grid_m) + 1;
    const bound: Gain = {
      people: sumAround(sums.people, frame, square, reach),
      squares: sumAround(sums.squares, frame, square, reach),
    };
    if (cells.length === 0 || bound.squares === 0) return null;
    const commune = ground.squares.commune[square] as number;
    return { kind: site ? 'share' : 'new', bound, site, ...place, commune, antenna_height_m, cells, squares: null };
  };
}

function sharedMasts(state: PlanningState, task: SuggestTask, make: Maker, allowed: Uint8Array): Candidate[] {
  return state.inventory.sites.flatMap((site, index) => {
    const square = state.squareAt(state.sitePoints[index] as Point);
    if (square < 0 || allowed[square] !== 1 || !site.position_trusted || !isAbsent(state, task, site)) return [];
    const candidate = make({ lon: site.lon, lat: site.lat }, site, square);
    return candidate ? [candidate] : [];
  });
}

/** Whether a point keeps the spacing of its surroundings from every mast that stands or is planned. */
function isClear(state: PlanningState, task: SuggestTask, square: number): boolean {
  const point = state.centreOf(square);
  const near = state.nearestSite(point, SURROUNDINGS_M);
  if (!near) return true;
  const isTown = near.environment === 'urban' || near.environment === 'suburban';
  const spacing = isTown ? task.spacing_urban_m : task.spacing_rural_m;
  return spacing === 0 || state.nearestSite(point, spacing) === null;
}

function freeSites(state: PlanningState, task: SuggestTask, make: Maker, left: Left, allowed: Uint8Array): Candidate[] {
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
  return squares.flatMap((square) => {
    const { east_m, north_m } = state.centreOf(square);
    const [lon, lat] = state.projector.inverse(east_m, north_m);
    const candidate = make({ lon: round6(lon), lat: round6(lat) }, null, square);
    return candidate ? [candidate] : [];
  });
}

/** Every candidate of a question: shared masts in the order of their ids, then free points, most people first. */
export function candidatesOf(state: PlanningState, task: SuggestTask, left: Left): Candidate[] {
  const allowed = allowedSquares(state, task.communes);
  const make = candidateMaker(state, task, left);
  const shares = task.sharing === 'never' ? [] : sharedMasts(state, task, make, allowed);
  const free = task.sharing === 'only' ? [] : freeSites(state, task, make, left, allowed);
  return [...shares, ...free];
}
