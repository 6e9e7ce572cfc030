import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { createRef, type RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import type { CutResult } from '../../../../server/contract/connectivity.ts';
import { ApiError } from '../../api/api-error.ts';
import type { MapTool } from '../../domain.ts';
import { t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { visibleGroups } from '../../state/layer-groups.ts';
import { type Corner, cornerAt, mostCorners } from '../../state/network-choice.ts';
import { Button } from '../../ui/button.tsx';
import { useToolKeys } from '../../ui/use-tool-keys.ts';
import { areaOf } from './area-features.ts';
import { CutError, CutLosses } from './cut-losses.tsx';
import { isSelfCrossing } from './even-odd.ts';
import { type FollowedCut, followCut } from './follow-cut.ts';
import type { Reroute } from './outage.ts';

/** The area being drawn: its corners, which the address keeps, and from the third on what fails in it. */
export interface AreaCutState {
  isOn: Signal<boolean>;
  corners: ReadonlySignal<readonly Corner[]>;
  cut: FollowedCut;
  /** The district whose new way is on the map. */
  reroute: Signal<Reroute | null>;
  button: RefObject<HTMLButtonElement | null>;
}

/** Every corner asks anew what fails. An area that comes with the address, by a link or the back button, is drawn on. */
export function createAreaCutState(app: AppContext, reroute: AreaCutState['reroute']): AreaCutState {
  const corners = computed(() => app.url.state.value.network.area);
  const parts = computed(() => {
    const area = areaOf(corners.value);
    return area && { area };
  });
  const isOn = signal(corners.peek().length > 0);
  effect(() => {
    if (corners.value.length > 0) isOn.value = true;
  });
  return { isOn, corners, cut: followCut(app, parts), reroute, button: createRef() };
}

/** The back button brings back what was before the area and before its end; corners are refinements of it. */
function setCorners(app: AppContext, corners: readonly Corner[]): void {
  const { network } = app.url.state.peek();
  const isStep = network.area.length === 0 || corners.length === 0;
  app.url[isStep ? 'change' : 'refine']({ network: { ...network, area: corners } });
}

function endAreaCut(app: AppContext, state: AreaCutState): void {
  if (state.corners.peek().length > 0) setCorners(app, []);
  state.isOn.value = false;
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

function undo({ app, state }: Props): void {
  const corners = state.corners.peek();
  if (corners.length > 0) setCorners(app, corners.slice(0, -1));
}

const narrow = '(max-width: 760px)';

/** What fails and who is lost, on a wide screen in short: the card lies on the map that one draws on. */
function Answer({ app, state, result }: Props & { result: CutResult }) {
  const { lost, cut } = result;
  const losses = <CutLosses app={app} result={result} reroute={state.reroute} />;
  return (
    <>
      <p>{t('network.area_takes', { spans: cut.spans.length, nodes: cut.nodes.length })}</p>
      {isSelfCrossing(state.corners.value) && <p class="hint">{t('network.area_crosses')}</p>}
      {matchMedia(narrow).matches ? (
        losses
      ) : (
        <details>
          <summary>
            {t('network.area_lost', {
              districts: lost.district_centres.length,
              communes: lost.communes.length,
              people: lost.people,
            })}
          </summary>
          {losses}
        </details>
      )}
    </>
  );
}

function Result({ app, state }: Props) {
  const answer = state.cut.answer.value;
  if (answer === null) return <p>{t('network.area_hint')}</p>;
  if (answer === 'running') return <p>{t('fibre.cut_running')}</p>;
  if (answer instanceof ApiError) return <CutError error={answer} onRetry={state.cut.again} />;
  return <Answer app={app} state={state} result={answer} />;
}

function Card({ app, state }: Props) {
  const card = useRef<HTMLElement>(null);
  const end = (): void => {
    // The focus goes back to where drawing began, rather than away with the card.
    if (card.current?.contains(document.activeElement)) state.button.current?.focus();
    endAreaCut(app, state);
  };
  useToolKeys({ end, undo: () => undo({ app, state }) });
  return (
    <section class="measure area-cut" ref={card} aria-label={t('network.area_title')}>
      <h3>{t('network.area_title')}</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: the keyboard must reach it */}
      <output class="area-cut-result" aria-live="polite" tabIndex={0}>
        <Result app={app} state={state} />
      </output>
      {state.corners.value.length >= mostCorners && (
        <p class="hint">{t('network.area_full', { count: mostCorners })}</p>
      )}
      {state.cut.answer.value === null && <p class="hint measure-keys">{t('network.area_keys')}</p>}
      <div class="measure-actions">
        <Button disabled={state.corners.value.length === 0} onClick={() => undo({ app, state })}>
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
    onClick({ lon, lat, isAt }) {
      const corners = state.corners.peek();
      const last = corners.at(-1);
      // A double click is one corner.
      if (corners.length >= mostCorners || (last && isAt([...last]))) return;
      setCorners(app, [...corners, cornerAt(lon, lat)]);
    },
    end: () => endAreaCut(app, state),
    Button: () => (
      <Button
        kind="icon"
        icon="cut"
        buttonRef={state.button}
        label={t('network.area_title')}
        pressed={state.isOn.value}
        onClick={() => (state.isOn.value ? endAreaCut(app, state) : beginAreaCut(app, state))}
      />
    ),
    Card: () => (state.isOn.value ? <Card app={app} state={state} /> : null),
  };
}
