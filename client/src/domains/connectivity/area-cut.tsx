import { effect, type Signal, signal, untracked } from '@preact/signals';
import type { Position } from 'geojson';
import { createRef, type RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import type { CutResult } from '../../../../server/contract/connectivity.ts';
import { ApiError } from '../../api/api-error.ts';
import type { MapTool } from '../../domain.ts';
import { t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { visibleGroups } from '../../state/layer-groups.ts';
import { networkBody } from '../../state/network-choice.ts';
import { LoadError } from '../../ui/async-view.tsx';
import { Button } from '../../ui/button.tsx';
import { useToolKeys } from '../../ui/use-tool-keys.ts';
import { areaOf } from './area-features.ts';
import { CutLosses } from './cut.tsx';
import type { ConnectivityData } from './data.ts';

/** The area being drawn: its corners, and from the third on what fails in it. */
export interface AreaCutState {
  isOn: Signal<boolean>;
  corners: Signal<readonly Position[]>;
  answer: Signal<'running' | CutResult | ApiError | null>;
  button: RefObject<HTMLButtonElement | null>;
}

export const createAreaCutState = (): AreaCutState => ({
  isOn: signal(false),
  corners: signal([]),
  answer: signal(null),
  button: createRef(),
});

function endAreaCut(state: AreaCutState): void {
  state.isOn.value = false;
  state.corners.value = [];
}

/** Begins drawing where what fails can be seen. */
function beginAreaCut(app: AppContext, state: AreaCutState): void {
  if (!visibleGroups(app.url.state.peek()).includes('spans')) app.url.change({ tab: 'connectivity' });
  state.isOn.value = true;
}

/** Asks anew whenever the corners, the day or the network are others; an answer to an earlier question is left out. */
function followArea(app: AppContext, state: AreaCutState, data: ConnectivityData): void {
  let controller: AbortController | null = null;
  const ask = async (body: object, { signal: mine }: AbortController): Promise<void> => {
    try {
      const result = await app.api.post<CutResult>('/connectivity/cut', body, mine);
      if (mine.aborted) return;
      state.answer.value = result;
      data.area.value = result;
    } catch (error) {
      if (mine.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      state.answer.value = error;
    }
  };
  effect(() => {
    const area = areaOf(state.corners.value);
    void [data.subject.value, app.session.dataChanges.value, app.reachability.recoveries.value];
    untracked(() => {
      const body = { at: app.day.value, ...networkBody(data.choice.value), area };
      controller?.abort();
      data.area.value = null;
      state.answer.value = area && 'running';
      if (!area) return;
      controller = new AbortController();
      void ask(body, controller);
    });
  });
}

interface Props {
  app: AppContext;
  state: AreaCutState;
}

const undo = ({ corners }: AreaCutState): void => {
  corners.value = corners.peek().slice(0, -1);
};

function Result({ app, state }: Props) {
  const answer = state.answer.value;
  if (answer === null) return <p>{t('network.area_hint')}</p>;
  if (answer === 'running') return <p>{t('fibre.cut_running')}</p>;
  if (answer instanceof ApiError) {
    const again = (): void => {
      state.corners.value = [...state.corners.peek()];
    };
    return <LoadError detail={answer.status === 0 ? '' : answer.message} status={answer.status} onRetry={again} />;
  }
  return (
    <>
      <p>{t('network.area_takes', { spans: answer.cut.spans.length, nodes: answer.cut.nodes.length })}</p>
      <CutLosses app={app} result={answer} />
    </>
  );
}

function Card({ app, state }: Props) {
  const card = useRef<HTMLElement>(null);
  const end = (): void => {
    // The focus goes back to where drawing began, rather than away with the card.
    if (card.current?.contains(document.activeElement)) state.button.current?.focus();
    endAreaCut(state);
  };
  useToolKeys({ end, undo: () => undo(state) });
  return (
    <section class="measure area-cut" ref={card} aria-label={t('network.area_title')}>
      <h3>{t('network.area_title')}</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: the keyboard must reach it */}
      <output class="area-cut-result" aria-live="polite" tabIndex={0}>
        <Result app={app} state={state} />
      </output>
      {state.answer.value === null && <p class="hint measure-keys">{t('network.area_keys')}</p>}
      <div class="measure-actions">
        <Button disabled={state.corners.value.length === 0} onClick={() => undo(state)}>
          {t('measure.undo')}
        </Button>
        <Button icon="close" onClick={end}>
          {t('measure.end')}
        </Button>
      </div>
    </section>
  );
}

/** A flood or a landslide drawn on the map: every corner asks anew what fails. */
export function createAreaCutTool(app: AppContext, state: AreaCutState, data: ConnectivityData): MapTool {
  followArea(app, state, data);
  return {
    isOn: state.isOn,
    onClick({ lon, lat }) {
      state.corners.value = [...state.corners.peek(), [lon, lat]];
    },
    end: () => endAreaCut(state),
    Button: () => (
      <Button
        kind="icon"
        icon="cut"
        buttonRef={state.button}
        label={t('network.area_title')}
        pressed={state.isOn.value}
        onClick={() => (state.isOn.value ? endAreaCut(state) : beginAreaCut(app, state))}
      />
    ),
    Card: () => (state.isOn.value ? <Card app={app} state={state} /> : null),
  };
}
