import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { requestLine, selectOptionalExample } from './examples.ts';
import type { Answer, Operation } from './operation.ts';
import { PROBLEMS } from './problems.ts';

type Responses = RouteConfig['responses'];

/** The example belongs to the first form of the answer. */
function content(operation: Operation, answer: Answer, isFirst: boolean): object {
  const { id, method, example } = operation;
  const value = isFirst && example ? selectOptionalExample(id) : undefined;
  return {
    schema: answer.schema ?? { type: 'string' },
    ...(example && value !== undefined
      ? { examples: { demo: { summary: requestLine(method, example.url), value } } }
      : {}),
  };
}

const DESCRIPTIONS = { 200: 'OK', 201: 'Created', 202: 'Accepted: it will be done', 204: 'Done' } as const;

/** Every form of the good answer. */
const contentsOf = (operation: Operation): Record<string, object> =>
  Object.fromEntries(operation.answers.map((answer, i) => [answer.media, content(operation, answer, i === 0)]));

function responsesOf(operation: Operation): Responses {
  const { status = 200, answers, otherAnswers = {}, problems } = operation;
  const responses: Responses = {
    [status]: {
      description: DESCRIPTIONS[status],
      ...(answers.length > 0 ? { content: contentsOf(operation) } : {}),
    },
  };
  for (const [status, description] of Object.entries(otherAnswers)) responses[status] = { description };
  for (const name of problems)
    responses[PROBLEMS[name].status] = { $ref: `#/components/responses/${name}` } as Responses[string];
  return responses;
}

function bodyOf({ body, example }: Operation): object {
  if (!body) return {};
  const examples = example?.body === undefined ? {} : { examples: { demo: { value: example.body } } };
  return { body: { required: true, content: { 'application/json': { schema: body, ...examples } } } };
}

/** One of our operations in the words of OpenAPI; the Vietnamese texts go into `x-summary-vi`, `x-description-vi`. */
export function toRoute(operation: Operation): RouteConfig {
  const { id, method, path, tag, title, about, pathParameters, query, headers, secured } = operation;
  return {
    operationId: id,
    method,
    path,
    tags: [tag],
    summary: title.en,
    'x-summary-vi': title.vi,
    description: about.en,
    'x-description-vi': about.vi,
    request: {
      ...(pathParameters ? { params: z.object(pathParameters) } : {}),
      ...(query ? { query: z.object(query) } : {}),
      ...(headers ? { headers: z.object(headers) } : {}),
      ...bodyOf(operation),
    },
    responses: responsesOf(operation),
    ...(secured ? { security: [{ editToken: [] }] } : {}),
  };
}
