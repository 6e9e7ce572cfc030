import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import type { CutResult } from '../../../../server/contract/connectivity.ts';
import { ApiError } from '../../api/api-error.ts';
import type { AppContext } from '../../state/app-context.ts';
import { networkBody } from '../../state/network-choice.ts';

/** What fails, as members of the body of POST /connectivity/cut. */
export type CutParts = Record<string, unknown>;
/** null: nothing was asked. */
export type CutAnswer = 'running' | CutResult | ApiError | null;

export const resultOf = (answer: CutAnswer): CutResult | null =>
  answer === 'running' || answer instanceof ApiError ? null : answer;

export interface FollowedCut {
  answer: ReadonlySignal<CutAnswer>;
  /** Asks the same again. */
  again: () => void;
}

/**
 * Asks what is lost whenever what fails, the day, the network or the data are others; an answer to an earlier question
 * is left out.
 * @param parts what fails; null: nothing is asked
 */
export function followCut(app: AppContext, parts: ReadonlySignal<CutParts | null>): FollowedCut {
  const answer: Signal<CutAnswer> = signal(null);
  const tries = signal(0);
  let controller: AbortController | null = null;
  // As text: the address changes with every move of the map, the question does not.
  const question = computed(() => {
    const failed = parts.value;
    return failed && JSON.stringify({ at: app.day.value, ...networkBody(app.url.state.value.network), ...failed });
  });
  const ask = async (body: object, { signal: mine }: AbortController): Promise<void> => {
    try {
      const result = await app.api.post<CutResult>('/connectivity/cut', body, mine);
      if (!mine.aborted) answer.value = result;
    } catch (error) {
      if (mine.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      answer.value = error;
    }
  };
  effect(() => {
    const asked = question.value;
    void [tries.value, app.session.dataChanges.value, app.reachability.recoveries.value];
    untracked(() => {
      controller?.abort();
      answer.value = asked === null ? null : 'running';
      if (asked === null) return;
      controller = new AbortController();
      void ask(JSON.parse(asked) as object, controller);
    });
  });
  return { answer, again: () => (tries.value = tries.peek() + 1) };
}
