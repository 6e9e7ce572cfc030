import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { CoverageJob, CoverageJobList } from '../../../../server/contract/index.ts';
import { ApiError } from '../../api/api-error.ts';
import { createResource } from '../../api/resource.ts';
import type { AppContext } from '../../state/app-context.ts';

export interface CoverageJobs {
  /** The run that waits or is under way, or has just ended while the page looked on; null: none. */
  job: ReadonlySignal<CoverageJob | null>;
  /** Why the last wish was refused, in words; null when it was not. */
  refused: ReadonlySignal<string | null>;
  /** A wish is on its way to the server. */
  isAsking: ReadonlySignal<boolean>;
  /** The run was called off and has not ended yet: it finishes what it is at. */
  isCancelling: ReadonlySignal<boolean>;
  /** Asks for the figures of a day to be computed; asks for the edit token first when it is not known. */
  compute: (at: string) => Promise<void>;
  cancel: () => Promise<void>;
  /** Puts the note about an ended run away. */
  dismiss: () => void;
}

/** Pause before the list of jobs is asked, milliseconds. */
const askAgainMs = 5_000;

export const isUnderWay = ({ state }: CoverageJob): boolean => state === 'queued' || state === 'running';

function readJob(text: unknown): CoverageJob | null {
  try {
    const job: CoverageJob | null = JSON.parse(String(text));
    return job;
  } catch {
    return null;
  }
}

/** Runs of coverage in the background: started, followed by server-sent events, cancelled. */
export function createCoverageJobs(app: AppContext): CoverageJobs {
  const job = signal<CoverageJob | null>(null);
  const refused = signal<string | null>(null);
  const isAsking = signal(false);
  const cancelled = signal<number | null>(null);
  let events: EventSource | null = null;

  /** A run that has ended changes every figure and tile. */
  function take(next: CoverageJob): void {
    job.value = next;
    if (isUnderWay(next)) return;
    events?.close();
    events = null;
    if (next.state !== 'done') return;
    app.session.meta.reload();
    app.session.dataChanges.value += 1;
  }

  const read = ({ data }: MessageEvent): void => {
    const next = readJob(data);
    if (next) take(next);
  };

  /**
   * The browser connects again by itself after a restart of the server, where the run goes on. When it has given up,
   * the list of jobs is asked, until the run has ended.
   */
  function follow(started: CoverageJob): void {
    job.value = started;
    events?.close();
    const source = new EventSource(app.api.href(`/coverage/jobs/${started.id}/events`));
    source.addEventListener('progress', read);
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED && events === source) setTimeout(list.reload, askAgainMs);
    });
    events = source;
  }

  async function ask(path: string, body?: { at: string }): Promise<CoverageJob | null> {
    isAsking.value = true;
    refused.value = null;
    try {
      const request = { method: 'POST' as const, path, ...(body && { body }) };
      return (await app.session.editToken.write<CoverageJob>(app.api, request)) ?? null;
    } catch (error) {
      refused.value = error instanceof ApiError ? error.message : String(error);
      return null;
    } finally {
      isAsking.value = false;
    }
  }

  // Somebody else, or this page before it was loaded again, may have started a run.
  const isPanelOpen = computed(() => ['coverage', 'gaps'].includes(app.url.state.value.tab));
  const list = createResource<CoverageJobList>(
    app.api,
    () => (isPanelOpen.value ? '/coverage/jobs?limit=5' : null),
    app.reachability.recoveries,
  );
  effect(() => {
    const { data, status } = list.state.value;
    if (!data || status !== 'ready') return;
    untracked(() => {
      const known = data.items.find((item) => item.id === job.value?.id);
      const running = data.items.find(isUnderWay);
      if (known && !isUnderWay(known) && job.value && isUnderWay(job.value)) take(known);
      else if (running && events?.readyState !== EventSource.OPEN) follow(running);
    });
  });

  return {
    job,
    refused,
    isAsking,
    isCancelling: computed(() => cancelled.value !== null && cancelled.value === job.value?.id),
    async compute(at) {
      const started = await ask('/coverage/jobs', { at });
      if (started) follow(started);
    },
    async cancel() {
      const current = job.peek();
      const answer = current && (await ask(`/coverage/jobs/${current.id}/cancel`));
      if (!answer) return;
      cancelled.value = answer.id;
      take(answer);
    },
    dismiss() {
      job.value = null;
      refused.value = null;
    },
  };
}
