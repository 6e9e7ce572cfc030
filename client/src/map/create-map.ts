import {
  type GeoJSONFeature,
  type LngLat,
  Map as MapLibreMap,
  type Point,
  type PointLike,
  ScaleControl,
  type StyleSpecification,
  setWorkerUrl,
} from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Drag, FeatureStateTable, MapImage, ToolClick } from '../domain.ts';
import type { CameraRequest } from '../state/app-context.ts';
import type { MapView } from '../state/url-state.ts';
import { selectOptionalTarget } from './click-router.ts';
import { followDrags } from './drags.ts';
import { createFeatureStateWriter } from './feature-states.ts';
import { drawImage } from './images.ts';
import { reconcile } from './reconcile.ts';

export interface Padding {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export interface MapOptions {
  container: HTMLElement;
  style: StyleSpecification;
  images: readonly MapImage[];
  view: MapView | null;
  home: readonly [number, number, number, number];
  label: string;
  padding: () => Padding;
  /** Ids of the layers that can be clicked or hovered. */
  targets: Readonly<Record<string, unknown>>;
  onClick: (layer: string, feature: GeoJSONFeature) => void;
  /** What follows the feature when it is dragged; null: the map moves. */
  onDrag: (layer: string, feature: GeoJSONFeature) => Drag | null;
  /** The tool that has every click now; null: clicks and hovers go to the features. */
  tool: () => ((click: ToolClick) => void) | null;
  onHover: (hit: { layer: string; feature: GeoJSONFeature; x: number; y: number } | null) => void;
  onView: (view: MapView) => void;
  /** A tile or font could not be loaded; HTTP status, 0 without an answer. */
  onError: (status: number) => void;
  onIdle: () => void;
}

export interface MapHandle {
  setStyle(style: StyleSpecification): void;
  setFeatureStates(tables: readonly FeatureStateTable[]): void;
  setView(view: MapView | null): void;
  move(request: CameraRequest): void;
  zoomBy(steps: number): void;
  goHome(): void;
  /** A tool takes the clicks: cross-hair, and no zoom by double click. */
  setToolMode(isOn: boolean): void;
  /** Asks for every tile again, after the server was away. */
  refresh(): void;
  setLabel(label: string): void;
  resize(): void;
}

const reducedMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
/** Pixels round the pointer in which points and lines are still hit. */
const reach = { fine: 4, coarse: 14 };
/** Pixels within which a click is on a point that a tool has drawn. */
const pointReach = { fine: 9, coarse: 18 };

const isCoarse = (): boolean => matchMedia('(pointer: coarse)').matches;
const toolReach = (): number => (isCoarse() ? pointReach.coarse : pointReach.fine);

function statusOf(error: unknown): number {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 0;
}

function hitBox(x: number, y: number): [PointLike, PointLike] {
  const tolerance = isCoarse() ? reach.coarse : reach.fine;
  return [
    [x - tolerance, y - tolerance],
    [x + tolerance, y + tolerance],
  ];
}

/** Draws the map. Throws when the browser has no WebGL. */
export function createMap(options: MapOptions): MapHandle {
  setWorkerUrl(workerUrl);
  let style = options.style;
  const map = new MapLibreMap({
    container: options.container,
    style,
    ...(options.view
      ? { center: [options.view.lon, options.view.lat], zoom: options.view.zoom }
      : { bounds: [...options.home], fitBoundsOptions: { padding: options.padding() } }),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxPitch: 0,
    minZoom: 5,
    maxZoom: 18,
    fadeDuration: reducedMotion() ? 0 : 200,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new ScaleControl({ maxWidth: 110, unit: 'metric' }), 'bottom-right');
  for (const image of options.images) map.addImage(image.id, drawImage(image), { pixelRatio: image.pixelRatio });

  const writeStates = createFeatureStateWriter(map);
  let pendingStates: readonly FeatureStateTable[] = [];
  let loaded = false;
  const whenLoaded = (work: () => void): void => {
    if (loaded) work();
    else void map.once('style.load', work);
  };
  void map.once('style.load', () => {
    loaded = true;
  });

  let moving = false;
  let ownMove = false;
  map.on('movestart', () => {
    moving = true;
  });
  map.on('moveend', () => {
    moving = false;
    const { lng, lat } = map.getCenter();
    if (!ownMove) options.onView({ zoom: map.getZoom(), lon: lng, lat });
    ownMove = false;
  });
  map.on('idle', options.onIdle);
  map.on('error', ({ error }) => options.onError(statusOf(error)));

  const find = (
    point: Point,
    layers: string[] = Object.keys(options.targets),
  ): { layer: string; feature: GeoJSONFeature } | null => {
    const exact = map.queryRenderedFeatures(point, { layers });
    const near = map.queryRenderedFeatures(hitBox(point.x, point.y), { layers });
    // What is right under the pointer goes before what is only near it, but a point or line near goes before an area.
    const small = (features: typeof near) => features.filter((feature) => !feature.geometry.type.includes('Polygon'));
    const feature =
      selectOptionalTarget(small(exact), options.targets) ??
      selectOptionalTarget(small(near), options.targets) ??
      selectOptionalTarget(exact, options.targets);
    return feature && { layer: feature.layer.id, feature };
  };
  const clickOf = (point: Point, { lng: lon, lat }: LngLat): ToolClick => ({
    lon,
    lat,
    isAt: ([placeLon = 0, placeLat = 0]) => map.project([placeLon, placeLat]).dist(point) <= toolReach(),
    featureOf: (layers) => find(point, [...layers])?.feature ?? null,
  });
  map.on('click', (event) => {
    const tool = options.tool();
    if (tool) {
      tool(clickOf(event.point, event.lngLat));
      return;
    }
    const hit = find(event.point);
    if (hit) options.onClick(hit.layer, hit.feature);
  });
  map.on('mousemove', (event) => {
    if (moving || drags.isDragging() || options.tool()) return;
    const hit = find(event.point);
    map.getCanvas().classList.toggle('map-canvas-pointing', hit !== null);
    options.onHover(hit && { ...hit, x: event.point.x, y: event.point.y });
  });
  const drags = followDrags(map, (point) => {
    const hit = options.tool() ? null : find(point);
    const drag = hit && options.onDrag(hit.layer, hit.feature);
    // What is said of the feature is of where it was.
    if (drag) options.onHover(null);
    return drag;
  });
  map.on('mouseout', () => options.onHover(null));
  map.on('movestart', () => options.onHover(null));

  const canvas = map.getCanvas();
  canvas.setAttribute('aria-label', options.label);
  // With the keyboard, the map is moved under the cross-hair in its middle.
  canvas.addEventListener('keydown', (event) => {
    const tool = event.key === 'Enter' ? options.tool() : null;
    tool?.(clickOf(map.project(map.getCenter()), map.getCenter()));
  });
  const animation = () => ({ animate: !reducedMotion(), duration: reducedMotion() ? 0 : 600 });
  const fit = (bbox: readonly [number, number, number, number], maxZoom: number): void => {
    map.fitBounds([...bbox], { padding: options.padding(), maxZoom, ...animation() });
  };

  return {
    setStyle(next) {
      whenLoaded(() => {
        reconcile(map, style, next);
        style = next;
      });
    },
    setFeatureStates(tables) {
      pendingStates = tables;
      whenLoaded(() => writeStates(pendingStates));
    },
    setView(view) {
      ownMove = true;
      if (view) map.jumpTo({ center: [view.lon, view.lat], zoom: view.zoom });
      else map.fitBounds([...options.home], { padding: options.padding(), animate: false });
    },
    move({ bbox, nearest = 14, point }) {
      if (bbox) fit(bbox, nearest);
      else if (point) {
        const zoom = Math.max(map.getZoom(), point.zoom);
        // An offset, not padding: padding stays on the camera, and shifts every later view.
        const { top, right, bottom, left } = options.padding();
        const offset: [number, number] = [(left - right) / 2, (top - bottom) / 2];
        map.easeTo({ center: [point.lon, point.lat], zoom, offset, ...animation() });
      }
    },
    zoomBy(steps) {
      map.easeTo({ zoom: map.getZoom() + steps, ...animation(), duration: 250 });
    },
    setToolMode(isOn) {
      if (isOn) map.doubleClickZoom.disable();
      else map.doubleClickZoom.enable();
      if (isOn) options.onHover(null);
      canvas.classList.remove('map-canvas-pointing');
      options.container.classList.toggle('map-with-tool', isOn);
    },
    goHome: () => fit(options.home, 18),
    refresh() {
      for (const [id, source] of Object.entries(style.sources)) if (source.type === 'vector') map.refreshTiles(id);
    },
    setLabel: (label) => canvas.setAttribute('aria-label', label),
    resize: () => map.resize(),
  };
}
