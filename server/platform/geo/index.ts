export type { Axis, DmsOptions } from './format-dms.ts';
export { formatDms } from './format-dms.ts';
export type { NumberStyle } from './number-style.ts';
export { decideNumberStyle, POINT_STYLE, parseStyledNumber } from './number-style.ts';
export type { AngleProblem, AngleReading, HemisphereLanguage } from './parse-angle.ts';
export { hemisphereLanguage, parseAngle } from './parse-angle.ts';
export type { PairContext, PairReading } from './parse-coordinate.ts';
export { decidePairContext, parsePair, readPair } from './parse-coordinate.ts';
export type { Bounds, LonLat, PositionFlag, Vn2000Candidate } from './position-checks.ts';
export {
  isInBounds,
  missingDatumShift,
  positionFlag,
  proposeSwap,
  VIETNAM_BOUNDS,
  vn2000Candidates,
} from './position-checks.ts';
export type { Vn2000Position, Vn2000System } from './vn2000.ts';
export { PHU_THO_SRID, projectToVn2000, unprojectFromVn2000 } from './vn2000.ts';
