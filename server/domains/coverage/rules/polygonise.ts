/**
 * A mask of squares as polygons that follow the sides of the squares exactly.
 *
 * Squares that share a side belong together (4-neighbours). Each connected component becomes one polygon: one
 * exterior ring, counter-clockwise, and its holes, clockwise, simple and valid in the OGC sense: where a ring would
 * touch itself at a corner it is split into two that touch there. Rings have a point at every turn and none between.
 */
import type { GridFrame } from './grid.ts';
import { doubledArea, type LonLatMultiPolygon, type Polygon, type Projector, type Ring } from './projection.ts';

export interface Components {
  /** Per square: number of its component from 1, 0 where the mask is not set. */
  labels: Int32Array;
  /** Number of components. */
  count: number;
  /** Squares per component; index 0 is not used. */
  squares: Int32Array;
}

export interface Traced {
  components: Components;
  /** Component k (from 1) is `polygons[k − 1]`; corners in columns and rows of the frame, flat [col, row, …], not closed. */
  polygons: Polygon[];
}

/** Runs of set squares along the rows, south to north; `parent` joins runs that touch (union-find). */
interface Runs {
  start: number[];
  end: number[];
  parent: number[];
}

function rootOf(parent: number[], run: number): number {
  let root = run;
  while (parent[root] !== root) {
    const up = parent[root] ?? root;
    parent[root] = parent[up] ?? up;
    root = parent[root] ?? root;
  }
  return root;
}

/** The runs of a mask, each joined to the runs of the row below that share a side with it. Ends exclusive. */
function joinedRuns(mask: Uint8Array, cols: number): Runs {
  const runs: Runs = { start: [], end: [], parent: [] };
  const { start, end, parent } = runs;
  let below = 0;
  for (let row = 0; row < mask.length; row += cols) {
    const firstOfRow = start.length;
    for (let square = row; square < row + cols; square++) {
      if (mask[square] === 0) continue;
      const from = square;
      while (square < row + cols && mask[square] !== 0) square++;
      const run = start.push(from) - 1;
      end.push(square);
      parent.push(run);
      // Runs of both rows rise from west to east: those below that end before this one begins are done with.
      while (below < firstOfRow && (end[below] ?? 0) + cols <= from) below++;
      for (let other = below; other < firstOfRow && (start[other] ?? 0) + cols < square; other++) {
        const [a, b] = [rootOf(parent, other), rootOf(parent, run)];
        parent[Math.max(a, b)] = Math.min(a, b);
      }
    }
    below = firstOfRow;
  }
  return runs;
}

/** Labels the connected components of a mask, numbered in the order of their southernmost, westernmost square. */
export function labelComponents(mask: Uint8Array, cols: number): Components {
  const labels = new Int32Array(mask.length);
  const { start, end, parent } = joinedRuns(mask, cols);
  const labelOfRun = new Int32Array(start.length);
  const squares = [0];
  for (let run = 0; run < start.length; run++) {
    const root = rootOf(parent, run);
    // The root is the first run of its component, so its label is there before any other asks for it.
    if (root === run) labelOfRun[run] = squares.push(0) - 1;
    const label = labelOfRun[root] ?? 0;
    const [from, to] = [start[run] ?? 0, end[run] ?? 0];
    labels.fill(label, from, to);
    squares[label] = (squares[label] ?? 0) + to - from;
  }
  return { labels, count: squares.length - 1, squares: Int32Array.from(squares) };
}

// Headings: east, north, west, south. Walking with the component on the left, the squares ahead of a corner
// (col, row) are left (col + AHEAD_LEFT_COL, row + AHEAD_LEFT_ROW) and right.
const STEP_COL = [1, 0, -1, 0];
const STEP_ROW = [0, 1, 0, -1];
const LEFT_COL = [0, -1, -1, 0];
const LEFT_ROW = [0, 0, -1, -1];
const RIGHT_COL = [0, 0, -1, -1];
const RIGHT_ROW = [-1, 0, 0, -1];
const [EAST, TURN_LEFT, TURN_RIGHT] = [0, 1, 3];

interface Walker {
  mask: Uint8Array;
  cols: number;
  rows: number;
  /** Southern sides already walked, by the square above them. */
  walked: Uint8Array;
}

const isSet = ({ mask, cols, rows }: Walker, col: number, row: number): boolean =>
  col >= 0 && row >= 0 && col < cols && row < rows && mask[row * cols + col] === 1;

/** Adds a corner; where the ring comes back to a corner it passed, the loop since then is cut off as a ring of its own. */
function addCorner(path: number[], col: number, row: number, mayRepeat: boolean, loops: number[][]): void {
  if (mayRepeat) {
    for (let i = path.length - 2; i >= 0; i -= 2) {
      if (path[i] === col && path[i + 1] === row) {
        loops.push(path.splice(i));
        break;
      }
    }
  }
  path.push(col, row);
}

/** Walks one boundary from the western end of the southern side of a square; the rings it consists of. */
function walkBoundary(walker: Walker, startCol: number, startRow: number): number[][] {
  const { cols, walked } = walker;
  const path: number[] = [startCol, startRow];
  const loops: number[][] = [];
  let [col, row, heading] = [startCol, startRow, EAST as number];
  for (;;) {
    if (heading === EAST) walked[row * cols + col] = 1;
    col += STEP_COL[heading] ?? 0;
    row += STEP_ROW[heading] ?? 0;
    const left = isSet(walker, col + (LEFT_COL[heading] ?? 0), row + (LEFT_ROW[heading] ?? 0));
    const right = isSet(walker, col + (RIGHT_COL[heading] ?? 0), row + (RIGHT_ROW[heading] ?? 0));
    if (left && !right) continue;
    // At a corner where two set squares meet diagonally, keeping to the own square keeps 4-neighbours apart.
    const next = (heading + (left ? TURN_RIGHT : TURN_LEFT)) % 4;
    if (col === startCol && row === startRow && next === EAST) break;
    addCorner(path, col, row, !left && right, loops);
    heading = next;
  }
  loops.push(path);
  return loops;
}

/** Traces every component of a mask (values 0 and 1) into one polygon. */
export function tracePolygons(mask: Uint8Array, { cols, rows }: GridFrame): Traced {
  const components = labelComponents(mask, cols);
  const walker: Walker = { mask, cols, rows, walked: new Uint8Array(mask.length) };
  const polygons: Polygon[] = Array.from({ length: components.count }, () => []);
  for (let square = 0; square < mask.length; square++) {
    if (mask[square] === 0 || walker.walked[square] === 1) continue;
    const row = Math.floor(square / cols);
    const col = square - row * cols;
    if (isSet(walker, col, row - 1)) continue;
    const polygon = polygons[(components.labels[square] ?? 1) - 1];
    for (const loop of walkBoundary(walker, col, row)) {
      const ring = Float64Array.from(loop);
      if (doubledArea(ring) > 0) polygon?.unshift(ring);
      else polygon?.push(ring);
    }
  }
  return { components, polygons };
}

/** Walks one boundary side by side, without splitting it: [column of the square inside, its row, heading] a side. */
function walkSides(
  walker: Walker,
  startCol: number,
  startRow: number,
  side: (square: number, heading: number) => void,
): void {
  const { cols, walked } = walker;
  let [col, row, heading] = [startCol, startRow, EAST as number];
  for (;;) {
    if (heading === EAST) walked[row * cols + col] = 1;
    side((row + (LEFT_ROW[heading] ?? 0)) * cols + col + (LEFT_COL[heading] ?? 0), heading);
    col += STEP_COL[heading] ?? 0;
    row += STEP_ROW[heading] ?? 0;
    const left = isSet(walker, col + (LEFT_COL[heading] ?? 0), row + (LEFT_ROW[heading] ?? 0));
    const right = isSet(walker, col + (RIGHT_COL[heading] ?? 0), row + (RIGHT_ROW[heading] ?? 0));
    if (left && !right) continue;
    heading = (heading + (left ? TURN_RIGHT : TURN_LEFT)) % 4;
    if (col === startCol && row === startRow && heading === EAST) return;
  }
}

/**
 * Outlines of the values above an edge, one polygon a connected component (by sides). The outline crosses every line
 * between the centres of a square inside and a neighbour outside once; `share(inside, outside)` tells where, as a share
 * of the way from the one to the other, strictly between 0 and 1; `outside` is −1 beyond the frame. It runs straight across
 * for `across` squares before and after (at most the least of `share` and of 1 − `share`). Where two squares inside meet only
 * at a corner the outlines pass each other, so rings are simple and do not touch.
 */
export function traceContours(
  values: Uint8Array,
  { cols, rows }: GridFrame,
  edge: number,
  share: (inside: number, outside: number) => number,
  across = 0,
): Polygon[] {
  const mask = new Uint8Array(values.length);
  for (let square = 0; square < mask.length; square++) if ((values[square] as number) > edge) mask[square] = 1;
  const { labels, count } = labelComponents(mask, cols);
  const walker: Walker = { mask, cols, rows, walked: new Uint8Array(mask.length) };
  const polygons: Polygon[] = Array.from({ length: count }, () => []);
  for (let square = 0; square < mask.length; square++) {
    if (mask[square] === 0 || walker.walked[square] === 1) continue;
    const row = Math.floor(square / cols);
    const col = square - row * cols;
    if (isSet(walker, col, row - 1)) continue;
    const path: number[] = [];
    walkSides(walker, col, row, (inside, heading) => {
      const [c, r] = [inside % cols, Math.floor(inside / cols)];
      // The square on the right hand: one step to the right of the heading.
      const [dc, dr] = [STEP_COL[(heading + TURN_RIGHT) % 4] ?? 0, STEP_ROW[(heading + TURN_RIGHT) % 4] ?? 0];
      const beyond = c + dc < 0 || r + dr < 0 || c + dc >= cols || r + dr >= rows;
      const way = share(inside, beyond ? -1 : inside + dr * cols + dc);
      const [x, y] = [c + 0.5 + dc * way, r + 0.5 + dr * way];
      if (across === 0) path.push(x, y);
      else {
        const [alongCol, alongRow] = [across * (STEP_COL[heading] ?? 0), across * (STEP_ROW[heading] ?? 0)];
        path.push(x - alongCol, y - alongRow, x + alongCol, y + alongRow);
      }
    });
    const ring = Float64Array.from(path);
    const polygon = polygons[(labels[square] ?? 1) - 1];
    if (doubledArea(ring) > 0) polygon?.unshift(ring);
    else polygon?.push(ring);
  }
  return polygons;
}

/** Corners in columns and rows → metres. */
export const toMetres = (polygon: Polygon, { origin_e_m, origin_n_m, grid_m }: GridFrame): Polygon =>
  polygon.map((ring) => ring.map((value, i) => value * grid_m + (i % 2 === 0 ? origin_e_m : origin_n_m)));

const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

/**
 * Corners in columns and rows → GeoJSON coordinates: lon, lat with 7 decimals (a centimetre), rings closed,
 * exteriors counter-clockwise.
 */
export function toLonLat(polygons: readonly Polygon[], frame: GridFrame, projector: Projector): LonLatMultiPolygon {
  const closed = (ring: Ring): number[][] => {
    const points: number[][] = [];
    for (let i = 0; i < ring.length; i += 2) {
      const east = frame.origin_e_m + (ring[i] ?? 0) * frame.grid_m;
      const north = frame.origin_n_m + (ring[i + 1] ?? 0) * frame.grid_m;
      points.push(projector.inverse(east, north).map(round));
    }
    const [first] = points;
    if (first) points.push([...first]);
    return points;
  };
  return polygons.map((polygon) => polygon.map(closed));
}

/**
 * Cuts every corner half a square before and after it, so that a staircase becomes a slope: for drawing only, it
 * changes the area slightly. Each cut stays inside its own quarter of a square, so rings never cross and rings that
 * touched at a corner come apart. In and out: corners in columns and rows.
 */
export function cutCorners(polygon: Polygon): Polygon {
  return polygon.map((ring) => {
    const out: number[] = [];
    const { length } = ring;
    const add = (col: number, row: number): void => {
      if (out.at(-2) !== col || out.at(-1) !== row) out.push(col, row);
    };
    for (let i = 0; i < length; i += 2) {
      const [col, row] = [ring[i] ?? 0, ring[i + 1] ?? 0];
      for (const j of [(i + length - 2) % length, (i + 2) % length]) {
        add(col + Math.sign((ring[j] ?? 0) - col) / 2, row + Math.sign((ring[j + 1] ?? 0) - row) / 2);
      }
    }
    if (out[0] === out.at(-2) && out[1] === out.at(-1)) out.length -= 2;
    return Float64Array.from(out);
  });
}
