import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { CoverageJob, CoverageJobList } from '../../../../server/contract/index.ts';
import { ApiError } from '../../api/api-error.ts';
import { createResource } from '../../api/resource.ts';
import { problemText } from '../../i18n/problem-text.ts';
import type { AppContext } from '../../state/app-context.ts';

export interface CoverageJobs {
  /** The run under way, or the one whose turn is next; null: none. */
  job: ReadonlySignal<CoverageJob | null>;
  /** Runs that wait behind it, the next one first. */
  waiting: ReadonlySignal<readonly CoverageJob[]>;
  /** The run that has ended last while the page looked on; null: none, or the note was put away. */
  ended: ReadonlySignal<CoverageJob | null>;
  /** Why the last wish was refused, in words; null when it was not. */
  refused: ReadonlySignal<string | null>;
  /** A wish is on its way to the server. */
  isAsking: ReadonlySignal<boolean>;
  /** Runs that were called off and have not ended yet, by id: they finish what they are at. */
  cancelling: ReadonlySignal<ReadonlySet<number>>;
  /** Asks for the figures of a day to be computed; asks for the edit token first when it is not known. */
  compute: (at: string) => Promise<void>;
  cancel: (id: number) => Promise<void>;
  /** Puts the note about an ended run away. */
  dismiss: () => void;
}

/** Pause before the list of jobs is asked, milliseconds. */
const askAgainMs = 5_000;
/** All that may wait, the one that runs, and some that have ended. */
const listed = 30;

export const isUnderWay = ({ state }: CoverageJob): boolean => state === 'queued' || state === 'running';

/** The one that runs, then those that wait, the one that waits longest first. */
export const inTurn = (jobs: readonly CoverageJob[]): CoverageJob[] =>
  [...jobs].sort((a, b) => Number(b.state === 'running') - Number(a.state === 'running') || a.id - b.id);

/**
 * Runs under way by what the page knew and a list of the server, newest first. The list may be older than what the page
 * knows: a run queued since is not in it yet, one that has ended since (`over`) still is.
 */
export function mergedJobs(
  known: readonly CoverageJob[],
  list: readonly CoverageJob[],
  over: ReadonlySet<number>,
): CoverageJob[] {
  const newest = list[0]?.id ?? 0;
  const told = list.filter((item) => isUnderWay(item) && !over.has(item.id));
  const later = known.filter(({ id }) => id > newest);
  return [
    ...told.map((item) =>
      fartherOf(
        item,
        known.find(({ id }) => id === item.id),
      ),
    ),
    ...later,
  ];
}

/** Events and the list come apart: progress never goes back. */
function fartherOf(item: CoverageJob, known: CoverageJob | undefined): CoverageJob {
  if (!known || known.attempts < item.attempts) return item;
  const isBehind = known.attempts > item.attempts || (item.state === 'running' && known.done_share > item.done_share);
  return isBehind ? known : item;
}

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
  const underWay = signal<readonly CoverageJob[]>([]);
  const ended = signal<CoverageJob | null>(null);
  const refused = signal<string | null>(null);
  const isAsking = signal(false);
  const cancelling = signal<ReadonlySet<number>>(new Set());
  const job = computed(() => underWay.value[0] ?? null);
  /** Runs that have ended for the page: an older answer of the list may still call them under way. */
  const over = new Set<number>();
  let events: EventSource | null = null;
  let followed: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** A run that has ended changes every figure and tile. */
  function take(next: CoverageJob): void {
    if (isUnderWay(next)) {
      underWay.value = inTurn([...underWay.peek().filter(({ id }) => id !== next.id), next]);
      return;
    }
    if (over.has(next.id)) return;
    over.add(next.id);
    underWay.value = underWay.peek().filter(({ id }) => id !== next.id);
    ended.value = next;
    // Another one has its turn now.
    if (underWay.peek().length > 0) list.reload();
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
  function follow(id: number | null): void {
    events?.close();
    events = null;
    followed = id;
    if (id === null) return;
    const source = new EventSource(app.api.href(`/coverage/jobs/${id}/events`));
    source.addEventListener('progress', read);
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED && events === source) askAgain();
    });
    events = source;
  }

  function askAgain(): void {
    clearTimeout(timer);
    timer = setTimeout(() => list.reload(), askAgainMs);
  }

  effect(() => {
    const id = job.value?.id ?? null;
    untracked(() => {
      if (id !== followed) follow(id);
    });
  });

  async function ask(path: string, body?: { at: string }): Promise<CoverageJob | null> {
    isAsking.value = true;
    refused.value = null;
    try {
      const request = { method: 'POST' as const, path, ...(body && { body }) };
      return (await app.session.editToken.write<CoverageJob>(app.api, request)) ?? null;
    } catch (error) {
      refused.value = error instanceof ApiError ? problemText(error) : String(error);
      return null;
    } finally {
      isAsking.value = false;
    }
  }

  // Somebody else, or this page before it was loaded again, may have started a run.
  const isPanelOpen = computed(() => ['coverage', 'gaps'].includes(app.url.state.value.tab));
  const list = createResource<CoverageJobList>(
    app.api,
    () => (isPanelOpen.value ? `/coverage/jobs?limit=${listed}` : null),
    app.reachability.recoveries,
  );
  effect(() => {
    const { data, status } = list.state.value;
    if (!data || status !== 'ready') return;
    untracked(() => {
      for (const known of underWay.peek()) {
        const now = data.items.find(({ id }) => id === known.id);
        if (now && !isUnderWay(now)) take(now);
      }
      underWay.value = inTurn(mergedJobs(underWay.peek(), data.items, over));
      if (job.peek() && events?.readyState === EventSource.CLOSED) follow(job.peek()?.id ?? null);
      // Those that wait are followed by asking: others may queue and cancel.
      if (underWay.peek().length > 1) askAgain();
    });
  });

  return {
    job,
    waiting: computed(() => underWay.value.slice(1)),
    ended,
    refused,
    isAsking,
    cancelling,
    async compute(at) {
      const started = await ask('/coverage/jobs', { at });
      if (!started) return;
      ended.value = null;
      take(started);
    },
    async cancel(id) {
      const answer = await ask(`/coverage/jobs/${id}/cancel`);
      if (!answer) return;
      cancelling.value = new Set([...cancelling.peek(), id]);
      take(answer);
    },
    dismiss() {
      ended.value = null;
      refused.value = null;
    },
  };
}
