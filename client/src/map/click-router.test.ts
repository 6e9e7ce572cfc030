import { describe, expect, it } from 'vitest';
import { selectOptionalTarget, selectOptionalTool } from './click-router.ts';

const at = (id: string, name = id) => ({ layer: { id }, name });
const handlers = { 'sites-points-circle': true, 'fibre-spans-duct': true, 'coverage-communes-fill': true };

describe('selectOptionalTarget', () => {
  it('gives the topmost layer whatever the order of the features', () => {
    const features = [at('coverage-communes-fill'), at('sites-points-circle'), at('fibre-spans-duct')];
    expect(selectOptionalTarget(features, handlers)?.layer.id).toBe('sites-points-circle');
    expect(selectOptionalTarget(features.reverse(), handlers)?.layer.id).toBe('sites-points-circle');
  });

  it('lets clicks through layers without a handler', () => {
    const features = [at('admin-units-districts-label'), at('coverage-communes-fill')];
    expect(selectOptionalTarget(features, handlers)?.layer.id).toBe('coverage-communes-fill');
  });

  it('keeps the first feature of one layer', () => {
    const features = [at('sites-points-circle', 'near'), at('sites-points-circle', 'far')];
    expect(selectOptionalTarget(features, handlers)?.name).toBe('near');
  });

  it('gives null on empty ground', () => {
    expect(selectOptionalTarget([at('map-background')], handlers)).toBeNull();
  });
});

describe('selectOptionalTool', () => {
  const tool = (name: string, isOn: boolean) => ({ name, isOn: { peek: () => isOn } });

  it('gives the tool that is on, which then has every click', () => {
    expect(selectOptionalTool([tool('draw', false), tool('measure', true)])?.name).toBe('measure');
  });

  it('leaves clicks to the features while none is on', () => {
    expect(selectOptionalTool([tool('measure', false)])).toBeNull();
    expect(selectOptionalTool([])).toBeNull();
  });
});
