import { z } from 'zod';
import { day, todayInVietnam } from './dates.ts';

export const technologies = ['2G', '3G', '4G', '5G'] as const;
export const siteStatuses = ['planned', 'active', 'suspended', 'removed'] as const;
export const mastClasses = ['A1a', 'A1b', 'A2a', 'A2b', 'A2c'] as const;
export const certificateStates = ['valid', 'due', 'expired', 'none'] as const;
export const environments = ['urban', 'suburban', 'rural', 'open'] as const;
export type Technology = (typeof technologies)[number];
export type SiteStatus = (typeof siteStatuses)[number];
export type Environment = (typeof environments)[number];

const code = z.string().regex(/^[0-9A-Za-z._-]{1,40}$/, 'must be a code of letters, digits, dots, dashes');

/** A code as a member of a body; in a query it is one of the shared filter's parameters. */
export const codeInBody = z.string().regex(/^[0-9A-Za-z._-]{1,40}$/, 'must be a code of letters, digits, dots, dashes');

/** Bounding box as `west,south,east,north` in degrees. */
const bbox = z
  .string()
  .transform((text) => text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part))))
  .refine(
    (numbers) => numbers.length === 4 && numbers.every(Number.isFinite),
    'must be four numbers: west,south,east,north',
  )
  .refine(
    ([west = 0, south = 0, east = 0, north = 0]) => west >= -180 && east <= 180 && south >= -90 && north <= 90,
    'must lie within ±180, ±90 degrees',
  )
  .refine(
    ([west = 0, south = 0, east = 0, north = 0]) => west < east && south < north,
    'west must be less than east, and south less than north',
  )
  .transform((numbers) => numbers as [west: number, south: number, east: number, north: number]);

/**
 * The shared filter: the same query parameters on lists, counts, tiles and exports. Every parameter is optional; `at`
 * defaults to today in Vietnam. Several values of one parameter are not supported: a parameter stands once.
 */
export const siteFilterShape = {
  at: day.optional().describe('Inventory as at this day (Asia/Ho_Chi_Minh), default today / Dữ liệu tại ngày'),
  district: code
    .optional()
    .describe('District code; an abolished district is resolved by its last boundary / Mã huyện'),
  commune: code.optional().describe('Commune code of the vintage valid at the day / Mã xã'),
  operator: code.optional().describe('Operator code: sites with a station of it / Mã doanh nghiệp'),
  technology: z.enum(technologies).optional().describe('Sites with a cell of this technology / Công nghệ'),
  band: z.coerce.number().positive().max(100_000).optional().describe('Sites with a cell in this band, MHz / Băng tần'),
  status: z.enum(siteStatuses).optional().describe('Status of the site; without it: active and suspended / Trạng thái'),
  mast_class: z.enum(mastClasses).optional().describe('Sites with a mast of this class / Loại cột'),
  certificate: z
    .enum(certificateStates)
    .optional()
    .describe('Sites with a station whose certificate is in this state / Giấy chứng nhận kiểm định'),
  bbox: bbox.optional().describe('west,south,east,north in degrees'),
  q: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .describe('Accent-free text in code, name or address / Từ khoá không dấu'),
};

const siteFilterSchema = z.strictObject(siteFilterShape);

/** The parsed shared filter; `at` is always set. */
export type SiteFilter = Omit<z.infer<typeof siteFilterSchema>, 'at'> & { at: string };
export type SiteFilterName = keyof typeof siteFilterShape;
export const siteFilterNames = Object.keys(siteFilterShape) as SiteFilterName[];

/** Fills the defaults of a parsed filter. */
export function completeSiteFilter(
  parsed: z.infer<typeof siteFilterSchema>,
  today: string = todayInVietnam(),
): SiteFilter {
  return { ...parsed, at: parsed.at ?? today };
}

/** The filter as query parameters in a fixed order: the same filter always gives the same text (links, cache keys, ETags). */
export function siteFilterParams(filter: Partial<SiteFilter>): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of siteFilterNames) {
    const value = filter[name];
    if (value !== undefined && value !== null) params.set(name, Array.isArray(value) ? value.join(',') : String(value));
  }
  return params;
}
