import { useEffect, useRef, useState } from 'preact/hooks';
import type { CutResult } from '../../../../server/contract/connectivity.ts';
import { ApiError } from '../../api/api-error.ts';
import { number, t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { networkBody } from '../../state/network-choice.ts';
import { LoadError } from '../../ui/async-view.tsx';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { NetworkNote } from './chooser.tsx';
import { communeNamer, districtNamer } from './names.ts';

export interface CutQuestion {
  label: string;
  /** What is cut, as the body of POST /connectivity/cut without day and network. */
  cut: { spans?: number[]; route_groups?: string[]; nodes?: number[] };
}

interface CutProps extends CutQuestion {
  app: AppContext;
  /** Told the answer, for the map; null when it is shown no longer. */
  onAnswer: (result: CutResult | null) => void;
}

type CutState = 'idle' | 'running' | CutResult | ApiError;

/** Places by name: how many, and each of them. */
function Names({ names }: { names: readonly string[] }) {
  if (names.length === 0) return <>{t('app.none')}</>;
  if (names.length <= 3) return <>{names.join(', ')}</>;
  return (
    <details>
      <summary>{number(names.length)}</summary>
      {names.join(', ')}
    </details>
  );
}

function reroutedText(item: CutResult['rerouted'][number], name: string): string {
  return t('fibre.cut_longer', {
    code: name,
    before: number(item.length_km_before, 1),
    after: number(item.length_km_after, 1),
  });
}

/** Whom a cut loses, and whom it sends another way. */
export function CutLosses({ app, result }: { app: AppContext; result: CutResult }) {
  const { lost, rerouted } = result;
  const [district, commune] = [districtNamer(app), communeNamer(app)];
  const nothing =
    lost.district_centres.length + lost.communes.length + lost.sites + lost.people + rerouted.length === 0;
  if (nothing)
    return (
      <>
        <NetworkNote app={app} />
        <p>{t('fibre.cut_nothing')}</p>
      </>
    );
  return (
    <>
      <NetworkNote app={app} />
      <Facts
        items={[
          [
            t('fibre.cut_districts'),
            lost.district_centres.length > 0 ? lost.district_centres.map(district).join(', ') : t('app.none'),
          ],
          [t('fibre.cut_communes'), <Names key="communes" names={lost.communes.map(commune)} />],
          [t('fibre.cut_sites'), number(lost.sites)],
          [t('fibre.cut_people'), number(lost.people)],
          [
            t('fibre.cut_rerouted'),
            rerouted.length > 0 ? (
              <Names key="rerouted" names={rerouted.map((item) => reroutedText(item, district(item.code)))} />
            ) : null,
          ],
        ]}
      />
      <p class="hint">{t('fibre.cut_sites_note')}</p>
    </>
  );
}

/** Asks what is lost when this is cut. */
export function CutSimulation({ app, label, cut, onAnswer }: CutProps) {
  const [state, setState] = useState<CutState>('idle');
  const controller = useRef<AbortController | undefined>(undefined);
  useEffect(
    () => () => {
      controller.current?.abort();
      onAnswer(null);
    },
    [],
  );
  const run = async (): Promise<void> => {
    controller.current?.abort();
    controller.current = new AbortController();
    const { signal } = controller.current;
    setState('running');
    try {
      const body = { at: app.day.value, ...networkBody(app.url.state.value.network), ...cut };
      const result = await app.api.post<CutResult>('/connectivity/cut', body, signal);
      setState(result);
      onAnswer(result);
    } catch (error) {
      if (error instanceof ApiError) setState(error);
    }
  };
  return (
    <div class="cut">
      <Button icon="cut" disabled={state === 'running'} onClick={() => void run()}>
        {state === 'running' ? t('fibre.cut_running') : label}
      </Button>
      {state instanceof ApiError && (
        <LoadError detail={state.message} status={state.status} onRetry={() => void run()} />
      )}
      {typeof state === 'object' && !(state instanceof ApiError) && (
        <output class="cut-result">
          <CutLosses app={app} result={state} />
        </output>
      )}
    </div>
  );
}
