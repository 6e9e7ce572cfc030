import type { FontFacesSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { ClientDomain } from '../domain.ts';
import type { LayerGroupId } from '../state/layer-groups.ts';
import { selectLayerPlace } from './layer-order.ts';
import { palette } from './palette.ts';

/** The name by which layers ask for labels. */
export const labelFont = 'Noto Sans Medium';

const background: LayerSpecification = {
  id: 'map-background',
  type: 'background',
  paint: { 'background-color': palette.background },
};

export interface StyleParts {
  domains: readonly ClientDomain[];
  visible: readonly LayerGroupId[];
  fontFaces: FontFacesSpecification;
}

function withVisibility(layer: LayerSpecification, shown: boolean): LayerSpecification {
  return { ...layer, layout: { ...layer.layout, visibility: shown ? 'visible' : 'none' } };
}

/**
 * The whole style as a pure function of the state: every source and layer of every domain is always there, in the
 * order of `layer-order.ts`; what is not wanted is invisible. Throws for a layer that has no place in the order.
 */
export function buildStyle({ domains, visible, fontFaces }: StyleParts): StyleSpecification {
  const groups = domains.flatMap((domain) => domain.groups ?? []);
  const shown = new Set(groups.filter(({ id }) => visible.includes(id)).flatMap((group) => group.layers));
  const hidden = new Set(groups.flatMap((group) => group.layers).filter((id) => !shown.has(id)));
  const layers = [background, ...domains.flatMap((domain) => domain.layers?.() ?? [])].sort(
    (a, b) => selectLayerPlace(a.id) - selectLayerPlace(b.id),
  );
  const sources: Record<string, SourceSpecification> = {};
  for (const domain of domains) Object.assign(sources, domain.sources?.());
  return {
    version: 8,
    name: 'Phủ Sóng',
    'font-faces': fontFaces,
    sources,
    layers: layers.map((layer) => (layer.type === 'background' ? layer : withVisibility(layer, !hidden.has(layer.id)))),
  };
}
