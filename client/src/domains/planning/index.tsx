import { computed } from '@preact/signals';
import type { GeoJSONFeature, SourceSpecification } from 'maplibre-gl';
import type { ComponentType } from 'preact';
import type { ClientDomain, Drag, HoverText } from '../../domain.ts';
import { number, t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { changeTitle } from './changes/change-row.tsx';
import { withAltered, withGestureEnded } from './changes/plan.ts';
import { coordinate } from './format.ts';
import {
  areaFeatures,
  changeFeatures,
  planningLayers,
  spotFeatures,
  spotLayers,
  suggestionFeatures,
} from './layers.ts';
import { PlanningLegend } from './legend.tsx';
import { PlanningPanel } from './panel.tsx';
import { createPlaceTool } from './place-tool.tsx';
import { createScenariosState } from './scenarios/data.ts';
import { planningImages, signOf } from './signs.ts';
import { createSpotState } from './spot/state.ts';
import { createSpotTool } from './spot/tool.tsx';
import { changeAt, createPlanningState, type PlanningState } from './state.ts';
import './planning.css';

const itemOf = (state: PlanningState, { id }: GeoJSONFeature) =>
  state.plan.peek().items.find(({ key }) => key === Number(id));

/** A candidate or a moved site follows the pointer; what stands at a site of the inventory stays there. */
function dragOf(state: PlanningState, feature: GeoJSONFeature): Drag | null {
  const item = itemOf(state, feature);
  if (!item || !changeAt(item.change, 0, 0)) return null;
  state.current.value = item.key;
  return {
    move([lon = 0, lat = 0]) {
      const next = changeAt(item.change, Number(coordinate(lon)), Number(coordinate(lat)));
      if (!next) return;
      const now = state.plan.peek().items.find(({ key }) => key === item.key);
      // Height and band may have been changed since: only the place is the drag's.
      const change = now ? changeAt(now.change, Number(coordinate(lon)), Number(coordinate(lat))) : next;
      if (change) state.plan.value = withAltered(state.plan.peek(), item.key, change, `drag ${item.key}`);
    },
    end: () => {
      state.plan.value = withGestureEnded(state.plan.peek());
    },
  };
}

function changeHover(state: PlanningState, feature: GeoJSONFeature): HoverText | null {
  const item = itemOf(state, feature);
  if (!item) return null;
  const isMovable = changeAt(item.change, 0, 0) !== null;
  return {
    title: t(`planning.kind.${signOf(item.change)}`),
    lines: [changeTitle(state, item), isMovable ? t('planning.drag_hint') : ''].filter(Boolean),
  };
}

function suggestionHover(state: PlanningState, { id }: GeoJSONFeature): HoverText | null {
  const item = state.suggest.peek().result?.items.find(({ rank }) => rank === Number(id));
  if (!item) return null;
  return {
    title: t('suggest.rank', { rank: item.rank }),
    lines: [
      t('suggest.people', { people: `+${number(item.people_gained)}` }),
      item.site_code ?? item.commune_name ?? '',
    ].filter(Boolean),
  };
}

const source = (data: { value: GeoJSON.FeatureCollection }): SourceSpecification => ({
  type: 'geojson',
  data: data.value,
});

/** Planning: what if, suggestions and scenarios in a tab, levels at a spot as a tool of the map. */
export function createPlanningDomains(app: AppContext, parts: { CommonFilter: ComponentType }): ClientDomain[] {
  const state = createPlanningState(app);
  const scenarios = createScenariosState(app, state);
  const spot = createSpotState(app, state.subject);
  const isOpen = computed(() => app.url.state.value.tab === 'planning');
  const nothing = areaFeatures(null);
  // The map compares data by identity: each is made anew only when what it shows has changed.
  const areas = computed(() => areaFeatures(isOpen.value ? state.whatIf.state.value.answer : null));
  const changes = computed(() => (isOpen.value ? changeFeatures(state) : nothing));
  const suggested = computed(() =>
    isOpen.value && state.section.value === 'suggest'
      ? suggestionFeatures(state.suggest.value.result?.items ?? [])
      : nothing,
  );
  const spots = computed(() => spotFeatures(spot));
  const planning: ClientDomain = {
    id: 'planning',
    tab: {
      id: 'planning',
      label: 'tab.planning',
      icon: 'planning',
      Panel: () => <PlanningPanel app={app} state={state} scenarios={scenarios} {...parts} />,
    },
    groups: [
      {
        id: 'planning',
        label: 'layer.planning',
        layers: [
          'planning-gained-fill',
          'planning-gained-outline',
          'planning-lost-fill',
          'planning-lost-pattern',
          'planning-lost-outline',
        ],
        Legend: () => <PlanningLegend state={state} />,
      },
    ],
    sources: () => ({
      'planning-areas': source(areas),
      'planning-changes': source(changes),
      'planning-suggestions': source(suggested),
    }),
    layers: () => planningLayers(state.whatIf.isFresh.value),
    images: planningImages,
    clicks: {
      'planning-changes-symbol': (feature) => ({
        act: () => {
          state.section.value = 'changes';
          state.current.value = Number(feature.id);
        },
      }),
      'planning-suggestions-label': () => null,
    },
    hovers: {
      'planning-changes-symbol': (feature) => changeHover(state, feature),
      'planning-suggestions-label': (feature) => suggestionHover(state, feature),
    },
    drags: { 'planning-changes-symbol': (feature) => dragOf(state, feature) },
    tool: createPlaceTool(state),
  };
  return [
    planning,
    {
      id: 'spot',
      sources: () => ({ 'planning-spot': source(spots) }),
      layers: spotLayers,
      tool: createSpotTool(app, spot),
    },
  ];
}
