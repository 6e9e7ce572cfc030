import { z } from 'zod';
import { siteFilterShape } from '../contract/index.ts';
import { siteFormats } from '../domains/exports/index.ts';
import { languages } from '../platform/language.ts';
import { NOT_MODIFIED, type Operation } from './operation.ts';
import { NAMING } from './problems.ts';

const extensions = siteFormats.map((format) => format.extension) as [string, ...string[]];

export const exportPaths: readonly Operation[] = [
  {
    id: 'exportSites',
    method: 'get',
    path: '/api/v1/exports/sites.{format}',
    tag: 'exports',
    title: { vi: 'Xuất danh sách vị trí trạm của bộ lọc', en: 'The site list of a filter as a file' },
    about: {
      vi: 'Mỗi dòng một vị trí trạm, theo huyện rồi xã; số dòng bằng `counts.sites` của danh sách cùng bộ lọc. Tên tệp và các tiêu đề X-Export-* nêu bộ lọc, số lượng, phiên bản dữ liệu và thời điểm.',
      en: 'One row a site, in order of district then commune; as many rows as `counts.sites` of the list with the same filter. The file name and the X-Export-* headers state filter, counts, dataset revision and time.',
    },
    pathParameters: { format: z.enum(extensions).describe('Format by its file ending / Định dạng') },
    query: {
      ...siteFilterShape,
      lang: z
        .enum(languages)
        .optional()
        .describe('Language of headers and words, else by Accept-Language / Ngôn ngữ của tệp'),
    },
    answers: siteFormats.map(({ mediaType }) => ({ media: mediaType.replace(/;.*$/, '') })),
    otherAnswers: NOT_MODIFIED,
    problems: [...NAMING, 'TooLarge'],
  },
];
