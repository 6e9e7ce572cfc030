import type { ClientDomain, HoverText } from '../../domain.ts';
import { number, t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { adminUnitLayers } from './layers.ts';
import { OverviewPanel } from './panel.tsx';
import { adminUnitSources } from './sources.ts';
import { createFilteredCounts, createSummary } from './summary.ts';

function communeHover(properties: Record<string, unknown>): HoverText {
  const people = typeof properties.population === 'number' ? properties.population : null;
  return {
    title: String(properties.name),
    lines: people === null ? [] : [`${t('coverage.population')}: ${number(people)}`],
  };
}

/** Administrative units: their boundaries and names, and the figures of the whole province by unit. */
export function createAdminUnitsDomain(app: AppContext): ClientDomain {
  const summary = createSummary(app);
  const filtered = createFilteredCounts(app);
  return {
    id: 'admin-units',
    tab: {
      id: 'overview',
      label: 'tab.overview',
      icon: 'overview',
      Panel: () => <OverviewPanel app={app} summary={summary} filtered={filtered} />,
    },
    groups: [
      { id: 'labels', label: 'layer.labels', layers: ['admin-units-communes-label', 'admin-units-districts-label'] },
      { id: 'districts', label: 'layer.districts', layers: ['admin-units-districts-outline'] },
      {
        id: 'communes',
        label: 'layer.communes',
        layers: ['admin-units-communes-outline', 'admin-units-communes-fill'],
      },
    ],
    sources: () => adminUnitSources(app),
    layers: () => adminUnitLayers(app.url.state.value.filter),
    clicks: {
      'admin-units-communes-fill': ({ id }) =>
        id === undefined ? null : { select: { kind: 'commune', id: Number(id) } },
    },
    hovers: { 'admin-units-communes-fill': ({ properties }) => communeHover(properties) },
  };
}
