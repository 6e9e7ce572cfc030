import { useEffect, useRef, useState } from 'preact/hooks';
import type { CutResult } from '../../../../server/contract/connectivity.ts';
import { ApiError } from '../../api/api-error.ts';
import { number, t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { networkBody } from '../../state/network-choice.ts';
import { LoadError } from '../../ui/async-view.tsx';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';

export interface CutQuestion {
  label: string;
  /** What is cut, as the body of POST /connectivity/cut without day and network. */
  cut: { spans?: number[]; route_groups?: string[]; nodes?: number[] };
}

interface CutProps extends CutQuestion {
  app: AppContext;
  /** Told what failed, for the map. */
  onFailed?: (spans: readonly number[]) => void;
}

type CutState = 'idle' | 'running' | CutResult | ApiError;

/** Whom a cut loses, and whom it sends another way. */
export function CutLosses({ app, result }: { app: AppContext; result: CutResult }) {
  const { lost, rerouted } = result;
  const names = new Map((app.reference.districts.state.value.data?.items ?? []).map(({ code, name }) => [code, name]));
  const named = (code: string): string => names.get(code) ?? code;
  const nothing =
    lost.district_centres.length + lost.communes.length + lost.sites + lost.people + rerouted.length === 0;
  return (
    <output class="cut-result">
      {nothing && <p>{t('fibre.cut_nothing')}</p>}
      {!nothing && (
        <Facts
          items={[
            [
              t('fibre.cut_districts'),
              lost.district_centres.length > 0 ? lost.district_centres.map(named).join(', ') : t('app.none'),
            ],
            [t('fibre.cut_communes'), number(lost.communes.length)],
            [t('fibre.cut_sites'), number(lost.sites)],
            [t('fibre.cut_people'), number(lost.people)],
            [
              t('fibre.cut_rerouted'),
              rerouted
                .map((item) =>
                  t('fibre.cut_longer', {
                    code: named(item.code),
                    before: number(item.length_km_before, 1),
                    after: number(item.length_km_after, 1),
                  }),
                )
                .join('; '),
            ],
          ]}
        />
      )}
      <p class="hint">{t('fibre.cut_sites_note')}</p>
    </output>
  );
}

/** Asks what is lost when this is cut. */
export function CutSimulation({ app, label, cut, onFailed }: CutProps) {
  const [state, setState] = useState<CutState>('idle');
  const controller = useRef<AbortController | undefined>(undefined);
  useEffect(
    () => () => {
      controller.current?.abort();
      onFailed?.([]);
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
      onFailed?.(result.cut.spans);
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
      {typeof state === 'object' && !(state instanceof ApiError) && <CutLosses app={app} result={state} />}
    </div>
  );
}
