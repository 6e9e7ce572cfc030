import { BANDS_MHZ } from '../../../../../server/contract/bands.ts';
import type { PlannedChange } from '../../../../../server/contract/planning.ts';
import type { Technology } from '../../../../../server/contract/site-filter.ts';
import { distance, number, t } from '../../../i18n/index.ts';
import { SelectField } from '../../../ui/select-field.tsx';
import { metresBetween } from '../format.ts';
import { antennaHeight, isKnown } from '../known-sites.ts';
import { changeAt, type PlanningState, placeOf } from '../state.ts';
import { HeightField, PositionFields } from './fields.tsx';
import { type PlanItem, withAltered, withGestureEnded } from './plan.ts';

/** What a new site has until something else is said, metres. */
export const defaultHeight = 45;
/** Bands in use in Vietnam, MHz. */
const bands = [700, 900, 1_800, 2_100, 2_300, 2_600, 3_500];

type Add = Extract<PlannedChange, { kind: 'add' }>;

function without<K extends keyof Add>(change: Add, name: K): Add {
  return Object.fromEntries(Object.entries(change).filter(([key]) => key !== name)) as Add;
}

interface AddFieldsProps {
  change: Add;
  technology: Technology;
  onChange: (change: Add) => void;
}

function AddFields({ change, technology, onChange }: AddFieldsProps) {
  const [from, to] = BANDS_MHZ[technology];
  const possible = bands.filter((band) => (band >= from && band <= to) || band === change.band_mhz);
  return (
    <div class="filter-grid">
      <SelectField
        label={t('planning.band')}
        value={change.band_mhz === undefined ? '' : String(change.band_mhz)}
        anyLabel={t('planning.band_default')}
        options={possible.map((band) => ({ value: String(band), label: `${number(band)} MHz` }))}
        onChange={(value) => onChange(value ? { ...change, band_mhz: Number(value) } : without(change, 'band_mhz'))}
      />
      <SelectField
        label={t('planning.sectors')}
        value={change.azimuths_deg?.length === 0 ? 'omni' : ''}
        anyLabel={t('planning.three_sectors')}
        options={[{ value: 'omni', label: t('planning.omni') }]}
        onChange={(value) =>
          onChange(value === 'omni' ? { ...change, azimuths_deg: [] } : without(change, 'azimuths_deg'))
        }
      />
    </div>
  );
}

/** The fields of the open change. */
export function ChangeEditor({ state, item }: { state: PlanningState; item: PlanItem }) {
  const { change, key } = item;
  const { operator, technology } = state.subject.value;
  const site = state.sites.byId.value.get(change.site_id ?? 0);
  const place = placeOf(state, item);
  const alter = (next: PlannedChange, gesture: string | null): void => {
    state.plan.value = withAltered(state.plan.peek(), key, next, gesture);
  };
  const end = (): void => {
    state.plan.value = withGestureEnded(state.plan.peek());
  };
  const present = isKnown(site) ? antennaHeight(site, operator, technology) : null;
  const isMovable = place !== null && changeAt(change, place.lon, place.lat) !== null;
  return (
    <div class="change-fields">
      {isMovable && (
        <PositionFields
          place={place}
          onChange={({ lon, lat }, isOver) => {
            const next = changeAt(change, lon, lat);
            if (next) alter(next, isOver ? null : `arrows ${key}`);
          }}
          onEnd={end}
        />
      )}
      {change.kind === 'move' && isKnown(site) && (
        <p class="hint">
          {t('planning.moved_by', { distance: distance(metresBetween(site, { lon: change.lon, lat: change.lat })) })}
        </p>
      )}
      {(change.kind === 'add' || change.kind === 'raise') && (
        <HeightField
          label={t('planning.height')}
          value={change.antenna_height_m ?? present ?? defaultHeight}
          onChange={(antenna_height_m, isOver) => {
            alter({ ...change, antenna_height_m }, `height ${key}`);
            if (isOver) end();
          }}
        />
      )}
      {change.kind === 'raise' && present !== null && (
        <p class="hint">{t('planning.present_height', { height: number(present, 1) })}</p>
      )}
      {change.kind === 'add' && (
        <AddFields change={change} technology={technology} onChange={(next) => alter(next, null)} />
      )}
      {(change.kind === 'remove' || change.kind === 'off') && (
        <p class="hint">
          {t(operator === undefined ? `planning.${change.kind}_hint_any` : `planning.${change.kind}_hint`, {
            technology,
          })}
        </p>
      )}
    </div>
  );
}
