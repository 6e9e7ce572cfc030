import type { coverageStages } from '../../contract/index.ts';

export type CoverageStage = (typeof coverageStages)[number];

/** How far a run is: what it is doing, and the share of all its work that is done, 0 to 1, never falling. */
export interface RunProgress {
  stage: CoverageStage;
  done_share: number;
}

/** Where each stage ends, as a share of a run: levels take longest, with terrain by far. */
const ENDS: Record<CoverageStage, number> = { read: 0.03, levels: 0.7, figures: 0.75, areas: 0.85, store: 1 };
const STAGES: CoverageStage[] = ['read', 'levels', 'figures', 'areas', 'store'];

/** Times the stages of a run and tells how far it is. */
export class StageClock {
  readonly milliseconds: Partial<Record<CoverageStage, number>> = {};
  #tell: (progress: RunProgress) => void;
  #signal: AbortSignal | undefined;
  #share = 0;

  constructor(tell: ((progress: RunProgress) => void) | undefined, signal: AbortSignal | undefined) {
    this.#tell = tell ?? (() => undefined);
    this.#signal = signal;
  }

  /**
   * Does the work of a stage; `done` is told the share of the stage.
   * @throws the reason of the signal when it is aborted before or while
   */
  async stage<T>(stage: CoverageStage, work: (done: (share: number) => void) => Promise<T>): Promise<T> {
    this.#signal?.throwIfAborted();
    const from = ENDS[STAGES[STAGES.indexOf(stage) - 1] ?? 'read'] * (stage === 'read' ? 0 : 1);
    const done = (share: number): void => {
      this.#share = Math.max(this.#share, from + (ENDS[stage] - from) * Math.min(1, share));
      this.#tell({ stage, done_share: this.#share });
    };
    done(0);
    const started = performance.now();
    const result = await work(done);
    this.milliseconds[stage] = Math.round((this.milliseconds[stage] ?? 0) + performance.now() - started);
    done(1);
    this.#signal?.throwIfAborted();
    return result;
  }
}
