import { zodToOpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { day, siteFilterShape } from '../contract/index.ts';
import { limitParameter } from '../platform/parse-request.ts';

const cursor = z.string().max(500).optional().describe('next_cursor of the page before / Trang tiếp theo');

/** Paging of every long list. */
export const pagingShape = { limit: limitParameter, cursor };
/** The day whose communes the counts are grouped by. */
export const vintageShape = {
  vintage: day
    .optional()
    .describe('Group by_commune by the communes in force on this day, default those of at / Nhóm theo xã của thời kỳ'),
};
/** The day alone, from the shared filter. */
export const dayShape = { at: siteFilterShape.at };
export const idShape = { id: z.int().positive().describe('Identity in the database, as lists and tiles give it') };

/** Every parameter that several operations have: the very schemas that the requests are checked with. */
const shared = { ...siteFilterShape, ...pagingShape, ...vintageShape };
export const sharedParameters = Object.values(shared);

const examples: Partial<Record<keyof typeof shared, string | number>> = {
  at: '2008-12-31',
  vintage: '2025-07-01',
  district: '227',
  commune: '07900',
  operator: 'VIETTEL',
  band: 900,
  bbox: '105.2,21.2,105.5,21.5',
  q: 'hung long',
};

zodToOpenAPIRegistry.add(day, { format: 'date' });
// The schemas themselves are named, not copies of them: wherever one stands in a query it becomes a reference.
for (const [name, schema] of Object.entries(shared)) {
  const example = examples[name as keyof typeof shared];
  zodToOpenAPIRegistry.add(schema, {
    _internal: { refId: name },
    param: { name, in: 'query', ...(example === undefined ? {} : { example }) },
  });
}
