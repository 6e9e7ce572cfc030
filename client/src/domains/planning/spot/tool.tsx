import type { MapTool } from '../../../domain.ts';
import { t } from '../../../i18n/index.ts';
import type { AppContext } from '../../../state/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { SpotCard } from './card.tsx';
import { endSpot, moveSpot, type SpotState } from './state.ts';

function begin(app: AppContext, state: SpotState): void {
  state.isOn.value = true;
  // The card stands where the details stand.
  if (app.url.state.peek().selection) app.url.change({ selection: null });
  if (app.session.sheet.peek() === 'full') app.session.sheet.value = 'half';
}

/** Levels at a spot of the map: a click, a tap, or Enter in its middle. */
export function createSpotTool(app: AppContext, state: SpotState): MapTool {
  return {
    isOn: state.isOn,
    onClick: (place) => moveSpot(state, place),
    end: () => endSpot(state),
    Button: () => (
      <Button
        kind="icon"
        icon="spot"
        buttonRef={state.button}
        label={t('spot.start')}
        pressed={state.isOn.value}
        onClick={() => (state.isOn.value ? endSpot(state) : begin(app, state))}
      />
    ),
    Card: () => <SpotCard app={app} state={state} />,
  };
}
