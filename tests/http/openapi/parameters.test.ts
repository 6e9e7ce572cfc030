import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeApi, operations } from '../../../server/openapi/describe-api.ts';
import { startServerWithDatabase, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
});
afterAll(() => server.close());

interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  example?: string | number;
  schema: { enum?: string[]; minimum?: number; maximum?: number; maxLength?: number; pattern?: string };
}
const document = describeApi(undefined);
const components = document.components?.parameters as unknown as Record<string, Parameter>;

function queryOf(path: string): Parameter[] {
  const methods = document.paths?.[path] as { get?: { parameters?: Parameter[] } } | undefined;
  const operation = methods?.get;
  return (operation?.parameters ?? [])
    .map((given) => (given.$ref ? components[given.$ref.split('/').at(-1) ?? ''] : given))
    .filter((parameter): parameter is Parameter => parameter?.in === 'query');
}

const questions = operations
  .filter(({ method, path }) => method === 'get' && path.startsWith('/api/v1/'))
  .map(({ id, path }) => ({ id, url: path.replace('{id}', '1').replace('{format}', 'geojson'), query: queryOf(path) }));

/** A value that the description allows. */
function goodValue({ schema, example, name }: Parameter): string {
  if (schema.enum) return schema.enum[0] ?? '';
  return String(example ?? schema.minimum ?? (name === 'parent' ? '25' : 'a'));
}

function urlOf(url: string, query: readonly Parameter[], also: Record<string, string>): string {
  const needed = query.filter((parameter) => parameter.required).map((each) => [each.name, goodValue(each)]);
  return `${url}?${new URLSearchParams({ ...Object.fromEntries(needed), ...also }).toString()}`;
}

async function refused(url: string): Promise<Map<string, string>> {
  const response = await server.fetch(url);
  if (response.status !== 400) {
    await response.body?.cancel();
    return new Map();
  }
  const { errors = [] } = (await response.json()) as { errors?: { pointer: string; reason: string }[] };
  return new Map(errors.map(({ pointer, reason }) => [pointer, reason]));
}

describe('parameters as the server takes them', () => {
  const everyName = [...new Set(questions.flatMap(({ query }) => query.map((each) => each.name)))];

  test.each(questions)('$id refuses the names it does not describe, and no other', async ({ url, query }) => {
    const described = new Set(query.map((each) => each.name));
    const others = everyName.filter((name) => !described.has(name));
    const answer = await refused(urlOf(url, query, Object.fromEntries(everyName.map((name) => [name, 'x']))));
    const unknown = [...answer]
      .filter(([, reason]) => reason === 'is not a parameter of this address')
      .map(([pointer]) => pointer);
    expect(unknown.sort()).toEqual(others.map((name) => `?${name}`).sort());
  });

  test.each(questions)('$id takes the described values and refuses those beyond the limits', async ({ url, query }) => {
    for (const parameter of query) {
      const { name, schema } = parameter;
      const good = [...(schema.enum ?? []), ...(schema.maximum ? [String(schema.maximum)] : [])];
      if (name !== 'cursor') good.push(goodValue(parameter));
      for (const value of good) expect([...(await refused(urlOf(url, query, { [name]: value }))).keys()]).toEqual([]);
      const bad = [
        ...(schema.enum ? ['nonsense'] : []),
        ...(schema.maximum ? [String(schema.maximum + 1)] : []),
        ...(schema.maxLength ? ['a'.repeat(schema.maxLength + 1)] : []),
        ...(schema.pattern ? ['a b/c'] : []),
        ...(name === 'at' ? ['2026-02-30'] : []),
      ];
      for (const value of bad)
        expect([...(await refused(urlOf(url, query, { [name]: value }))).keys()], `${name}=${value}`).toEqual([
          `?${name}`,
        ]);
    }
  });

  test.each(questions.filter(({ query }) => query.some((each) => each.required)))(
    '$id refuses to go without what is required',
    async ({ url, query }) => {
      const required = query.filter((each) => each.required).map((each) => `?${each.name}`);
      expect([...(await refused(url)).keys()]).toEqual(required);
    },
  );
});
