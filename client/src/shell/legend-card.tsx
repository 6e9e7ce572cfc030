import { useEffect, useState } from 'preact/hooks';
import type { ClientDomain } from '../domain.ts';
import { t } from '../i18n/index.ts';
import type { AppContext } from '../state/app-context.ts';
import { type LayerGroupId, visibleGroups } from '../state/layer-groups.ts';
import { Icon } from '../ui/icon.tsx';
import { orderedGroups } from './layers-panel.tsx';

/** What the whole map is coloured by first, single signs after it. */
const legendOrder: readonly LayerGroupId[] = [
  'planning',
  'measurements',
  'choropleth',
  'coverage_area',
  'gaps',
  'connectivity',
  'bridges',
  'spans',
  'nodes',
  'sites',
];
const narrow = '(max-width: 760px)';

/** The legend of what is on the map, over the map; it can be folded away. */
export function LegendCard({ app, domains }: { app: AppContext; domains: readonly ClientDomain[] }) {
  const [wished, setWished] = useState(!matchMedia(narrow).matches);
  // Clicks of a tool need the map: the legend is folded while one is on, and then as it was.
  const isToolOn = domains.some(({ tool }) => tool?.isOn.value);
  const [openedFor, setOpenedFor] = useState(false);
  useEffect(() => setOpenedFor(false), [isToolOn]);
  const open = isToolOn ? openedFor : wished;
  const setOpen = isToolOn ? setOpenedFor : setWished;
  const visible = visibleGroups(app.url.state.value);
  const groups = orderedGroups(domains)
    .filter((group) => group.Legend && visible.includes(group.id))
    .sort((a, b) => legendOrder.indexOf(a.id) - legendOrder.indexOf(b.id));
  // The layer list has every legend in it.
  if (groups.length === 0 || app.url.state.value.tab === 'layers') return null;
  return (
    <section class={open ? 'legend-card' : 'legend-card legend-card-folded'} aria-label={t('map.legend')}>
      <button
        type="button"
        class="legend-toggle"
        aria-expanded={open}
        aria-controls="legend-body"
        onClick={() => setOpen(!open)}
      >
        <Icon name="list" size={18} />
        {t('map.legend')}
        <Icon name="chevron" size={16} />
      </button>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: the keyboard must reach it */}
      <div class="legend-body" id="legend-body" hidden={!open} tabIndex={0}>
        {groups.map(({ id, label, Legend }) => (
          <div key={id} class="legend-group">
            <h3>{t(label)}</h3>
            {Legend && <Legend />}
          </div>
        ))}
      </div>
    </section>
  );
}
