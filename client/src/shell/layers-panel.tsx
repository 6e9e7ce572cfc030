import type { ClientDomain, LayerGroup } from '../domain.ts';
import { t } from '../i18n/index.ts';
import type { AppContext } from '../state/app-context.ts';
import { layerGroupIds, visibleGroups } from '../state/layer-groups.ts';
import { Button } from '../ui/button.tsx';

/** The groups of all domains, top of the map first. */
export function orderedGroups(domains: readonly ClientDomain[]): LayerGroup[] {
  const groups = domains.flatMap((domain) => domain.groups ?? []);
  return [...groups].sort((a, b) => layerGroupIds.indexOf(a.id) - layerGroupIds.indexOf(b.id));
}

/** What is on the map, and what its signs mean. */
export function LayersPanel({ app, domains }: { app: AppContext; domains: readonly ClientDomain[] }) {
  const { state } = app.url;
  const visible = visibleGroups(state.value);
  const isAutomatic = state.value.layers === null;
  const toggle = (id: LayerGroup['id']): void => {
    const layers = layerGroupIds.filter((known) => (known === id) !== visible.includes(known));
    app.url.change({ layers });
  };
  return (
    <>
      <div class="list-head">
        <h2>{t('layers.title')}</h2>
        <p class="hint">{t(isAutomatic ? 'layers.auto_note' : 'layers.own_note')}</p>
        {!isAutomatic && <Button onClick={() => app.url.change({ layers: null })}>{t('layers.auto')}</Button>}
      </div>
      <ul class="plain-list layer-list">
        {orderedGroups(domains).map(({ id, label, Legend }) => (
          <li key={id}>
            <label class="switch">
              <input type="checkbox" checked={visible.includes(id)} onChange={() => toggle(id)} />
              <span class="switch-track" aria-hidden="true" />
              <span>{t(label)}</span>
            </label>
            {Legend && visible.includes(id) && <Legend />}
          </li>
        ))}
      </ul>
    </>
  );
}
