import type { GeoJSONFeature } from 'maplibre-gl';
import type { ClickAction, ClientDomain, HoverText } from '../../domain.ts';
import { distance, t, term } from '../../i18n/index.ts';
import { tileSource } from '../../map/tile-source.ts';
import type { AppContext } from '../../state/app-context.ts';
import { soleOperator } from '../../state/network-choice.ts';
import type { SelectionKind } from '../../state/selection.ts';
import { type FibreParts, NodeDetails, SpanDetails } from './details.tsx';
import { fibreLayers } from './layers.ts';
import { NodesLegend, SpansLegend } from './legend.tsx';

const spanLayers = ['fibre-spans-duct', 'fibre-spans-buried', 'fibre-spans-aerial'] as const;
const nodeLayers = ['fibre-nodes-circle', 'fibre-nodes-core'] as const;

const selecting =
  (kind: SelectionKind) =>
  ({ id }: GeoJSONFeature): ClickAction | null =>
    id === undefined ? null : { select: { kind, id: Number(id) } };

function spanHover({ properties }: GeoJSONFeature): HoverText {
  return {
    title: String(properties.name || properties.code),
    lines: [
      `${t('fibre.span')} · ${term('deployment', String(properties.deployment ?? 'unknown'))}`,
      distance(Number(properties.length_m)),
    ],
  };
}

function nodeHover({ properties }: GeoJSONFeature): HoverText {
  return { title: String(properties.name || properties.code), lines: [term('node', String(properties.kind))] };
}

function each<T>(layers: readonly string[], handler: T): Record<string, T> {
  return Object.fromEntries(layers.map((layer) => [layer, handler]));
}

/** The fibre network: spans and nodes, their details, and what a cut would cost. */
export function createFibreDomain(app: AppContext, parts: FibreParts): ClientDomain {
  const selectedId = (kind: SelectionKind): number | null => {
    const { selection } = app.url.state.value;
    return selection?.kind === kind ? selection.id : null;
  };
  return {
    id: 'fibre',
    groups: [
      {
        id: 'spans',
        label: 'layer.spans',
        layers: ['fibre-spans-casing', ...spanLayers, 'fibre-spans-selected'],
        Legend: SpansLegend,
      },
      {
        id: 'nodes',
        label: 'layer.nodes',
        layers: [...nodeLayers, 'fibre-nodes-selected', 'fibre-nodes-label'],
        Legend: NodesLegend,
      },
    ],
    sources: () => {
      const params = new URLSearchParams({ at: app.day.value });
      return { spans: tileSource(app, 'spans', params), nodes: tileSource(app, 'nodes', params) };
    },
    layers: () => {
      const { tab, network } = app.url.state.value;
      return fibreLayers({
        selectedSpan: selectedId('span'),
        selectedNode: selectedId('node'),
        operator: tab === 'connectivity' ? soleOperator(network) : null,
      });
    },
    clicks: { ...each(spanLayers, selecting('span')), ...each(nodeLayers, selecting('node')) },
    hovers: { ...each(spanLayers, spanHover), ...each(nodeLayers, nodeHover) },
    details: {
      span: ({ id }) => <SpanDetails app={app} id={id} {...parts} />,
      node: ({ id }) => <NodeDetails app={app} id={id} {...parts} />,
    },
  };
}
