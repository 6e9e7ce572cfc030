/**
 * From planned changes to cells: which cells of the inventory leave the air, which come. Pure; the inventory it is given
 * is never written to. Changes are applied in order, each to what the ones before it left.
 */
import type { PlannedChange, TakenValues } from '../../../../contract/index.ts';
import type { Translated } from '../../../../platform/language.ts';
import type { Technology } from '../../rules/coverage-parameters.ts';
import {
  DEFAULT_AZIMUTHS,
  type PlanningCell,
  type PlanningGround,
  type PlanningSite,
  type Position,
  plannedCells,
} from './planning-ground.ts';
import { text } from './planning-texts.ts';

export interface ChangeQuestion {
  /** null: any operator; what is added is then of nobody in particular (operator 0). */
  operator_id: number | null;
  technology: Technology;
  changes: readonly PlannedChange[];
}

/** What may be wrong with a change, beside what the shape of the request forbids. */
export type RefusalCode =
  | 'outside-province'
  | 'unknown-site'
  | 'no-station'
  | 'no-position'
  | 'not-at-site'
  | 'too-far'
  | 'impossible-value';

/** One refused value of the request. */
export interface ChangeProblem {
  /** JSON pointer into the request. */
  pointer: string;
  value: unknown;
  reason: string;
  code: RefusalCode;
}

export interface ResolvedChanges {
  /** Cells of the inventory that are not on air after the changes, or not as they were. */
  removed: PlanningCell[];
  /** Cells on air after the changes that were not, or not so. Ids of new ones are negative. */
  added: PlanningCell[];
  taken: TakenValues[];
  warnings: Translated[];
  problems: ChangeProblem[];
  /** Which change made a new cell: index into the changes, by cell id. */
  changeOf: ReadonlyMap<number, number>;
}

/** Farther than any site is moved: a slip of the finger. */
const MAX_MOVE_M = 50_000;
/** How far the position given beside a site may be from it. */
const SAME_PLACE_M = 100;

/** The state while changes are applied. */
interface Plan {
  ground: PlanningGround;
  question: ChangeQuestion;
  /** Cells of the technology and operator at the sites touched, by site; `null` holds those of planned sites. */
  touched: Map<number, PlanningCell[]>;
  planned: PlanningCell[];
  taken: TakenValues[];
  warnings: Translated[];
  problems: ChangeProblem[];
  changeOf: Map<number, number>;
}

type Change<K extends PlannedChange['kind']> = Extract<PlannedChange, { kind: K }>;

const isAsked = ({ operator_id, technology }: ChangeQuestion, cell: PlanningCell): boolean =>
  cell.technology === technology && (operator_id === null || cell.operator_id === operator_id);

/** The asked cells of a site as the changes so far left them. */
function cellsOf(plan: Plan, site_id: number): PlanningCell[] {
  const known = plan.touched.get(site_id);
  if (known) return known;
  const cells = plan.ground.cellsAt(site_id).filter((cell) => isAsked(plan.question, cell));
  plan.touched.set(site_id, cells);
  return cells;
}

function refuse(plan: Plan, index: number, field: string, value: unknown, code: RefusalCode, reason: string): null {
  plan.problems.push({ pointer: `/changes/${index}/${field}`, value: value ?? null, reason, code });
  return null;
}

function siteOf(plan: Plan, index: number, site_id: number): PlanningSite | null {
  const site = plan.ground.siteOf(site_id);
  return (
    site ?? refuse(plan, index, 'site_id', site_id, 'unknown-site', 'is no site in service or planned on this day')
  );
}

/** The site of a change to what is there already; null when it is refused. Says so when there is nothing to change. */
function siteToChange(plan: Plan, index: number, site_id: number): PlanningSite | null {
  const site = siteOf(plan, index, site_id);
  if (!site) return null;
  const { operator_id, technology } = plan.question;
  const cells = cellsOf(plan, site_id);
  const isThere = operator_id === null ? site.operator_ids.length > 0 : site.operator_ids.includes(operator_id);
  if (!isThere && !wasPlanned(plan, site_id)) {
    const reason = `has no station of ${plan.ground.operatorName(operator_id)} on air`;
    return refuse(plan, index, 'site_id', site_id, 'no-station', reason);
  }
  if (cells.length === 0) plan.warnings.push(text.nothingThere(index + 1, site.code, technology));
  return site;
}

const wasPlanned = (plan: Plan, site_id: number): boolean =>
  plan.question.changes.some((change) => change.kind === 'add' && change.site_id === site_id);

function checkPosition(plan: Plan, index: number, { lon, lat }: Position): boolean {
  if (plan.ground.isInProvince(lon, lat)) return true;
  const reason = 'is outside every commune of the province, and farther than 2 km from it';
  refuse(plan, index, 'lon', lon, 'outside-province', reason);
  refuse(plan, index, 'lat', lat, 'outside-province', reason);
  return false;
}

/** Where an added site stands. */
interface Place extends Position {
  site: PlanningSite | null;
}

function placeOfNew(plan: Plan, index: number, change: Change<'add'>): Place | null {
  const { lon, lat, site_id } = change;
  const given = lon !== undefined && lat !== undefined ? { lon, lat } : null;
  if (!given && (lon !== undefined || lat !== undefined))
    return refuse(plan, index, lon === undefined ? 'lon' : 'lat', null, 'no-position', 'lon and lat go together');
  if (site_id === undefined) {
    if (!given) return refuse(plan, index, 'lon', null, 'no-position', 'an added site needs lon and lat, or a site_id');
    return checkPosition(plan, index, given) ? { ...given, site: null } : null;
  }
  const site = siteOf(plan, index, site_id);
  if (!site) return null;
  if (given && plan.ground.distance(given, site) > SAME_PLACE_M) {
    const reason = `is not where site ${site.code} is: leave lon and lat out, or site_id`;
    return refuse(plan, index, 'lon', lon, 'not-at-site', reason);
  }
  if (!site.position_trusted) plan.warnings.push(text.doubtfulSite(index + 1, site.code));
  return { lon: site.lon, lat: site.lat, site };
}

function add(plan: Plan, index: number, change: Change<'add'>): void {
  const place = placeOfNew(plan, index, change);
  if (!place) return;
  const { ground, question } = plan;
  const { parameters } = ground;
  const { technology } = question;
  const like = place.site ?? ground.nearestSite(place.lon, place.lat);
  const mast = place.site?.mast_height_m ?? null;
  const no = index + 1;
  const taken: TakenValues = {
    change_no: no,
    antenna_height_m: change.antenna_height_m ?? mast ?? parameters.antenna_height_default_m,
    band_mhz: change.band_mhz ?? parameters.band_default_mhz[technology],
    eirp_dbm: change.eirp_dbm ?? parameters.eirp_default_dbm[technology],
    azimuths_deg: change.azimuths_deg ?? [...DEFAULT_AZIMUTHS],
  };
  plan.taken.push(taken);
  const { antenna_height_m, band_mhz, eirp_dbm, azimuths_deg } = taken;
  if (change.antenna_height_m === undefined)
    plan.warnings.push(text.heightDefault(no, antenna_height_m, mast !== null));
  if (place.site && mast !== null && antenna_height_m > mast)
    plan.warnings.push(text.aboveMast(no, place.site.code, mast));
  if (change.band_mhz === undefined) plan.warnings.push(text.bandDefault(no, band_mhz));
  if (change.eirp_dbm === undefined) plan.warnings.push(text.eirpDefault(no, eirp_dbm));
  if (change.azimuths_deg === undefined) plan.warnings.push(text.azimuthDefault(no));
  if (!place.site) plan.warnings.push(text.surroundings(no, like?.environment ?? 'rural', like?.code ?? null));
  if (place.site && cellsOf(plan, place.site.site_id).length > 0)
    plan.warnings.push(text.alreadyThere(no, place.site.code, technology));
  const cells = plannedCells({
    ...place,
    operator_id: question.operator_id,
    technology,
    environment: like?.environment ?? 'rural',
    antenna_height_m,
    band_mhz,
    eirp_dbm,
    azimuths_deg,
    newId: () => newId(plan, index),
  });
  if (place.site) cellsOf(plan, place.site.site_id).push(...cells);
  else plan.planned.push(...cells);
}

/** New cells are numbered −1, −2, …: never a cell of the inventory. */
function newId(plan: Plan, index: number): number {
  const id = -1 - plan.changeOf.size;
  plan.changeOf.set(id, index);
  return id;
}

function move(plan: Plan, index: number, { site_id, lon, lat }: Change<'move'>): void {
  const site = siteToChange(plan, index, site_id);
  if (!site || !checkPosition(plan, index, { lon, lat })) return;
  const metres = plan.ground.distance(site, { lon, lat });
  if (metres > MAX_MOVE_M) {
    const reason = `is ${Math.round(metres / 1000)} km from site ${site.code}: at most 50 km`;
    refuse(plan, index, 'lon', lon, 'too-far', reason);
    return;
  }
  if (!site.position_trusted) plan.warnings.push(text.doubtfulMove(index + 1, site.code));
  const here = lon === site.lon && lat === site.lat;
  const position_trusted = here ? site.position_trusted : true;
  replace(plan, site_id, (cell) => ({ ...cell, lon, lat, position_trusted }));
}

function raise(plan: Plan, index: number, { site_id, antenna_height_m }: Change<'raise'>): void {
  const site = siteToChange(plan, index, site_id);
  if (!site) return;
  const mast = site.mast_height_m;
  if (mast !== null && antenna_height_m > mast) plan.warnings.push(text.aboveMast(index + 1, site.code, mast));
  replace(plan, site_id, (cell) => ({ ...cell, antenna_height_m }));
}

function replace(plan: Plan, site_id: number, by: (cell: PlanningCell) => PlanningCell): void {
  plan.touched.set(site_id, cellsOf(plan, site_id).map(by));
}

const RADIO_KEYS = [
  'lon',
  'lat',
  'position_trusted',
  'environment',
  'band_mhz',
  'azimuth_deg',
  'antenna_height_m',
  'gain_dbi',
  'power_w',
  'eirp_dbm',
  'beamwidth_deg',
] as const satisfies readonly (keyof PlanningCell)[];
const isSame = (a: PlanningCell, b: PlanningCell): boolean => RADIO_KEYS.every((key) => a[key] === b[key]);

/** Resolves changes into cells that leave and cells that come. Cells that end as they began are in neither list. */
export function resolveChanges(question: ChangeQuestion, ground: PlanningGround): ResolvedChanges {
  const plan: Plan = {
    ground,
    question,
    touched: new Map(),
    planned: [],
    taken: [],
    warnings: [],
    problems: [],
    changeOf: new Map(),
  };
  question.changes.forEach((change, index) => {
    switch (change.kind) {
      case 'add':
        return add(plan, index, change);
      case 'move':
        return move(plan, index, change);
      case 'raise':
        return raise(plan, index, change);
      case 'remove':
      case 'off':
        if (siteToChange(plan, index, change.site_id)) plan.touched.set(change.site_id, []);
        return undefined;
    }
  });
  const removed: PlanningCell[] = [];
  const added: PlanningCell[] = [...plan.planned];
  for (const [site_id, after] of plan.touched) {
    const before = ground.cellsAt(site_id).filter((cell) => isAsked(question, cell));
    const afterById = new Map(after.map((cell) => [cell.cell_id, cell]));
    for (const cell of before) {
      const now = afterById.get(cell.cell_id);
      if (!now || !isSame(cell, now)) removed.push(cell);
      if (now && !isSame(cell, now)) added.push(now);
    }
    added.push(...after.filter(({ cell_id }) => cell_id < 0));
  }
  const { taken, warnings, problems, changeOf } = plan;
  return { removed, added, taken, warnings, problems, changeOf };
}
