import type { AttributeType } from './layer.ts';
import type { AttributeValue } from './tile-source.ts';

/**
 * A row's value as the type the registry says; null for what is missing, and for a number that a tile cannot hold exactly: the
 * encoders write whole numbers as such, of at most 64 bits, and no quantity of ours is as large.
 */
export function toAttributeValue(type: AttributeType, value: unknown): AttributeValue {
  if (value === null || value === undefined) return null;
  switch (type) {
    case 'string':
      return typeof value === 'string' ? value : String(value);
    case 'boolean':
      return Boolean(value);
    default: {
      const number = Number(value);
      return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : null;
    }
  }
}
