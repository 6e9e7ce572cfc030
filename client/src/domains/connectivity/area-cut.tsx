import { computed, type Signal, signal } from '@preact/signals';
import type { Position } from 'geojson';
import { createRef, type RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { ApiError } from '../../api/api-error.ts';
import type { MapTool } from '../../domain.ts';
import { t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { visibleGroups } from '../../state/layer-groups.ts';
import { Button } from '../../ui/button.tsx';
import { useToolKeys } from '../../ui/use-tool-keys.ts';
import { areaOf } from './area-features.ts';
import { CutError, CutLosses } from './cut-losses.tsx';
import { type FollowedCut, followCut } from './follow-cut.ts';

/** The area being drawn: its corners, and from the third on what fails in it. */
export interface AreaCutState {
  isOn: Signal<boolean>;
  corners: Signal<readonly Position[]>;
  cut: FollowedCut;
  button: RefObject<HTMLButtonElement | null>;
}

/** Every corner asks anew what fails. */
export function createAreaCutState(app: AppContext): AreaCutState {
  const corners = signal<readonly Position[]>([]);
  const parts = computed(() => {
    const area = areaOf(corners.value);
    return area && { area };
  });
  return { isOn: signal(false), corners, cut: followCut(app, parts), button: createRef() };
}

function endAreaCut(state: AreaCutState): void {
  state.isOn.value = false;
  state.corners.value = [];
}

/** Begins drawing where what fails can be seen. */
function beginAreaCut(app: AppContext, state: AreaCutState): void {
  if (!visibleGroups(app.url.state.peek()).includes('spans')) app.url.change({ tab: 'connectivity' });
  state.isOn.value = true;
}

interface Props {
  app: AppContext;
  state: AreaCutState;
}

const undo = ({ corners }: AreaCutState): void => {
  corners.value = corners.peek().slice(0, -1);
};

function Result({ app, state }: Props) {
  const answer = state.cut.answer.value;
  if (answer === null) return <p>{t('network.area_hint')}</p>;
  if (answer === 'running') return <p>{t('fibre.cut_running')}</p>;
  if (answer instanceof ApiError) return <CutError error={answer} onRetry={state.cut.again} />;
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
      {state.cut.answer.value === null && <p class="hint measure-keys">{t('network.area_keys')}</p>}
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

/** A flood or a landslide drawn on the map. */
export function createAreaCutTool(app: AppContext, state: AreaCutState): MapTool {
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
