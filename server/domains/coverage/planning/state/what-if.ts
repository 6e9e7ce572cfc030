/** What planned changes would do to the figures of a subject. */

import type { Translated } from '../../../../platform/language.ts';
import { coveredSquares } from '../../rules/commune-figures.ts';
import { groupBy } from '../../rules/group-by.ts';
import { type DoubtfulCell, type RadioCell, settleCells } from '../../rules/levels/index.ts';
import { toLonLat, tracePolygons } from '../../rules/polygonise.ts';
import type { CommuneChange, Subject, WhatIfAnswer, WhatIfTask } from '../planning-types.ts';
import { levelsAfter } from '../rules/level-change.ts';
import { type ChangeProblem, type ResolvedChanges, resolveChanges } from '../rules/planned-cells.ts';
import { text } from '../rules/planning-texts.ts';
import { figuresAfter } from './figures-after.ts';
import { type Before, certain, type PlanningState } from './planning-state.ts';
import { groundWarning } from './unknown-ground.ts';

/** Of cells that are alike in everything, the first: twins change nothing. */
function withoutTwins(cells: readonly RadioCell[]): RadioCell[] {
  const bySignature = new Map<string, RadioCell>();
  for (const cell of cells) if (!bySignature.has(cell.signature)) bySignature.set(cell.signature, cell);
  return [...bySignature.values()];
}

/** Settles the cells that come; new ones with impossible values are problems of the change that adds them, one a field. */
function settleAdded(
  state: PlanningState,
  { added, changeOf }: ResolvedChanges,
): { cells: RadioCell[]; doubtful: DoubtfulCell[]; problems: ChangeProblem[] } {
  const { cells, doubtful, refused } = settleCells(added, state.inventory.parameters, state.projector);
  const problems = refused.flatMap(({ cell_id, field, value, reason }): ChangeProblem[] => {
    const index = changeOf.get(cell_id);
    return index === undefined
      ? []
      : [{ pointer: `/changes/${index}/${field}`, value, reason, code: 'impossible-value' }];
  });
  const byField = new Map(problems.map((problem) => [problem.pointer, problem]));
  return { cells: withoutTwins(cells).map(certain), doubtful, problems: [...byField.values()] };
}

/** What doubtful cells might reach once some left and others came; the very mask of before when none did. */
function doubtfulAfter(
  state: PlanningState,
  subject: Subject,
  { doubtful }: Before,
  { removed_ids, added }: { removed_ids: ReadonlySet<number>; added: readonly DoubtfulCell[] },
): Uint8Array | null {
  const cells = state.doubtfulCells(subject);
  const left = cells.filter(({ cell_id }) => !removed_ids.has(cell_id));
  if (left.length === cells.length && added.length === 0) return doubtful;
  return state.doubtfulMask([...left, ...added]);
}

/** Figures of every commune before, and with other levels and what doubtful cells then might reach. */
export function changesOf(
  state: PlanningState,
  before: Before,
  after: Uint8Array,
  doubtful: Uint8Array | null = before.doubtful,
): CommuneChange[] {
  const { best, counts } = before;
  const reached = { levels: best.levels, doubtful: before.doubtful, reach: counts };
  return figuresAfter(reached, after, doubtful, state.ground, state.inventory.parameters.covered_from_pct);
}

/** Squares covered by some levels and not by others, as GeoJSON. */
function difference(state: PlanningState, of: Uint8Array, without: Uint8Array) {
  const { frame } = state.levelGround;
  const other = coveredSquares(without);
  const mask = coveredSquares(of).map((set, square) => (set === 1 && other[square] === 0 ? 1 : 0));
  const coordinates = toLonLat(tracePolygons(mask, frame).polygons, frame, state.projector);
  return { type: 'MultiPolygon' as const, coordinates };
}

/** Says of which changes the ground is not known, where there is terrain elsewhere. */
function groundWarnings(
  state: PlanningState,
  cells: readonly RadioCell[],
  { changeOf }: ResolvedChanges,
): Translated[] {
  const byChange = groupBy(cells, ({ cell_id }) => changeOf.get(cell_id) ?? -1);
  byChange.delete(-1);
  return [...byChange]
    .sort(([a], [b]) => a - b)
    .flatMap(([index, ofChange]) => groundWarning(state, ofChange, text.change(index + 1)) ?? []);
}

/** Answers a what-if. Nothing is stored and nothing of the inventory changes. */
export function whatIf(state: PlanningState, task: WhatIfTask): WhatIfAnswer {
  const resolved = resolveChanges(task, state.planning);
  const added = settleAdded(state, resolved);
  const problems = [...resolved.problems, ...added.problems];
  if (problems.length > 0) return { problems };
  const started = performance.now();
  const before = state.before(task);
  const prepared_ms = Math.round(performance.now() - started);
  const removed_ids = new Set(resolved.removed.map(({ cell_id }) => cell_id));
  const after = levelsAfter(before.best, { removed_ids, added: added.cells }, state.inside, (cells, floor) =>
    state.levelsAbove(cells, floor),
  );
  const doubtful = doubtfulAfter(state, task, before, { removed_ids, added: added.doubtful });
  return {
    problems: null,
    communes: changesOf(state, before, after, doubtful),
    gained: task.area ? difference(state, after, before.best.levels) : null,
    lost: task.area ? difference(state, before.best.levels, after) : null,
    taken: resolved.taken,
    warnings: [...resolved.warnings, ...groundWarnings(state, added.cells, resolved)],
    prepared_ms,
  };
}
