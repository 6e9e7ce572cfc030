import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import { deploymentColours, palette } from '../../map/palette.ts';
import { labelFont } from '../../map/style.ts';

const width: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 7, 1.4, 10, 2.4, 14, 4];
const casingWidth: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 7, 2.6, 10, 4.4, 14, 6.5];
const deployment: ExpressionSpecification = ['coalesce', ['get', 'deployment'], ''];
/** A span that is not in use is drawn faint; fainter still what is not of the operator looked at. */
function spanOpacity(operator: string | null): ExpressionSpecification {
  const inUse: ExpressionSpecification = ['match', ['get', 'status'], 'operational', 1, 0.45];
  return operator === null ? inUse : ['case', isOf(operator), inUse, others];
}

const others = 0.15;

function isOf(operator: string): ExpressionSpecification {
  return ['==', ['coalesce', ['get', 'operator'], ''], operator];
}

interface SpanLook {
  colour: string;
  dash: number[] | null;
  opacity: ExpressionSpecification;
}

function spanLayer(id: string, filter: FilterSpecification, { colour, dash, opacity }: SpanLook): LayerSpecification {
  return {
    id,
    type: 'line',
    source: 'spans',
    'source-layer': 'spans',
    filter,
    layout: { 'line-join': 'round', 'line-cap': dash ? 'butt' : 'round' },
    paint: {
      'line-color': colour,
      'line-width': width,
      'line-opacity': opacity,
      ...(dash && { 'line-dasharray': dash }),
    },
  };
}

export interface FibreLayerOptions {
  selectedSpan: number | null;
  selectedNode: number | null;
  /** The operator whose network alone is looked at; the others' is faint. */
  operator?: string | null;
}

/** Spans by deployment (colour and dashes), nodes by kind (size and shape). */
export function fibreLayers({ selectedSpan, selectedNode, operator = null }: FibreLayerOptions): LayerSpecification[] {
  const opacity = spanOpacity(operator);
  const nodeOpacity: ExpressionSpecification | number = operator === null ? 1 : ['case', isOf(operator), 1, others];
  const spans = { source: 'spans', 'source-layer': 'spans' } as const;
  const nodes = { source: 'nodes', 'source-layer': 'nodes' } as const;
  const isCore: ExpressionSpecification = ['==', ['get', 'kind'], 'core'];
  return [
    {
      id: 'fibre-spans-casing',
      type: 'line',
      ...spans,
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: {
        'line-color': '#ffffff',
        'line-width': casingWidth,
        'line-opacity': ['interpolate', ['linear'], ['zoom'], 8.5, 0, 10.5, 0.85],
      },
    },
    spanLayer('fibre-spans-duct', ['all', ['!=', deployment, 'buried'], ['!=', deployment, 'aerial']], {
      colour: deploymentColours.duct,
      dash: null,
      opacity,
    }),
    spanLayer('fibre-spans-buried', ['==', deployment, 'buried'], {
      colour: deploymentColours.buried,
      dash: [4, 1.4],
      opacity,
    }),
    spanLayer('fibre-spans-aerial', ['==', deployment, 'aerial'], {
      colour: deploymentColours.aerial,
      dash: [1.3, 1.1],
      opacity,
    }),
    {
      id: 'fibre-spans-selected',
      type: 'line',
      ...spans,
      filter: ['==', ['id'], selectedSpan ?? -1],
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': palette.selection, 'line-width': casingWidth },
    },
    {
      id: 'fibre-nodes-circle',
      type: 'circle',
      ...nodes,
      filter: ['!', isCore],
      paint: {
        'circle-color': '#ffffff',
        'circle-stroke-color': palette.node,
        'circle-radius': [
          'interpolate',
          ['linear'],
          ['zoom'],
          8,
          ['match', ['get', 'kind'], 'district', 3, 1.6],
          14,
          ['match', ['get', 'kind'], 'district', 7, 4.5],
        ],
        'circle-stroke-width': ['match', ['get', 'kind'], 'district', 2.2, 1.4],
        'circle-opacity': nodeOpacity,
        'circle-stroke-opacity': nodeOpacity,
      },
    },
    {
      id: 'fibre-nodes-core',
      type: 'circle',
      ...nodes,
      filter: isCore,
      paint: {
        'circle-color': palette.core,
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 8, 6, 14, 10],
        'circle-stroke-color': '#ffffff',
        'circle-stroke-width': 2.5,
      },
    },
    {
      id: 'fibre-nodes-selected',
      type: 'circle',
      ...nodes,
      filter: ['==', ['id'], selectedNode ?? -1],
      paint: {
        'circle-color': 'rgba(0,0,0,0)',
        'circle-radius': 12,
        'circle-stroke-color': palette.selection,
        'circle-stroke-width': 3,
      },
    },
    {
      id: 'fibre-nodes-label',
      type: 'symbol',
      ...nodes,
      minzoom: 12,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': [labelFont],
        'text-size': 11,
        'text-anchor': 'left',
        'text-offset': [0.9, 0],
        'text-optional': true,
      },
      paint: { 'text-color': palette.node, 'text-halo-color': palette.labelHalo, 'text-halo-width': 1.6 },
    },
  ];
}
