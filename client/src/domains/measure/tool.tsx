import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { area, length, t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { useToolKeys } from '../../ui/use-tool-keys.ts';
import { canClose, emptyPath, enclosedArea, type MeasuredPath, pathLength, pieceLengths, withoutLast } from './path.ts';

export interface MeasureState {
  isOn: Signal<boolean>;
  path: Signal<MeasuredPath>;
  button: RefObject<HTMLButtonElement | null>;
}

/** Ends measuring; what was measured is gone. */
export function endMeasure({ isOn, path }: MeasureState): void {
  isOn.value = false;
  path.value = emptyPath;
}

export function MeasureButton({ state }: { state: MeasureState }) {
  const isOn = state.isOn.value;
  return (
    <Button
      kind="icon"
      icon="ruler"
      buttonRef={state.button}
      label={t('measure.start')}
      pressed={isOn}
      onClick={() => (isOn ? endMeasure(state) : (state.isOn.value = true))}
    />
  );
}

function Figures({ path }: { path: MeasuredPath }) {
  if (path.points.length === 0) return <p>{t('measure.first')}</p>;
  const pieces = pieceLengths(path);
  const enclosed = enclosedArea(path);
  return (
    <>
      <p class="measure-total">
        {t(path.closed ? 'measure.perimeter' : 'measure.length')} <strong>{length(pathLength(path))}</strong>
      </p>
      {!path.closed && pieces.length > 1 && (
        <p class="measure-piece">{t('measure.last', { length: length(pieces.at(-1)) })}</p>
      )}
      {path.closed && (
        <p class="measure-total">
          {enclosed === null ? (
            t('measure.crosses')
          ) : (
            <>
              {t('measure.area')} <strong>{area(enclosed)}</strong>
            </>
          )}
        </p>
      )}
    </>
  );
}

function Card({ state }: { state: MeasureState }) {
  const card = useRef<HTMLElement>(null);
  const end = (): void => {
    // The focus goes back to where measuring began, rather than away with the card.
    if (card.current?.contains(document.activeElement)) state.button.current?.focus();
    endMeasure(state);
  };
  const undo = (): void => {
    state.path.value = withoutLast(state.path.peek());
  };
  useToolKeys({ end, undo });
  const path = state.path.value;
  return (
    <section class="measure" ref={card} aria-label={t('measure.title')}>
      <output class="measure-result" aria-live="polite">
        <Figures path={path} />
      </output>
      <p class="hint">
        {path.closed && t('measure.hint_closed')} {canClose(path) && t('measure.hint')}{' '}
        <span class="measure-keys">{t('measure.keys')}</span>
      </p>
      <div class="measure-actions">
        <Button disabled={path.points.length === 0} onClick={undo}>
          {t('measure.undo')}
        </Button>
        <Button icon="close" onClick={end}>
          {t('measure.end')}
        </Button>
      </div>
    </section>
  );
}

/** The result, for as long as one measures. */
export function MeasureCard({ state }: { state: MeasureState }) {
  return state.isOn.value ? <Card state={state} /> : null;
}
