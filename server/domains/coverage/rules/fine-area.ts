/**
 * Areas to a finer measure than the squares: each square is split into 4 × 4, and where a square is near the edge of
 * coverage its parts are inside or outside the outline that `bands.ts` draws between the centres of the squares around
 * it, so figures and polygons agree.
 */
import { assignSquares, type CommuneShape, type CommuneSquares, UNASSIGNED } from './commune-squares.ts';
import type { GridFrame } from './grid.ts';
import { COVERED_FROM } from './levels/level-types.ts';

/** Half a step below the first covered value: between it and the last that is not. */
export const COVERED_EDGE = COVERED_FROM - 0.5;
/**
 * How far above and below the edge values are told apart, in steps (6 dB). Beyond it lies a cliff (a shadow of the
 * terrain, a range cap), whose place between two squares is not known: the edge is then drawn half way.
 */
export const EDGE_WINDOW = 12;

const SPLIT = 4;
/** Squares of the fine grid; above it (a nation) areas are counted on whole squares. */
const MAX_FINE_SQUARES = 60_000_000;
/** Parts of the square are in several communes, or some in none. */
const MIXED = 0xfffe;

export interface FineGround {
  frame: GridFrame;
  /** Parts along a square's side: 4, or 1 where the grid is too large. */
  split: number;
  /** Per square: the commune of all its parts, MIXED, or UNASSIGNED when no part is in a commune. */
  whole: Uint16Array;
  /** Per square: where its parts begin in `parts`; −1 unless MIXED. */
  partsAt: Int32Array;
  /** Communes of the parts of the mixed squares, row by row from the south-west. */
  parts: Uint16Array;
  /** Per commune: how many parts it has. */
  own: Uint32Array;
  /** Squares of no commune near communes, and which square's level stands for theirs: [square, source, …]. */
  borrowed: Int32Array;
}

const NEIGHBOURS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
] as const;

/** Squares of no commune within two squares of one, each with the nearest square that has a level. */
function borrowedSquares({ frame, commune }: CommuneSquares): Int32Array {
  const { cols, rows } = frame;
  const source = Int32Array.from(commune, (index, square) => (index === UNASSIGNED ? -1 : square));
  const pairs: number[] = [];
  for (let ring = 0; ring < 2; ring++) {
    const found: number[] = [];
    for (let square = 0; square < source.length; square++) {
      if (source[square] !== -1) continue;
      const [col, row] = [square % cols, Math.floor(square / cols)];
      const near = NEIGHBOURS.find(([dc, dr]) => {
        const [c, r] = [col + dc, row + dr];
        return c >= 0 && r >= 0 && c < cols && r < rows && (source[r * cols + c] ?? -1) >= 0;
      });
      if (near) found.push(square, source[(row + near[1]) * cols + col + near[0]] ?? -1);
    }
    for (let i = 0; i < found.length; i += 2) source[found[i] ?? 0] = found[i + 1] ?? -1;
    pairs.push(...found);
  }
  return Int32Array.from(pairs);
}

/** Parts of squares by commune, from boundaries in metres. */
export function layFineGround(squares: CommuneSquares, shapes: readonly CommuneShape[]): FineGround {
  const { frame, commune } = squares;
  const { cols, rows, grid_m } = frame;
  const borrowed = borrowedSquares(squares);
  const partsAt = new Int32Array(commune.length).fill(-1);
  if (cols * rows * SPLIT * SPLIT > MAX_FINE_SQUARES) {
    return { frame, split: 1, whole: commune, partsAt, parts: new Uint16Array(0), own: squares.squares, borrowed };
  }
  const fineFrame = { ...frame, cols: cols * SPLIT, rows: rows * SPLIT, grid_m: grid_m / SPLIT };
  const fine = assignSquares(shapes, fineFrame);
  const whole = new Uint16Array(commune.length);
  const parts: number[] = [];
  for (let square = 0; square < commune.length; square++) {
    const at = Math.floor(square / cols) * SPLIT * fineFrame.cols + (square % cols) * SPLIT;
    const first = fine.commune[at] ?? UNASSIGNED;
    let same = true;
    for (let i = 0; i < SPLIT && same; i++) {
      for (let j = 0; j < SPLIT; j++) same &&= fine.commune[at + i * fineFrame.cols + j] === first;
    }
    whole[square] = same ? first : MIXED;
    if (same) continue;
    partsAt[square] = parts.length;
    for (let i = 0; i < SPLIT; i++) {
      for (let j = 0; j < SPLIT; j++) parts.push(fine.commune[at + i * fineFrame.cols + j] ?? UNASSIGNED);
    }
  }
  return { frame, split: SPLIT, whole, partsAt, parts: Uint16Array.from(parts), own: fine.squares, borrowed };
}

/** Levels with those of squares near the outer border filled in from their neighbours, so that no edge is drawn along it. */
export function extendLevels(levels: Uint8Array, { borrowed }: FineGround): Uint8Array {
  const extended = levels.slice();
  for (let i = 0; i < borrowed.length; i += 2) extended[borrowed[i] ?? 0] = levels[borrowed[i + 1] ?? 0] ?? 0;
  return extended;
}

/** A level's distance from an edge in steps, bounded: positive inside. */
export const fromEdge = (value: number, edge: number): number =>
  Math.max(-EDGE_WINDOW, Math.min(EDGE_WINDOW, value - edge));

/** Distances from the centre of a square to the parts along a side, in squares. */
const OFFSETS = Array.from({ length: SPLIT }, (_, i) => (i + 0.5) / SPLIT - 0.5);

/**
 * Whether a point lies within the corner that a line cuts off, `alongX` and `alongY` from the corner. The line itself belongs to it:
 * half way between two cliffs it runs through the middle of a part, which then counts to the square it is in.
 */
const isInCorner = (x: number, y: number, alongX: number, alongY: number): boolean => x / alongX + y / alongY <= 1;

/**
 * How far around its centre a square has its own level, as a share of the way to the next centre; in between it changes evenly.
 * Drawn straight from centre to centre, outlines would cut half a square off every patch and fill as much of every hole, which
 * makes the rarer of covered and not covered rarer still; so they cut an eighth.
 */
export const OWN_SHARE = 0.25;

/** Share of the way between two centres at which the level is that of a share of the difference. */
export const placeOf = (share: number): number => OWN_SHARE + (1 - 2 * OWN_SHARE) * share;

/** The share of the difference there is at a share of the way: what `placeOf` takes back. */
const shareAt = (place: number): number => Math.min(1, Math.max(0, (place - OWN_SHARE) / (1 - 2 * OWN_SHARE)));

/** The shares at the parts along a side, seen from the centre outwards. */
const SHARES = OFFSETS.map((offset) => shareAt(Math.abs(offset)));

/** All parts of the south-western quarter of a square. */
const QUARTER = 0b11_0011;

/** A square and its eight neighbours, row by row from the south-west: distances from the edge, positive inside, never 0. */
const near = new Float64Array(9);

/** Beyond the frame is as its nearest square. */
function lookAround(levels: Uint8Array, col: number, row: number, { cols, rows }: GridFrame, edge: number): void {
  let at = 0;
  for (let r = row - 1; r <= row + 1; r++) {
    const from = (r < 0 ? 0 : r < rows ? r : rows - 1) * cols;
    for (let c = col - 1; c <= col + 1; c++, at++) {
      near[at] = fromEdge(levels[from + (c < 0 ? 0 : c < cols ? c : cols - 1)] as number, edge);
    }
  }
}

/**
 * The parts of one quarter of a square that lie inside the outline (marching squares, as `bandPolygons` draws it: of two
 * corners inside that lie across from each other each has its own piece). Seen from the centre of the square outwards, `dc`
 * columns and `dr` rows: the outline is the same from whichever of the four centres it is looked at.
 */
function quarterInside(dc: number, dr: number): number {
  const a = 4;
  const b = 4 + dc;
  const c = 4 + 3 * dr;
  const d = b + 3 * dr;
  const v00 = near[a] as number;
  const v10 = near[b] as number;
  const v01 = near[c] as number;
  const v11 = near[d] as number;
  const inside = (v00 > 0 ? 1 : 0) + (v10 > 0 ? 1 : 0) + (v01 > 0 ? 1 : 0) + (v11 > 0 ? 1 : 0);
  if (inside === 0) return 0;
  const firstRow = dr < 0 ? 0 : SPLIT / 2;
  const firstCol = dc < 0 ? 0 : SPLIT / 2;
  if (inside === 4) return QUARTER << (firstRow * SPLIT + firstCol);
  const south = v00 / (v00 - v10);
  const north = v01 / (v01 - v11);
  const west = v00 / (v00 - v01);
  const east = v10 / (v10 - v11);
  const isSplitByRow = inside === 2 && v00 > 0 === v10 > 0;
  const isSplitByColumn = inside === 2 && v00 > 0 === v01 > 0;
  let bits = 0;
  for (let i = firstRow; i < firstRow + SPLIT / 2; i++) {
    const y = SHARES[i] as number;
    for (let j = firstCol; j < firstCol + SPLIT / 2; j++) {
      const x = SHARES[j] as number;
      let isIn: boolean;
      if (isSplitByRow) isIn = y < west + (east - west) * x === v00 > 0;
      else if (isSplitByColumn) isIn = x < south + (north - south) * y === v00 > 0;
      else {
        // Corners cut off are those inside, or the only one outside.
        const isOut = inside === 3;
        const isCut =
          (v00 > 0 !== isOut && isInCorner(x, y, south, west)) ||
          (v10 > 0 !== isOut && isInCorner(1 - x, y, 1 - south, east)) ||
          (v01 > 0 !== isOut && isInCorner(x, 1 - y, north, 1 - west)) ||
          (v11 > 0 !== isOut && isInCorner(1 - x, 1 - y, 1 - north, 1 - east));
        isIn = isCut !== isOut;
      }
      if (isIn) bits |= 1 << (i * SPLIT + j);
    }
  }
  return bits;
}

/** Which parts of a square lie inside the edge: one bit each, row by row from the south-west. */
function partsInside(levels: Uint8Array, col: number, row: number, frame: GridFrame, edge: number): number {
  lookAround(levels, col, row, frame, edge);
  return quarterInside(-1, -1) | quarterInside(1, -1) | quarterInside(-1, 1) | quarterInside(1, 1);
}

const ALL = 0xffff;

/** Adds the parts of a square that are inside to their communes. */
function addParts(covered: Uint32Array, bits: number, first: number, commune: number, parts: Uint16Array): void {
  if (first < 0 && bits === ALL) {
    covered[commune] = (covered[commune] as number) + SPLIT * SPLIT;
    return;
  }
  for (let part = 0; part < SPLIT * SPLIT; part++) {
    if ((bits & (1 << part)) === 0) continue;
    const index = first < 0 ? commune : (parts[first + part] as number);
    if (index !== UNASSIGNED) covered[index] = (covered[index] as number) + 1;
  }
}

function tallySquares(levels: Uint8Array, { whole, own }: FineGround, edge: number): Uint32Array {
  const covered = new Uint32Array(own.length);
  for (let square = 0; square < whole.length; square++) {
    const commune = whole[square] as number;
    if (commune !== UNASSIGNED && (levels[square] as number) > edge)
      covered[commune] = (covered[commune] as number) + 1;
  }
  return covered;
}

/**
 * How many of the squares of a row and its two neighbours are inside, column by column from the one before the first to
 * the one after the last; beyond the frame as many as at its edge.
 */
function countColumns(
  counts: Uint8Array,
  levels: Uint8Array,
  row: number,
  { cols, rows }: Pick<GridFrame, 'cols' | 'rows'>,
  edge: number,
): void {
  counts.fill(0);
  for (let r = row - 1; r <= row + 1; r++) {
    const from = Math.max(0, Math.min(rows - 1, r)) * cols;
    for (let col = 0; col < cols; col++) {
      if ((levels[from + col] as number) > edge) counts[col + 1] = (counts[col + 1] as number) + 1;
    }
  }
  counts[0] = counts[1] as number;
  counts[cols + 1] = counts[cols] as number;
}

/**
 * Covered parts per commune, of `own` parts.
 * @param levels stored values, as they come or already extended
 */
export function tallyArea(levels: Uint8Array, fine: FineGround, edge = COVERED_EDGE): Uint32Array {
  const { frame, split, whole, partsAt, parts, own } = fine;
  if (split === 1) return tallySquares(levels, fine, edge);
  const covered = new Uint32Array(own.length);
  const extended = extendLevels(levels, fine);
  const counts = new Uint8Array(frame.cols + 2);
  for (let row = 0; row < frame.rows; row++) {
    countColumns(counts, extended, row, frame, edge);
    for (let col = 0; col < frame.cols; col++) {
      // The square and its eight neighbours: none inside, all of them, or some.
      const near = (counts[col] as number) + (counts[col + 1] as number) + (counts[col + 2] as number);
      if (near === 0) continue;
      const square = row * frame.cols + col;
      const commune = whole[square] as number;
      if (commune === UNASSIGNED) continue;
      const bits = near === 9 ? ALL : partsInside(extended, col, row, frame, edge);
      addParts(covered, bits, partsAt[square] as number, commune, parts);
    }
  }
  return covered;
}
