import type { MeasuredSummary, ModelError, Technology } from '../../../../contract/index.ts';
import { ErrorSummary, median } from './error-summary.ts';

/** What the run says of the square of a point. */
export interface ModelledSquare {
  /** null: below every level that is stored, or out of reach of every cell. */
  level_dbm: number | null;
  covered: boolean;
}

/** A drive-test point beside the model. */
export interface ComparedPoint {
  /** Commune of the day; null: outside all of them. */
  commune_id: number | null;
  operator: string;
  technology: Technology;
  lon: number;
  lat: number;
  level_dbm: number;
  /** Vietnam's day. */
  day: string;
  /** null: outside the run's grid, or the run has nothing of the operator and technology. */
  modelled: ModelledSquare | null;
}

/** Drive-test points of an operator × technology in a commune. */
export interface CommunePoints extends MeasuredSummary {
  commune_id: number;
  operator: string;
  technology: Technology;
  /** Points that the run can be compared with. */
  points_in_grid: number;
  /** On squares modelled as covered, of them below the threshold, and the lowest of those with its place. */
  covered_points: number;
  covered_below: number;
  lowest: { level_dbm: number; lon: number; lat: number } | null;
}

class CommuneTally {
  readonly levels: number[] = [];
  readonly errors = new ErrorSummary();
  below = 0;
  points_in_grid = 0;
  covered_points = 0;
  covered_below = 0;
  first = '9999';
  last = '';
  lowest: CommunePoints['lowest'] = null;

  add({ level_dbm, modelled, day, lon, lat }: ComparedPoint, isBelow: boolean): void {
    this.levels.push(level_dbm);
    if (isBelow) this.below += 1;
    if (day < this.first) this.first = day;
    if (day > this.last) this.last = day;
    if (!modelled) return;
    this.points_in_grid += 1;
    if (modelled.level_dbm !== null) this.errors.add(modelled.level_dbm - level_dbm);
    if (!modelled.covered) return;
    this.covered_points += 1;
    if (!isBelow) return;
    this.covered_below += 1;
    if (this.lowest === null || level_dbm < this.lowest.level_dbm) this.lowest = { level_dbm, lon, lat };
  }
}

class SubjectTally {
  readonly errors = new ErrorSummary();
  points = 0;
  covered_points = 0;
  covered_below = 0;
  uncovered_above = 0;

  add({ level_dbm, modelled }: ComparedPoint, isBelow: boolean): void {
    if (!modelled) return;
    this.points += 1;
    if (modelled.level_dbm !== null) this.errors.add(modelled.level_dbm - level_dbm);
    if (modelled.covered) this.covered_points += 1;
    if (modelled.covered && isBelow) this.covered_below += 1;
    if (!modelled.covered && !isBelow) this.uncovered_above += 1;
  }
}

/**
 * Compares measured levels with modelled ones, point by point, and adds them up by commune and by operator × technology.
 * A point is below when its level is under the technology's threshold (without the model's margin: that is for what is not known).
 */
export class PointComparison {
  readonly #thresholds: Readonly<Record<string, number>>;
  readonly #communes = new Map<string, { of: [number, string, Technology]; tally: CommuneTally }>();
  readonly #subjects = new Map<string, { of: [string, Technology]; tally: SubjectTally }>();

  constructor(threshold_dbm: Readonly<Record<string, number>>) {
    this.#thresholds = threshold_dbm;
  }

  add(point: ComparedPoint): void {
    const { operator, technology, commune_id } = point;
    const isBelow = point.level_dbm < (this.#thresholds[technology] ?? Number.NEGATIVE_INFINITY);
    const subject = `${operator} ${technology}`;
    let whole = this.#subjects.get(subject);
    if (!whole) this.#subjects.set(subject, (whole = { of: [operator, technology], tally: new SubjectTally() }));
    whole.tally.add(point, isBelow);
    if (commune_id === null) return;
    const key = `${commune_id} ${subject}`;
    let part = this.#communes.get(key);
    if (!part) this.#communes.set(key, (part = { of: [commune_id, operator, technology], tally: new CommuneTally() }));
    part.tally.add(point, isBelow);
  }

  communes(): CommunePoints[] {
    return [...this.#communes.values()].map(({ of: [commune_id, operator, technology], tally }) => ({
      commune_id,
      operator,
      technology,
      points: tally.levels.length,
      below: tally.below,
      median_dbm: median(tally.levels),
      modelled_points: tally.errors.count,
      mean_error_db: tally.errors.mean_error_db,
      sd_error_db: tally.errors.sd_error_db,
      first: tally.first,
      last: tally.last,
      points_in_grid: tally.points_in_grid,
      covered_points: tally.covered_points,
      covered_below: tally.covered_below,
      lowest: tally.lowest,
    }));
  }

  /** By technology, then operator. */
  statistics(): ModelError[] {
    return [...this.#subjects.values()]
      .map(({ of: [operator, technology], tally }) => ({
        operator,
        technology,
        points: tally.points,
        modelled_points: tally.errors.count,
        mean_error_db: tally.errors.mean_error_db,
        sd_error_db: tally.errors.sd_error_db,
        covered_points: tally.covered_points,
        covered_below: tally.covered_below,
        uncovered_above: tally.uncovered_above,
      }))
      .sort((a, b) => (`${a.technology} ${a.operator}` < `${b.technology} ${b.operator}` ? -1 : 1));
  }
}
