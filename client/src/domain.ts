import type { ReadonlySignal } from '@preact/signals';
import type { Position } from 'geojson';
import type { GeoJSONFeature, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { ComponentType } from 'preact';
import type { MessageKey } from './i18n/index.ts';
import type { CameraRequest } from './state/app-context.ts';
import type { LayerGroupId } from './state/layer-groups.ts';
import type { Selection, SelectionKind } from './state/selection.ts';
import type { Tab } from './state/url-state.ts';
import type { IconName } from './ui/icon.tsx';

/** What a click on a feature does. */
export interface ClickAction {
  select?: Selection;
  camera?: CameraRequest;
  act?: () => void;
}

/** What follows a feature while it is dragged, lon and lat in degrees. */
export interface Drag {
  move: (place: Position) => void;
  /** The finger or the button was let go. */
  end: () => void;
}

/** What the pointer says over a feature. */
export interface HoverText {
  title: string;
  lines: string[];
}

/** States by feature id for one layer of one tile source. */
export interface FeatureStateTable {
  source: string;
  sourceLayer: string;
  states: ReadonlyMap<number, object>;
}

/** A picture of the map, drawn by script. `pixels` is RGBA. */
export interface MapImage {
  id: string;
  width: number;
  height: number;
  pixelRatio: number;
  draw(context: CanvasRenderingContext2D): void;
}

export interface LayerGroup {
  id: LayerGroupId;
  label: MessageKey;
  /** Ids of the map layers that the group shows and hides; one of several groups is there with any of them. */
  layers: readonly string[];
  /** What the signs of the group mean. */
  Legend?: ComponentType;
}

/** A click on the map that a tool takes. */
export interface ToolClick {
  lon: number;
  lat: number;
  /** Whether the click is on a place, as far as a pointer or a finger can tell. */
  isAt: (place: Position) => boolean;
  /** The feature of one of these map layers that the click is on; null when there is none. */
  featureOf: (layers: readonly string[]) => GeoJSONFeature | null;
}

/** A tool of the map: while it is on, clicks go to it alone. */
export interface MapTool {
  isOn: ReadonlySignal<boolean>;
  onClick: (click: ToolClick) => void;
  /** Called when another tool begins: only one has the clicks. */
  end: () => void;
  /** Among the buttons of the map. */
  Button: ComponentType;
  /** Over the map; nothing while the tool is off. */
  Card: ComponentType;
}

/**
 * What a domain brings to the page. `main.tsx` is the only place that knows all of them. Functions that give map parts
 * read signals and are called again when those change.
 */
export interface ClientDomain {
  id: string;
  tab?: { id: Tab; label: MessageKey; icon: IconName; Panel: ComponentType };
  groups?: readonly LayerGroup[];
  sources?: () => Record<string, SourceSpecification>;
  layers?: () => LayerSpecification[];
  featureStates?: () => FeatureStateTable[];
  images?: readonly MapImage[];
  /** By map layer id. A layer that is not here lets clicks through. */
  clicks?: Record<string, (feature: GeoJSONFeature) => ClickAction | null>;
  hovers?: Record<string, (feature: GeoJSONFeature) => HoverText | null>;
  /** By map layer id, which is among those of `clicks` too: null for a feature that stays where it is. */
  drags?: Record<string, (feature: GeoJSONFeature) => Drag | null>;
  tool?: MapTool;
  details?: Partial<Record<SelectionKind, ComponentType<{ id: number }>>>;
}
