import { effect, untracked } from '@preact/signals';
import type { GeoJSONFeature } from 'maplibre-gl';
import { ApiError } from '../api/api-error.ts';
import type { ClientDomain } from '../domain.ts';
import { t } from '../i18n/index.ts';
import { selectOptionalTool } from '../map/click-router.ts';
import type { MapOptions, Padding } from '../map/create-map.ts';
import { buildStyle } from '../map/style.ts';
import type { AppContext } from '../state/app-context.ts';
import { select } from '../state/filter-actions.ts';
import { visibleGroups } from '../state/layer-groups.ts';
import { roundView } from '../state/url-state.ts';
import type { MapRoomState } from './map-room.tsx';

const narrow = '(max-width: 760px)';
/** Where the map opens while the province is not known: northern Vietnam. */
const northernVietnam = [103.5, 20.4, 107.2, 22.8] as const;

/** How far an element reaches into the map from each side; nothing when it is not on the page. */
function reach(map: DOMRect, element: Element | null): { left: number; right: number; bottom: number } {
  const box = element?.getBoundingClientRect();
  if (!box || box.width === 0) return { left: 0, right: 0, bottom: 0 };
  return {
    left: Math.max(box.right - map.left, 0),
    right: Math.max(map.right - box.left, 0),
    bottom: Math.max(map.bottom - box.top, 0),
  };
}

/** What stands over the right of the map, on a phone over its lower half. */
const cards = '.details, .spot-asked, .area-cut';
const margin = 28;
/** What is left free has to be this large to be worth it; details and legend are not spared otherwise (CSS pixels). */
const least = { width: 320, height: 240 };

/** The part of the map that nothing lies over. */
function freeMargins(container: HTMLElement): Padding {
  const map = container.getBoundingClientRect();
  const over = [...document.querySelectorAll(cards)].map((card) => reach(map, card));
  if (matchMedia(narrow).matches) {
    const covered = Math.max(reach(map, document.querySelector('.panel')).bottom, ...over.map(({ bottom }) => bottom));
    return { top: margin, right: margin, bottom: Math.min(covered, map.height * 0.6) + margin, left: margin };
  }
  const right = Math.max(0, ...over.map((card) => card.right).filter((covered) => map.width - covered > least.width));
  const legend = reach(map, document.querySelector('.legend-card:not(.legend-card-folded)'));
  const free = { top: margin, right: margin + right, bottom: margin, left: margin };
  // The legend stands in a corner: what is free is beside it or above it.
  if (map.width - right - legend.left > least.width) return { ...free, left: margin + legend.left };
  if (map.height - legend.bottom > least.height) return { ...free, bottom: margin + legend.bottom };
  return free;
}

/** The handlers of all domains by map layer. */
function handlersOf<K extends 'clicks' | 'hovers' | 'drags'>(
  domains: readonly ClientDomain[],
  kind: K,
): NonNullable<ClientDomain[K]> {
  const all: NonNullable<ClientDomain[K]> = {};
  for (const domain of domains) Object.assign(all, domain[kind]);
  return all;
}

/** MapLibre is most of the code of the page: asked for at once, beside the first answers, and not waited for. */
export function loadMapCode() {
  return Promise.all([import('../map/create-map.ts'), import('../map/fonts.ts')]);
}

/** Keeps map and state together, both ways, from when the map room is on the page. */
export async function connectMap(
  app: AppContext,
  domains: readonly ClientDomain[],
  room: MapRoomState,
  container: HTMLElement,
): Promise<void> {
  const [{ createMap }, { labelFontFaces }] = await loadMapCode();
  const fontFaces = labelFontFaces(document.baseURI);
  const style = () => buildStyle({ domains, visible: visibleGroups(app.url.state.value), fontFaces });
  const clicks = handlersOf(domains, 'clicks');
  const hovers = handlersOf(domains, 'hovers');
  const drags = handlersOf(domains, 'drags');
  const tools = domains.flatMap((domain) => domain.tool ?? []);
  const { meta } = app.session;
  let shownView = app.url.state.peek().view;

  const click = (layer: string, feature: GeoJSONFeature): void => {
    const action = clicks[layer]?.(feature);
    if (action?.camera) app.session.camera.value = action.camera;
    if (action?.select) select(app, action.select);
    action?.act?.();
  };
  const options: MapOptions = {
    container,
    style: untracked(style),
    images: domains.flatMap((domain) => domain.images ?? []),
    view: shownView,
    home: meta.state.peek().data?.bounds ?? northernVietnam,
    label: t('map.label'),
    padding: () => freeMargins(container),
    targets: clicks,
    onClick: click,
    onDrag: (layer, feature) => drags[layer]?.(feature) ?? null,
    tool: () => selectOptionalTool(tools)?.onClick ?? null,
    onHover(hit) {
      const text = hit && hovers[hit.layer]?.(hit.feature);
      room.pointed.value = hit && text ? { text, x: hit.x, y: hit.y } : null;
    },
    onView(view) {
      shownView = roundView(view);
      app.url.refine({ view: shownView });
    },
    onError(status) {
      if (status === 0 || status >= 500)
        app.reachability.report(new ApiError(status, null, 'a tile could not be loaded'));
    },
    onIdle() {
      app.session.mapStatus.value = 'ready';
      room.isDrawing.value = false;
    },
  };
  const map = createMap(options);
  room.handle = map;

  effect(() => {
    map.setStyle(style());
    room.isDrawing.value = true;
  });
  effect(() => {
    const tables = domains.flatMap((domain) => domain.featureStates?.() ?? []);
    map.setFeatureStates(tables);
  });
  effect(() => {
    const { view } = app.url.state.value;
    if (JSON.stringify(view) === JSON.stringify(shownView)) return;
    shownView = view;
    untracked(() => map.setView(view));
  });
  effect(() => {
    const request = app.session.camera.value;
    if (!request) return;
    untracked(() => {
      app.session.camera.value = null;
      // After the panel and the details have taken their place.
      requestAnimationFrame(() => map.move(request));
    });
  });
  effect(() => {
    if (app.reachability.recoveries.value + app.session.dataChanges.value > 0) map.refresh();
  });
  let latest = selectOptionalTool(tools);
  effect(() => {
    const on = tools.filter((tool) => tool.isOn.value);
    const begun = on.find((tool) => tool !== latest) ?? on[0] ?? null;
    latest = begun;
    untracked(() => {
      for (const tool of on) if (tool !== begun) tool.end();
    });
  });
  effect(() => map.setToolMode(tools.some((tool) => tool.isOn.value)));
  effect(() => map.setLabel(t('map.label')));
}
