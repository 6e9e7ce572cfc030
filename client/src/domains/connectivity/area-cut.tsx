import { type Signal, signal } from '@preact/signals';
import type { Feature, FeatureCollection, Position } from 'geojson';
import { useEffect } from 'preact/hooks';
import type { CutResult } from '../../../../server/contract/connectivity.ts';
import { ApiError } from '../../api/api-error.ts';
import type { MapTool } from '../../domain.ts';
import { t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { networkBody } from '../../state/network-choice.ts';
import { Button } from '../../ui/button.tsx';
import { CutLosses } from './cut.tsx';
import type { ConnectivityData } from './data.ts';

type Answer = 'running' | CutResult | ApiError;

/** The area being drawn: its corners, and once it is closed what fails in it. */
export interface AreaCutState {
  isOn: Signal<boolean>;
  corners: Signal<readonly Position[]>;
  answer: Signal<Answer | null>;
}

export const createAreaCutState = (): AreaCutState => ({
  isOn: signal(false),
  corners: signal([]),
  answer: signal(null),
});

const fewest = 3;

/** The area as the map draws it: corners and sides while it is drawn, the polygon from three corners on. */
export function areaFeatures(corners: readonly Position[]): FeatureCollection {
  const [first] = corners;
  const points = corners.map(
    (coordinates): Feature => ({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates } }),
  );
  if (!first || corners.length < 2) return { type: 'FeatureCollection', features: points };
  const ring = [...corners, first];
  const shape: Feature =
    corners.length < fewest
      ? { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [...corners] } }
      : { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } };
  return { type: 'FeatureCollection', features: [shape, ...points] };
}

function endAreaCut(state: AreaCutState, data: ConnectivityData): void {
  state.isOn.value = false;
  state.corners.value = [];
  state.answer.value = null;
  data.failed.value = [];
}

/** Asks what the area takes; a later corner makes an earlier answer void. */
async function ask(app: AppContext, state: AreaCutState, data: ConnectivityData): Promise<void> {
  const corners = state.corners.peek();
  const [first] = corners;
  if (!first || corners.length < fewest) return;
  state.answer.value = 'running';
  try {
    const body = {
      at: app.day.peek(),
      ...networkBody(app.url.state.peek().network),
      area: { type: 'Polygon', coordinates: [[...corners, first]] },
    };
    const result = await app.api.post<CutResult>('/connectivity/cut', body);
    if (state.corners.peek() !== corners) return;
    state.answer.value = result;
    data.failed.value = result.cut.spans;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (state.corners.peek() === corners) state.answer.value = error;
  }
}

interface Props {
  app: AppContext;
  state: AreaCutState;
  data: ConnectivityData;
}

function Card({ app, state, data }: Props) {
  const end = (): void => endAreaCut(state, data);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') end();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
  const answer = state.answer.value;
  const count = state.corners.value.length;
  return (
    <section class="measure" aria-label={t('network.area_title')}>
      <output class="measure-result" aria-live="polite">
        {count < fewest && <p>{t('network.area_hint')}</p>}
        {answer === 'running' && <p>{t('fibre.cut_running')}</p>}
        {answer instanceof ApiError && <p>{answer.message}</p>}
        {answer !== null && answer !== 'running' && !(answer instanceof ApiError) && (
          <>
            <p>{t('network.area_takes', { spans: answer.cut.spans.length, nodes: answer.cut.nodes.length })}</p>
            <CutLosses app={app} result={answer} />
          </>
        )}
      </output>
      <div class="measure-actions">
        <Button
          icon="undo"
          disabled={count === 0}
          onClick={() => {
            state.corners.value = state.corners.peek().slice(0, -1);
            state.answer.value = null;
            data.failed.value = [];
            void ask(app, state, data);
          }}
        >
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
  return {
    isOn: state.isOn,
    onClick({ lon, lat }) {
      state.corners.value = [...state.corners.peek(), [lon, lat]];
      void ask(app, state, data);
    },
    end: () => endAreaCut(state, data),
    Button: () => (
      <Button
        kind="icon"
        icon="cut"
        label={t('network.area_title')}
        pressed={state.isOn.value}
        onClick={() => (state.isOn.value ? endAreaCut(state, data) : (state.isOn.value = true))}
      />
    ),
    Card: () => (state.isOn.value ? <Card app={app} state={state} data={data} /> : null),
  };
}
