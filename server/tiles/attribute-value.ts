import type { AttributeType } from './layer.ts';
import type { AttributeValue } from './tile-source.ts';

/** A row's value as the type the registry says; null for what is missing. */
export function toAttributeValue(type: AttributeType, value: unknown): AttributeValue {
  if (value === null || value === undefined) return null;
  switch (type) {
    case 'string':
      return typeof value === 'string' ? value : String(value);
    case 'boolean':
      return Boolean(value);
    default:
      return Number(value);
  }
}
