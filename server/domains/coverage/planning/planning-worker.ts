/**
 * Worker thread of planning: lays ground, keeps ground and levels of the days last asked about, so that a what-if computes only what
 * it changes. It holds copies; nothing it does can reach the database.
 */
import { setPriority } from 'node:os';
import { Tinypool } from 'tinypool';
import type { RunGround } from '../rules/coverage-types.ts';
import type { PlanningKind, PlanningMessage, PlanningQuestions, PlanningReply, Subject } from './planning-types.ts';
import { layPlanning, PlanningState } from './state/planning-state.ts';
import { radioPath } from './state/radio-path.ts';
import { spot } from './state/spot.ts';
import { suggest } from './state/suggest.ts';
import { whatIf } from './state/what-if.ts';

/** Days kept: the present one and one to compare with. Each takes some 100 MB for a province. */
const MOST_STATES = 2;

type Answers = {
  [K in PlanningKind]: (
    state: PlanningState,
    task: PlanningQuestions[K][0],
    checkStop: () => void,
  ) => PlanningQuestions[K][1];
};
const answers: Answers = { 'what-if': whatIf, suggest, spot, path: radioPath };

const { stop, givesWay } = Tinypool.workerData as unknown as { stop: Int32Array; givesWay: boolean };
/** A third of the weight of a thread of normal priority: still answered while others ask without a pause. */
const GIVING_WAY = 5;
// Of Linux alone 0 means this thread; elsewhere it would be the whole server.
if (givesWay && process.platform === 'linux') setPriority(0, GIVING_WAY);

/** @throws Error when nobody waits for the answer any more */
function checkStop(): void {
  if (Atomics.load(stop, 0) !== 0) throw new Error('stopped');
}

/** Questions about changes need the levels of before; spots are computed alone. */
const needsLevels = (kind: PlanningKind): boolean => kind === 'what-if' || kind === 'suggest';

/** By key, the one last used at the end. */
const states = new Map<string, PlanningState>();

function stateOf(key: string): PlanningState | undefined {
  const state = states.get(key);
  if (!state) return undefined;
  states.delete(key);
  states.set(key, state);
  return state;
}

function load(key: string, state: PlanningState): void {
  states.set(key, state);
  for (const old of states.keys()) {
    if (states.size <= MOST_STATES) break;
    states.delete(old);
  }
}

export default (message: PlanningMessage): PlanningReply<PlanningKind> | RunGround | null => {
  if (message.do === 'lay') return layPlanning(message.inventory);
  if (message.do === 'load') {
    load(message.key, new PlanningState(message.inventory, message.ground));
    return null;
  }
  const state = stateOf(message.key);
  if (message.do === 'offer') {
    state?.offerStored(message.technology, message.stored);
    return null;
  }
  if (!state) return { lacks: 'inventory' };
  const { kind, task } = message;
  if (needsLevels(kind)) {
    const { technology } = task as Subject;
    if (!state.hasOffer(technology)) return { lacks: 'levels', technology, basis: state.basis };
  }
  return { lacks: null, answer: answers[kind](state, task as never, checkStop) };
};
