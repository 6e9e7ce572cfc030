import type { z } from 'zod';
import type { Translated } from '../platform/language.ts';
import type { ProblemName } from './problems.ts';

/** The chapters of the description, in reading order. */
export const TAGS = {
  overview: { vi: 'Tổng hợp', en: 'Overview' },
  sites: { vi: 'Vị trí trạm', en: 'Sites' },
  'admin-units': { vi: 'Đơn vị hành chính', en: 'Administrative units' },
  coverage: { vi: 'Vùng phủ sóng', en: 'Coverage' },
  planning: { vi: 'Quy hoạch trạm', en: 'Planning' },
  connectivity: { vi: 'Kết nối cáp quang của huyện', en: 'District connectivity' },
  fibre: { vi: 'Mạng cáp quang', en: 'Fibre' },
  search: { vi: 'Tìm kiếm', en: 'Search' },
  exports: { vi: 'Xuất dữ liệu', en: 'Exports' },
  tiles: { vi: 'Ô bản đồ', en: 'Tiles' },
  service: { vi: 'Vận hành và tài liệu', en: 'Operation and documents' },
} as const satisfies Record<string, Translated>;

/** One form of a good answer. Without a schema it is not JSON: bytes or text of the media type. */
export interface Answer {
  media: string;
  schema?: z.ZodType;
}

/** A request that can be sent to the demo province; its answer is kept in examples/<operation id>.json. */
export interface ExampleRequest {
  /** Path with query. */
  url: string;
  body?: unknown;
}

/** One operation of the API in our words; `toRoute` turns it into OpenAPI. */
export interface Operation {
  /** operationId, unique. */
  id: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As in OpenAPI: parameters in braces. */
  path: string;
  tag: keyof typeof TAGS;
  title: Translated;
  about: Translated;
  pathParameters?: z.ZodRawShape;
  query?: z.ZodRawShape;
  headers?: z.ZodRawShape;
  body?: z.ZodType;
  /** Status of the good answer; 200 when it is not given. */
  status?: 200 | 201 | 202 | 204;
  /** Forms of the good answer, chosen by Accept when there are several. */
  answers: readonly Answer[];
  /** Other good answers, by status. */
  otherAnswers?: Readonly<Record<number, string>>;
  problems: readonly ProblemName[];
  /** Needs the edit token. */
  secured?: boolean;
  example?: ExampleRequest;
}

export const json = (schema: z.ZodType): Answer => ({ media: 'application/json', schema });
export const geoJson = (schema: z.ZodType): Answer => ({ media: 'application/geo+json', schema });

/** Every answer of the dataset can be asked for again with If-None-Match. */
export const NOT_MODIFIED = { 304: 'Not modified since the ETag of If-None-Match' } as const;
