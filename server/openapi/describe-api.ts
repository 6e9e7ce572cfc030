import { OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import type { z } from 'zod';
import { version } from '../platform/version.ts';
import { adminUnitPaths } from './admin-units.ts';
import { broadcastPaths } from './broadcast.ts';
import { connectivityPaths } from './connectivity.ts';
import { coveragePaths } from './coverage.ts';
import { coverageJobPaths } from './coverage-jobs.ts';
import { evidencePaths } from './evidence.ts';
import { PROBLEM_EXAMPLE, requestLine, selectOptionalExample } from './examples.ts';
import { exportPaths } from './exports.ts';
import { fibrePaths } from './fibre.ts';
import { type Operation, TAGS } from './operation.ts';
import { overviewPaths } from './overview.ts';
import { sharedParameters } from './parameters.ts';
import { planningPaths } from './planning.ts';
import { PROBLEMS } from './problems.ts';
import { schemas } from './schemas.ts';
import { searchPaths } from './search.ts';
import { servicePaths } from './service.ts';
import { sitePaths } from './sites.ts';
import { terrainPaths } from './terrain.ts';
import { tidy } from './tidy.ts';
import { tilePaths } from './tiles.ts';
import { toRoute } from './to-route.ts';

type Definitions = ConstructorParameters<typeof OpenApiGeneratorV31>[0];
/** An OpenAPI 3.1 document. */
export type ApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

/** Every operation of the server, room by room. */
export const operations: readonly Operation[] = [
  ...overviewPaths,
  ...sitePaths,
  ...adminUnitPaths,
  ...coveragePaths,
  ...coverageJobPaths,
  ...evidencePaths,
  ...broadcastPaths,
  ...terrainPaths,
  ...planningPaths,
  ...connectivityPaths,
  ...fibrePaths,
  ...searchPaths,
  ...exportPaths,
  ...tilePaths,
  ...servicePaths,
];

const about = {
  vi: 'Kiểm kê hạ tầng viễn thông của một tỉnh: vị trí trạm, cáp quang, vùng phủ sóng, kết nối. Mọi số liệu tính tại ngày `at`; một bộ lọc chung cho danh sách, bản đồ và tệp xuất. Kết quả vùng phủ sóng là ước tính; `synthetic: true` là dữ liệu minh hoạ.',
  en: 'Inventory of a province’s telecom infrastructure: sites, fibre, coverage, connectivity. Every figure holds for the day `at`; one filter serves lists, tiles and exports. Coverage is estimated; `synthetic: true` marks what is made up. Lists page by `cursor`. Answers carry a strong ETag; errors are problem+json (RFC 9457).',
};

function problemComponents(): Definitions {
  return Object.entries(PROBLEMS).map(([name, { status, about }]) => {
    const value = status === 400 ? selectOptionalExample(PROBLEM_EXAMPLE.id) : undefined;
    const examples =
      value === undefined ? {} : { examples: { demo: { summary: requestLine('get', PROBLEM_EXAMPLE.url), value } } };
    return {
      type: 'component',
      componentType: 'responses',
      name,
      component: {
        description: about,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, ...examples } },
      },
    };
  });
}

function definitions(): Definitions {
  return [
    ...Object.values<z.ZodType>(schemas).map((schema) => ({ type: 'schema' as const, schema })),
    ...sharedParameters.map((schema) => ({ type: 'parameter' as const, schema })),
    ...problemComponents(),
    {
      type: 'component',
      componentType: 'securitySchemes',
      name: 'editToken',
      component: { type: 'http', scheme: 'bearer', description: 'The EDIT_TOKEN of the server' },
    },
    ...operations.map((operation) => ({ type: 'route' as const, route: toRoute(operation) })),
  ];
}

/**
 * The description of the whole API, made from the schemas that requests are checked with and answers are typed by.
 * @param publicBaseUrl absolute, without a slash at its end; absent: addresses are relative to the server
 */
export function describeApi(publicBaseUrl: string | undefined): ApiDocument {
  return tidy(
    new OpenApiGeneratorV31(definitions(), { sortComponents: 'alphabetically' }).generateDocument({
      openapi: '3.1.0',
      info: {
        title: 'Phủ Sóng',
        version,
        description: about.en,
        'x-description-vi': about.vi,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: publicBaseUrl ?? '/' }],
      tags: Object.entries(TAGS).map(([name, { vi, en }]) => ({ name, description: en, 'x-description-vi': vi })),
    }),
  );
}
