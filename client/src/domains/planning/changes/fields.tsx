import { number, t } from '../../../i18n/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { ValueField } from '../../../ui/value-field.tsx';
import { coordinate, moved, parseCoordinate } from '../format.ts';
import { antennaHeightLimits } from './plan.ts';

interface HeightFieldProps {
  label: string;
  value: number;
  /** `isOver`: the slider was let go, or the number is typed. */
  onChange: (metres: number, isOver: boolean) => void;
}

/** What the slider reaches; the number beside it goes up to the tallest masts there are. */
const slider = { min: 5, max: 120 };

/** Antenna height above ground, metres: a number, and a slider for the usual ones. */
export function HeightField({ label, value, onChange }: HeightFieldProps) {
  return (
    <div class="height-field">
      <NumberField
        label={label}
        value={value}
        limits={antennaHeightLimits}
        onChange={(metres) => onChange(metres, true)}
      />
      <input
        type="range"
        aria-label={label}
        aria-valuetext={`${number(value, 1)} m`}
        min={slider.min}
        max={slider.max}
        step={1}
        value={value}
        onInput={(event) => onChange(event.currentTarget.valueAsNumber, false)}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber, true)}
      />
    </div>
  );
}

interface Place {
  lon: number;
  lat: number;
}

interface CoordinateFieldProps {
  label: string;
  value: number;
  most: 90 | 180;
  onChange: (degrees: number) => void;
}

function CoordinateField({ label, value, most, onChange }: CoordinateFieldProps) {
  return (
    <ValueField
      label={label}
      value={value}
      text={coordinate(value)}
      read={(text) => parseCoordinate(text, most)}
      reason={t('planning.wrong_coordinate', { most })}
      onChange={onChange}
    />
  );
}

/** Metres of a step with an arrow, and with the shift key. */
const steps = { plain: 100, fine: 10 };
const directions = [
  { key: 'ArrowLeft', east: -1, north: 0, label: 'planning.west', name: 'west' },
  { key: 'ArrowUp', east: 0, north: 1, label: 'planning.north', name: 'north' },
  { key: 'ArrowDown', east: 0, north: -1, label: 'planning.south', name: 'south' },
  { key: 'ArrowRight', east: 1, north: 0, label: 'planning.east', name: 'east' },
] as const;

interface PositionFieldsProps {
  place: Place;
  /** `isOver`: the key was let go, or the coordinates were typed. */
  onChange: (place: Place, isOver: boolean) => void;
  /** A key that was held is let go. */
  onEnd: () => void;
}

/** A position that is typed, or moved by arrows: what the pointer does on the map, for the keyboard. */
export function PositionFields({ place, onChange, onEnd }: PositionFieldsProps) {
  const step = (east: number, north: number, isFine: boolean, isOver: boolean): void => {
    const metres = isFine ? steps.fine : steps.plain;
    onChange(moved(place, east * metres, north * metres), isOver);
  };
  return (
    <>
      <div class="filter-grid">
        <CoordinateField
          label={t('planning.lat')}
          value={place.lat}
          most={90}
          onChange={(lat) => onChange({ ...place, lat }, true)}
        />
        <CoordinateField
          label={t('planning.lon')}
          value={place.lon}
          most={180}
          onChange={(lon) => onChange({ ...place, lon }, true)}
        />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys on any of its buttons */}
      <fieldset
        class="arrows"
        aria-label={t('planning.arrows')}
        onKeyDown={(event) => {
          const direction = directions.find(({ key }) => key === event.key);
          if (!direction) return;
          event.preventDefault();
          step(direction.east, direction.north, event.shiftKey, false);
        }}
        onKeyUp={(event) => {
          if (directions.some(({ key }) => key === event.key)) onEnd();
        }}
      >
        {directions.map(({ key, east, north, label, name }) => (
          <button
            key={key}
            type="button"
            class={`button button-icon arrow arrow-${name}`}
            aria-label={t(label)}
            title={t(label)}
            onClick={(event) => step(east, north, event.shiftKey, true)}
          >
            <Icon name="arrow" />
          </button>
        ))}
        <span class="hint">{t('planning.arrows_hint')}</span>
      </fieldset>
    </>
  );
}

export function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return <Button kind="icon" icon="close" label={label} onClick={onClick} />;
}
