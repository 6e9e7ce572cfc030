/**
 * A whole coverage run as one pure function: inventory and boundaries in, figures, areas and gaps out. Made to run
 * in a worker thread. Results are estimates of empirical models without terrain and are labelled so by `model`,
 * `model_version`, `terrain_source` and `parameters`.
 */
import { type CommuneGround, communeFigures, coverageTotals } from './commune-figures.ts';
import { assignSquares } from './commune-squares.ts';
import { type CoverageParameters, TECHNOLOGIES, type Technology } from './coverage-parameters.ts';
import type {
  CoverageCell,
  CoverageCombo,
  CoverageCommune,
  CoverageInput,
  CoverageKey,
  CoverageResult,
} from './coverage-types.ts';
import { findGaps, type GapKind } from './gaps.ts';
import { frameAround, type GridFrame, squareAt, squareKm2 } from './grid.ts';
import { type PlacedSector, placeSectors } from './place-sectors.ts';
import { toLonLat, tracePolygons } from './polygonise.ts';
import { spreadPopulation } from './population.ts';
import { type Projector, projectMultiPolygon, projectorFor } from './projection.ts';
import { addSector, countMasks, coveredMask, createUnionGrid, maskBetween } from './union-grid.ts';

export const MODEL = 'okumura-hata+cost231-hata';
/** Raised whenever the same inventory and parameters would give other figures. */
export const MODEL_VERSION = '1';

/** `Map.groupBy` for Node 20. */
function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** The operator × technology combinations that occur among cells, by technology, then operator. */
export function combosOf(cells: readonly Pick<CoverageCell, 'operator_id' | 'technology'>[]): CoverageCombo[] {
  const combos = new Map<string, CoverageCombo>();
  for (const { operator_id, technology } of cells)
    combos.set(`${technology}|${operator_id}`, { operator_id, technology });
  return [...combos.values()].sort(
    (a, b) => TECHNOLOGIES.indexOf(a.technology) - TECHNOLOGIES.indexOf(b.technology) || a.operator_id - b.operator_id,
  );
}

/** Lays the grid over the communes and spreads their people over it. Throws RangeError without any boundary. */
export function layGround(
  communes: readonly CoverageCommune[],
  parameters: CoverageParameters,
  projector: Projector,
): CommuneGround {
  const shapes = communes.map(({ code, polygons }) => ({ code, polygons: projectMultiPolygon(polygons, projector) }));
  const frame = frameAround(
    shapes.flatMap(({ polygons }) => polygons),
    parameters.grid_m,
  );
  const squares = assignSquares(shapes, frame);
  const population = spreadPopulation(
    squares,
    communes.map((commune) => commune.population),
  );
  const centre = Int32Array.from(communes, (commune) =>
    commune.centre ? squareAt(frame, ...projector.forward(...commune.centre)) : -1,
  );
  return { squares, population, centre };
}

/** Masks of one operator × technology: what it covers and what its doubtful cells might (null = none doubtful). */
interface ComboMasks {
  covered: Uint8Array;
  doubtful: Uint8Array | null;
}

function unionOf(sectors: readonly PlacedSector[], frame: GridFrame): Uint8Array {
  const grid = createUnionGrid(frame);
  for (const { place, ranges_m } of sectors) addSector(grid, place, ranges_m);
  return coveredMask(grid);
}

function comboMasks(sectors: readonly PlacedSector[], frame: GridFrame): ComboMasks {
  const doubtful = sectors.filter((sector) => sector.doubtful);
  const trusted = sectors.filter((sector) => !sector.doubtful);
  return {
    covered: unionOf(trusted, frame),
    doubtful: doubtful.length > 0 ? unionOf(doubtful, frame) : null,
  };
}

/** Where each of several operators reaches: for certain, and at most. */
interface OperatorCounts {
  certain: Uint8Array;
  possible: Uint8Array;
}

function countOperators(masks: readonly ComboMasks[], length: number): OperatorCounts {
  const certain = countMasks(
    masks.map(({ covered }) => covered),
    length,
  );
  if (masks.every(({ doubtful }) => doubtful === null)) return { certain, possible: certain };
  const possible = countMasks(
    masks.map(({ covered, doubtful }) => (doubtful ? covered.map((set, i) => set | (doubtful[i] ?? 0)) : covered)),
    length,
  );
  return { certain, possible };
}

const isZero = (mask: Uint8Array, also: Uint8Array | null): Uint8Array =>
  mask.map((set, i) => (set === 0 && (also?.[i] ?? 0) === 0 ? 1 : 0));

/** Gathers the rows of a run and the time spent on them; one per run. */
function rowsOf(input: CoverageInput, ground: CommuneGround, projector: Projector) {
  const { parameters, communes } = input;
  const { frame } = ground.squares;
  const rows: Pick<CoverageResult, 'communes' | 'totals' | 'areas' | 'gaps'> = {
    communes: [],
    totals: [],
    areas: [],
    gaps: [],
  };
  const spent = { union: 0, figures: 0, polygons: 0 };
  const timed = <T>(stage: keyof typeof spent, work: () => T): T => {
    const started = performance.now();
    const result = work();
    spent[stage] += performance.now() - started;
    return result;
  };

  const addFigures = (key: CoverageKey, covered: Uint8Array, doubtful: Uint8Array | null): void => {
    const figures = communeFigures(covered, doubtful, ground, parameters.covered_from_pct);
    for (const { commune, ...figure } of figures) {
      rows.communes.push({ ...key, commune_id: communes[commune]?.commune_id ?? -1, ...figure });
    }
    rows.totals.push({ ...key, ...coverageTotals(figures) });
  };
  const addArea = (key: CoverageKey, covered: Uint8Array): void => {
    const { components, polygons } = tracePolygons(covered, frame);
    const squares = components.squares.reduce((sum, count) => sum + count, 0);
    const area_km2 = Math.round(squares * squareKm2(frame) * 1e6) / 1e6;
    rows.areas.push({ ...key, polygons: toLonLat(polygons, frame, projector), area_km2 });
  };
  const addCovered = (key: CoverageKey, covered: Uint8Array, doubtful: Uint8Array | null): void => {
    timed('figures', () => addFigures(key, covered, doubtful));
    timed('polygons', () => addArea(key, covered));
  };
  const addGaps = (key: CoverageKey, kind: GapKind, missing: Uint8Array): void =>
    timed('polygons', () => {
      for (const { polygon, communes: inside, ...gap } of findGaps(missing, ground, parameters.gap_min_area_km2)) {
        const commune_codes = inside.map((commune) => communes[commune]?.code ?? '').sort();
        rows.gaps.push({ ...key, kind, ...gap, commune_codes, polygons: toLonLat([polygon], frame, projector) });
      }
    });
  return { rows, spent, timed, addCovered, addGaps };
}
type Rows = ReturnType<typeof rowsOf>;

/** The rows of "any operator" and "at least two" of one technology, white and grey spots with them. */
function addUnions(rows: Rows, technology: Technology, masks: readonly ComboMasks[], squares: number): void {
  const { certain, possible } = countOperators(masks, squares);
  const any: CoverageKey = { scope: 'any', operator_id: null, technology };
  const reached = maskBetween(certain, 1);
  rows.addCovered(any, reached, maskBetween(possible, 1));
  rows.addCovered({ ...any, scope: 'at_least_two' }, maskBetween(certain, 2), maskBetween(possible, 2));
  rows.addGaps(any, 'white', maskBetween(possible, 0, 0));
  // Grey: somebody certainly reaches it, and somebody certainly does not.
  const grey = possible.map((count, i) => (reached[i] === 1 && count < masks.length ? 1 : 0));
  rows.addGaps(any, 'grey', grey);
}

/**
 * Computes coverage for every combination asked for, and per technology for "any operator" and "at least two".
 * Impossible cell values are reported in `refused`, never thrown. Throws RangeError when no commune has a boundary
 * or the grid would be absurdly large.
 */
export function computeCoverage(input: CoverageInput): CoverageResult {
  const { parameters } = input;
  const started = performance.now();
  const projector = projectorFor(parameters.grid_srid);
  const ground = layGround(input.communes, parameters, projector);
  const { frame } = ground.squares;
  const gridDone = performance.now();
  const { sectors, settled, refused } = placeSectors(input.cells, parameters, projector);
  const sectorsDone = performance.now();
  const byCombo = groupBy(sectors, ({ cell }) => `${cell.technology}|${cell.operator_id}`);
  const rows = rowsOf(input, ground, projector);
  for (const [technology, combos] of groupBy(input.combos, (combo) => combo.technology)) {
    const masks = combos.map(({ operator_id }) => {
      const own = byCombo.get(`${technology}|${operator_id}`) ?? [];
      const combo = rows.timed('union', () => comboMasks(own, frame));
      const key: CoverageKey = { scope: 'operator', operator_id, technology };
      rows.addCovered(key, combo.covered, combo.doubtful);
      rows.addGaps(key, 'gap', isZero(combo.covered, combo.doubtful));
      return combo;
    });
    addUnions(rows, technology, masks, frame.cols * frame.rows);
  }
  return {
    model: MODEL,
    model_version: MODEL_VERSION,
    terrain_source: 'none',
    parameters,
    grid: { ...frame, srid: parameters.grid_srid },
    population_method: ground.population.method,
    ...rows.rows,
    cells: settled,
    refused,
    timings_ms: { grid: gridDone - started, sectors: sectorsDone - gridDone, ...rows.spent },
  };
}
