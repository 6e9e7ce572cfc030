import { selectLayerPlace } from './layer-order.ts';

/** The tool that takes every click for itself: the first that is on. Null when clicks go to the features. */
export function selectOptionalTool<T extends { isOn: { peek(): boolean } }>(tools: readonly T[]): T | null {
  return tools.find((tool) => tool.isOn.peek()) ?? null;
}

/**
 * The one feature that a click or the pointer means: of those whose layer has a handler, the topmost by the layer
 * order; within a layer the first found. Null when nothing that can be clicked is there.
 */
export function selectOptionalTarget<T extends { layer: { id: string } }>(
  features: readonly T[],
  handlers: Readonly<Record<string, unknown>>,
): T | null {
  let best: T | null = null;
  for (const feature of features) {
    if (!(feature.layer.id in handlers)) continue;
    if (!best || selectLayerPlace(feature.layer.id) > selectLayerPlace(best.layer.id)) best = feature;
  }
  return best;
}
