import { type Html, html, prose } from './html.ts';

/** JSON Schema as the generator writes it: only what the page shows. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  prefixItems?: Schema[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  additionalProperties?: Schema | boolean;
  default?: string | number | boolean;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  maxLength?: number;
}

/** Last part of a reference, e.g. `SiteList`. */
export function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

function alternatives(values: readonly unknown[]): Html {
  return html`${values.map((value, i) => html`${i > 0 ? ' | ' : ''}<code>${String(value)}</code>`)}`;
}

/** A schema as a short phrase: `integer`, `A | B`, `list of Site`. */
export function phrase(schema: Schema | undefined): Html {
  if (!schema) return html``;
  if (schema.$ref) return html`<a href="#schema-${nameOf(schema.$ref)}">${nameOf(schema.$ref)}</a>`;
  if (schema.anyOf) return html`${schema.anyOf.map((each, i) => html`${i > 0 ? ' | ' : ''}${phrase(each)}`)}`;
  if (schema.enum) return alternatives(schema.enum);
  if (schema.const !== undefined) return alternatives([schema.const]);
  if (schema.prefixItems)
    return html`[${schema.prefixItems.map((each, i) => html`${i > 0 ? ', ' : ''}${phrase(each)}`)}]`;
  if (schema.items) return html`list of ${phrase(schema.items)}`;
  const types = [schema.type ?? 'any'].flat().join(' | ');
  return html`${types}${schema.format ? ` (${schema.format})` : ''}`;
}

/** Limits and default of a value after its type, e.g. `, 1 … 1000, default 100`. */
export function limits(schema: Schema): string {
  const low = schema.minimum ?? (schema.exclusiveMinimum === undefined ? undefined : `> ${schema.exclusiveMinimum}`);
  const range =
    low === undefined && schema.maximum === undefined ? '' : `${low ?? ''} … ${schema.maximum ?? ''}`.trim();
  const length = schema.maxLength === undefined ? '' : `≤ ${schema.maxLength} characters`;
  const fallback = schema.default === undefined ? '' : `default ${String(schema.default)}`;
  return [range, length, fallback].map((part) => (part === '' ? '' : `, ${part}`)).join('');
}

function propertyRows(schema: Schema, path: string): Html[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const full = `${path}${name}`;
    const nested = property.items?.properties ? property.items : property;
    const below = propertyRows(nested, `${full}${property.items ? '[]' : ''}.`);
    const row = html`<tr><th scope="row"><code>${full}</code>${schema.required?.includes(name) ? '' : html` <small>optional</small>`}</th>
      <td>${phrase(property)}</td><td>${prose(property.description ?? '')}</td></tr>`;
    return [row, ...below];
  });
}

/** A named schema as a table of its properties, nested ones by their path. */
export function schemaSection(name: string, schema: Schema): Html {
  return html`<section id="schema-${name}">
    <h3 id="schema-${name}-title">${name}</h3>
    <div class="wide" role="region" tabindex="0" aria-labelledby="schema-${name}-title"><table>
      <thead><tr><th scope="col">Khoá / Key</th><th scope="col">Kiểu / Type</th><th scope="col">Ý nghĩa / Meaning</th></tr></thead>
      <tbody>${propertyRows(schema, '')}</tbody>
    </table></div>
  </section>`;
}
