import type { LayerSpecification } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import { adminUnitLayers } from './domains/admin-units/layers.ts';
import { connectivityLayers } from './domains/connectivity/layers.ts';
import { fibreLayers } from './domains/fibre/layers.ts';
import { planningLayers, spotLayers } from './domains/planning/layers.ts';
import { siteLayers } from './domains/sites/layers.ts';
import { selectLayerPlace } from './map/layer-order.ts';

const layers: LayerSpecification[] = [
  ...adminUnitLayers({}),
  ...connectivityLayers(null),
  ...fibreLayers({ selectedSpan: null, selectedNode: null }),
  ...planningLayers(true),
  ...spotLayers(),
  ...siteLayers({ operators: [], chosenOperator: undefined, selectedId: null, language: 'vi' }),
];
const symbols = layers.filter((layer) => layer.type === 'symbol');

describe('text on the map', () => {
  it('never lies over other text: all of it takes part in the placement', () => {
    const texts = symbols.filter((layer) => layer.layout?.['text-field'] !== undefined);
    expect(texts.length).toBeGreaterThan(3);
    for (const { id, layout } of texts) {
      for (const name of ['text-allow-overlap', 'text-ignore-placement', 'text-overlap'] as const) {
        expect(layout?.[name], `${id} ${name}`).toBeUndefined();
      }
    }
  });

  it('keeps off every sign that is drawn whatever lies there, which is placed before it', () => {
    const signs = symbols.filter((layer) => layer.layout?.['icon-allow-overlap'] === true);
    expect(signs.map(({ id }) => id)).toContain('connectivity-centres-symbol');
    for (const { id, layout } of signs) {
      expect(layout?.['icon-ignore-placement'] ?? false, id).toBe(false);
      // Placement goes from the top of the order down.
      for (const text of ['sites-clusters-count', 'admin-units-districts-label', 'admin-units-communes-label']) {
        expect(selectLayerPlace(text), text).toBeLessThan(selectLayerPlace(id));
      }
    }
  });
});
