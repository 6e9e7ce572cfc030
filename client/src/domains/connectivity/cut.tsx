import type { Signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CutResult } from '../../../../server/contract/connectivity.ts';
import { ApiError } from '../../api/api-error.ts';
import { t } from '../../i18n/index.ts';
import { type Bounds, boundsOfAll } from '../../map/bounds.ts';
import type { AppContext } from '../../state/app-context.ts';
import { type FailedPart, networkBody } from '../../state/network-choice.ts';
import { Button } from '../../ui/button.tsx';
import { CutError, CutLosses } from './cut-losses.tsx';
import { cutParts } from './failed-parts.ts';
import { GatherButton } from './gathered-cut.tsx';
import type { Reroute } from './outage.ts';

export interface CutQuestion {
  label: string;
  /** What is cut. */
  part: FailedPart;
}

interface CutProps extends CutQuestion {
  app: AppContext;
  reroute: Signal<Reroute | null>;
  /** Told the answer, for the map; null when it is shown no longer. */
  onAnswer: (result: CutResult | null) => void;
}

/** Where something is lost, by districts and communes; where nothing is, the new ways. */
function boundsOfOutage({ reference }: AppContext, { lost_ids, rerouted }: CutResult): Bounds | null {
  const boundsIn = (units: typeof reference.districts, ids: readonly number[]) =>
    (units.state.peek().data?.items ?? []).filter(({ id }) => ids.includes(id)).map(({ bbox }) => bbox);
  const lost = [
    ...boundsIn(reference.districts, lost_ids.districts),
    ...boundsIn(reference.communes, lost_ids.communes),
  ];
  return boundsOfAll(lost) ?? boundsOfAll(rerouted.map(({ bbox }) => bbox));
}

type CutState = 'idle' | 'running' | CutResult | ApiError;

/** Asks what is lost when this is cut. */
export function CutSimulation({ app, label, part, reroute, onAnswer }: CutProps) {
  const [state, setState] = useState<CutState>('idle');
  const controller = useRef<AbortController | undefined>(undefined);
  useEffect(
    () => () => {
      controller.current?.abort();
      onAnswer(null);
    },
    [],
  );
  const answer = useRef<HTMLOutputElement>(null);
  // The card is full of the facts of what was cut: its answer would stand below what can be seen.
  useEffect(() => answer.current?.scrollIntoView({ block: 'start' }), [state]);
  const run = async (): Promise<void> => {
    controller.current?.abort();
    controller.current = new AbortController();
    const { signal } = controller.current;
    setState('running');
    try {
      const body = { at: app.day.value, ...networkBody(app.url.state.value.network), ...cutParts([part]) };
      const result = await app.api.post<CutResult>('/connectivity/cut', body, signal);
      setState(result);
      onAnswer(result);
      const bbox = boundsOfOutage(app, result);
      if (bbox) app.session.camera.value = { bbox };
    } catch (error) {
      if (error instanceof ApiError) setState(error);
    }
  };
  return (
    <div class="cut">
      <Button icon="cut" disabled={state === 'running'} onClick={() => void run()}>
        {state === 'running' ? t('fibre.cut_running') : label}
      </Button>
      <GatherButton app={app} part={part} />
      {state instanceof ApiError && <CutError error={state} onRetry={() => void run()} />}
      {typeof state === 'object' && !(state instanceof ApiError) && (
        <output class="cut-result" ref={answer}>
          <CutLosses app={app} result={state} reroute={reroute} />
        </output>
      )}
    </div>
  );
}
