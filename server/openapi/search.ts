import { z } from 'zod';
import { json, NOT_MODIFIED, type Operation } from './operation.ts';
import { dayShape } from './parameters.ts';
import { ASKING } from './problems.ts';
import { schemas } from './schemas.ts';

export const searchPaths: readonly Operation[] = [
  {
    id: 'search',
    method: 'get',
    path: '/api/v1/search',
    tag: 'search',
    title: { vi: 'Tìm đơn vị, trạm và nút không cần dấu', en: 'Find units, sites and nodes without accents' },
    about: {
      vi: 'Tìm không phân biệt dấu, hoa thường và cách đặt dấu thanh; huyện cũ vẫn tìm được sau 2025-07-01.',
      en: 'Case, accents and tone placement do not matter; old districts are still found after 2025-07-01.',
    },
    query: {
      ...dayShape,
      q: z.string().trim().min(1).max(100).describe('Text to find; required / Từ khoá (bắt buộc)'),
      limit: z.coerce.number().int().min(1).max(50).default(12).describe('At most this many answers'),
    },
    answers: [json(schemas.SearchAnswer)],
    otherAnswers: NOT_MODIFIED,
    problems: ASKING,
    example: { url: '/api/v1/search?q=hung+long&at=2008-12-31&limit=2' },
  },
];
