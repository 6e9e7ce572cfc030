import type { ApiDocument } from './describe-api.ts';

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `[{$ref}, {type: ['object', 'null']}]`: what the generator writes for a named schema that may be null. */
function isNullableReference(parts: unknown): parts is [Node, Node] {
  if (!Array.isArray(parts) || parts.length !== 2) return false;
  const [reference, nullable] = parts as unknown[];
  return (
    isNode(reference) &&
    '$ref' in reference &&
    isNode(nullable) &&
    Array.isArray(nullable['type']) &&
    nullable['type'].includes('null')
  );
}

/** Null must satisfy one of the two schemas, not both. */
function allowNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(allowNull);
  if (!isNode(value)) return value;
  const entries = Object.entries(value).map(([key, part]): [string, unknown] =>
    key === 'allOf' && isNullableReference(part) ? ['anyOf', [part[0], { type: 'null' }]] : [key, allowNull(part)],
  );
  return Object.fromEntries(entries);
}

/** Shared parameters hold their schema themselves: readers such as GDAL do not follow a reference there. */
function inlineParameterSchemas(document: Node): void {
  const components = document['components'] as { parameters: Record<string, Node>; schemas: Node };
  for (const [name, parameter] of Object.entries(components.parameters)) {
    parameter['schema'] = components.schemas[name];
    delete components.schemas[name];
  }
}

/** The generated document with what the generator gets wrong put right. */
export function tidy(document: ApiDocument): ApiDocument {
  const tidied = allowNull(document) as Node;
  inlineParameterSchemas(tidied);
  return tidied as unknown as ApiDocument;
}
