import { expect, it } from 'vitest';
import { COUNT_ATTRIBUTE } from './point-encoder.ts';
import { selectOptionalLayer, tileLayers } from './registry.ts';

it('has the ten layers the interface promises', () => {
  const promised = [
    'broadcast',
    'broadcast_no_terrain',
    'communes',
    'coverage',
    'districts',
    'gaps',
    'no_terrain',
    'nodes',
    'sites',
    'spans',
  ];
  expect(tileLayers.map(({ id }) => id).toSorted()).toEqual(promised);
});

it.each(tileLayers.map((layer) => [layer.id, layer] as const))('describes %s without contradictions', (id, layer) => {
  expect(selectOptionalLayer(id)).toBe(layer);
  expect(layer.sqlFunction).toBe(`tile_rows_${id}`);
  expect(layer.filters).toContain('at');
  expect(layer.minZoom).toBeLessThanOrEqual(layer.maxZoom);
  const names = layer.attributes.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const reserved of ['id', 'lon', 'lat', 'geometry', COUNT_ATTRIBUTE]) expect(names).not.toContain(reserved);
  for (const { description } of layer.attributes) expect(description.vi && description.en).toBeTruthy();
  if (layer.geometry === 'point') expect(layer.loadedPer).toBe('day');
});

it('has no layer of another name', () => {
  expect(selectOptionalLayer('toString')).toBeNull();
});
