import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../../server/openapi/describe-api.ts';
import { abridge, examplePath, PROBLEM_EXAMPLE, selectOptionalExample } from '../../../server/openapi/examples.ts';
import type { Operation } from '../../../server/openapi/operation.ts';
import { schemas } from '../../../server/openapi/schemas.ts';
import { startServerWithDatabase, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
});
afterAll(() => server.close());

type Asked = Operation & { example: NonNullable<Operation['example']> };
const asked = operations.filter((operation): operation is Asked => operation.example !== undefined);

function ask({ method, example }: Asked, media: string): Promise<Response> {
  return fetch(`${server.url}${example.url}`, {
    method: method.toUpperCase(),
    headers: { Accept: media, 'Content-Type': 'application/json', 'Accept-Language': 'vi' },
    ...(example.body === undefined ? {} : { body: JSON.stringify(example.body) }),
  });
}

/** What is another one in every database, process or version. */
const VOLATILE = new Set([
  'dataset_revision',
  'created_at',
  'request_id',
  'today',
  'version',
  'schema',
  'engine',
  'editing',
  // Rows of one statement are numbered in the order that the engine writes them.
  'id',
  // Of several that lie inside a gap, each is the nearest.
  'nearest_site_code',
  'nearest_node_code',
  'cell_id',
  'site_id',
  'start_node_id',
  'end_node_id',
]);

/** Which node or span is the first depends on the order in which the database wrote them: only their form is compared. */
const BY_ROW_NUMBER = new Set([
  'listSpans',
  'getSpan',
  'listNodes',
  'getNode',
  'simulateCut',
  'listRisks',
  'planConnectivity',
  'listTopologyFindings',
]);

/** Keys and types without values. */
function form(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(form);
  if (typeof value !== 'object' || value === null) return value === null ? 'string' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, form(part)]));
}

/** Comparable between engines: five significant digits, volatile values by their type, one base address. */
function comparable(value: unknown, key = ''): unknown {
  if (VOLATILE.has(key)) return typeof value;
  if (key === 'span_ids') return (value as number[]).length;
  if (typeof value === 'number') return Number(value.toPrecision(5));
  if (typeof value === 'string') return value.replace(/^http:\/\/[\d.:]+/, 'http://127.0.0.1:3000');
  if (Array.isArray(value)) return value.map((item) => comparable(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, comparable(part, name)]));
}

/** Compares with the kept example, or keeps the answer when WRITE_EXAMPLES is set. */
async function compareWithExample(id: string, answer: unknown): Promise<void> {
  if (process.env['WRITE_EXAMPLES']) {
    const text = JSON.stringify(abridge(answer), null, 2).replaceAll(server.url, 'http://127.0.0.1:3000');
    await mkdir(dirname(examplePath(id)), { recursive: true });
    await writeFile(examplePath(id), `${text}\n`);
  }
  const compared = BY_ROW_NUMBER.has(id) ? form : comparable;
  expect(compared(abridge(answer))).toEqual(compared(selectOptionalExample(id)));
}

describe('answers of the server and the description', () => {
  const forms = asked.flatMap((operation) =>
    operation.answers.map((answer) => ({ id: operation.id, media: answer.media, operation, answer })),
  );
  test.each(forms)('$id as $media has exactly the described keys and types', async ({ operation, answer }) => {
    const response = await ask(operation, answer.media);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain(answer.media);
    const body: unknown = await response.json();
    // Parsing drops keys that the schema does not have, so that an undescribed key shows as a difference.
    expect(answer.schema?.parse(body)).toEqual(body);
  });

  test.each(asked)('the example of $id is what the demo province answers', async (operation) => {
    const response = await ask(operation, operation.answers[0]?.media ?? '*/*');
    await compareWithExample(operation.id, await response.json());
  });

  test('a refused request is answered as the error component shows', async () => {
    const response = await server.fetch(PROBLEM_EXAMPLE.url);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const body: unknown = await response.json();
    expect(schemas.Problem.parse(body)).toEqual(body);
    await compareWithExample(PROBLEM_EXAMPLE.id, body);
  });

  test('every operation that answers JSON has an example, except edits and what is asked by an id that nobody can know', () => {
    const without = operations.filter(({ answers, example, secured }) => answers[0]?.schema && !example && !secured);
    expect(without.map((operation) => operation.id)).toEqual([
      'getGap',
      'getCoverageJob',
      'getRadioPath',
      'compareScenarios',
      'getScenario',
    ]);
  });
});
