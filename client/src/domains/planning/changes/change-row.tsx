import { useEffect, useRef } from 'preact/hooks';
import { number, t } from '../../../i18n/index.ts';
import type { AppContext } from '../../../state/app-context.ts';
import { Icon } from '../../../ui/icon.tsx';
import { coordinate } from '../format.ts';
import { isKnown } from '../known-sites.ts';
import { ChangeSign } from '../sign.tsx';
import { signOf } from '../signs.ts';
import { type PlanningState, placeOf, removeChange } from '../state.ts';
import { ChangeEditor } from './editor.tsx';
import { RemoveButton } from './fields.tsx';
import type { PlanItem } from './plan.ts';

/** What the change is about: the code of a site, or where a new one would stand. */
export function changeTitle(state: PlanningState, { change }: PlanItem): string {
  if (change.site_id !== undefined) {
    const site = state.sites.byId.value.get(change.site_id);
    if (isKnown(site)) return `${site.code} · ${site.name}`;
    if (site === 'missing') return t('planning.site_missing', { id: String(change.site_id) });
    return site === 'failed' ? t('planning.site_failed', { id: String(change.site_id) }) : t('app.loading');
  }
  if (change.kind !== 'add' || change.lon === undefined || change.lat === undefined) return '–';
  return `${coordinate(change.lat)}, ${coordinate(change.lon)}`;
}

const zoomOfSign = 12;

interface ChangeRowProps {
  app: AppContext;
  state: PlanningState;
  item: PlanItem;
  /** The place in the list from 1, by which warnings name it. */
  no: number;
  /** Why the server does not take it. */
  refused?: string | undefined;
}

/** One change: its sign, what it is about, and its fields while it is the open one. */
export function ChangeRow({ app, state, item, no, refused }: ChangeRowProps) {
  const isOpen = state.current.value === item.key;
  const row = useRef<HTMLLIElement>(null);
  const sign = signOf(item.change);
  const kind = t(`planning.kind.${sign}`);
  const title = changeTitle(state, item);
  const height = 'antenna_height_m' in item.change ? item.change.antenna_height_m : undefined;
  useEffect(() => {
    if (isOpen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  const names = ['change', isOpen ? 'change-open' : '', refused === undefined ? '' : 'change-refused'].filter(Boolean);
  const show = (): void => {
    const place = placeOf(state, item);
    if (place) app.session.camera.value = { point: { ...place, zoom: zoomOfSign } };
  };
  return (
    <li class={names.join(' ')} ref={row} data-change={sign}>
      <div class="change-head">
        <button
          type="button"
          class="change-toggle"
          aria-expanded={isOpen}
          onClick={() => {
            state.current.value = isOpen ? null : item.key;
            if (!isOpen) show();
          }}
        >
          <ChangeSign kind={sign} />
          <span class="change-text">
            <strong>{`${no}. ${kind}`}</strong>
            <span>
              {title}
              {height !== undefined && ` · ${number(height, 1)} m`}
            </span>
            {refused !== undefined && (
              <span class="change-reason">
                <Icon name="warning" size={16} /> {refused}
              </span>
            )}
          </span>
          <Icon name="chevron" size={16} />
        </button>
        <RemoveButton
          label={t('planning.remove_change', { name: `${kind} ${title}` })}
          onClick={() => removeChange(state, item.key)}
        />
      </div>
      {isOpen && <ChangeEditor state={state} item={item} />}
    </li>
  );
}
