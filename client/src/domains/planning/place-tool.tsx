import { computed } from '@preact/signals';
import type { MapTool, ToolClick } from '../../domain.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { useToolKeys } from '../../ui/use-tool-keys.ts';
import { defaultHeight } from './changes/editor.tsx';
import { coordinate } from './format.ts';
import { addChanges, type PlanningState } from './state.ts';

/** Where the sites of the inventory are clicked. */
const siteLayers = ['sites-points-circle'] as const;

const rounded = (degrees: number): number => Number(coordinate(degrees));

function take(state: PlanningState, click: ToolClick): void {
  if (state.placing.peek() === 'candidate') {
    state.placing.value = null;
    const [lon, lat] = [rounded(click.lon), rounded(click.lat)];
    addChanges(state, [{ kind: 'add', lon, lat, antenna_height_m: defaultHeight }]);
    return;
  }
  const id = click.featureOf(siteLayers)?.id;
  if (id === undefined) return;
  state.placing.value = null;
  state.chosenSite.value = Number(id);
}

function Card({ state }: { state: PlanningState }) {
  const end = (): void => {
    state.placing.value = null;
  };
  useToolKeys({ end });
  return (
    <section class="measure place-card" aria-label={t('planning.placing')}>
      <output aria-live="polite">
        {t(state.placing.value === 'site' ? 'planning.pick_hint' : 'planning.place_hint')}
      </output>
      <p class="hint measure-keys">{t('planning.place_keys')}</p>
      <div class="measure-actions">
        <Button icon="close" onClick={end}>
          {t('app.cancel')}
        </Button>
      </div>
    </section>
  );
}

/** The next click on the map places a new site, or chooses one of the inventory. It begins in the panel. */
export function createPlaceTool(state: PlanningState): MapTool {
  return {
    isOn: computed(() => state.placing.value !== null),
    onClick: (click) => take(state, click),
    end: () => {
      state.placing.value = null;
    },
    Button: () => null,
    Card: () => (state.placing.value === null ? null : <Card state={state} />),
  };
}
