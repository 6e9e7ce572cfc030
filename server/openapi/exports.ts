import { z } from 'zod';
import { exportKinds, languageShape, tableFormats } from '../domains/exports/index.ts';
import type { Translated } from '../platform/language.ts';
import { NOT_MODIFIED, type Operation } from './operation.ts';
import { NAMING } from './problems.ts';

const extensions = tableFormats.map((format) => format.extension) as [string, ...string[]];

const stated: Translated = {
  vi: 'Tên tệp và các tiêu đề X-Export-* nêu bộ lọc, số lượng, phiên bản dữ liệu và thời điểm.',
  en: 'The file name and the X-Export-* headers state filter, counts, dataset revision and time.',
};

/** What each export is, by its word in the address. */
const texts: Record<string, { title: Translated; about: Translated }> = {
  transmitters: {
    title: { vi: 'Xuất danh sách máy phát thanh, truyền hình', en: 'Radio and television transmitters as a file' },
    about: {
      vi: 'Mỗi dòng một máy phát đang hoạt động, số tính toán (ước tính) bên cạnh số khai báo, có tử số và mẫu số.',
      en: 'One row a transmitter on air, computed (estimated) beside declared, with numerators and denominators.',
    },
  },
  sites: {
    title: { vi: 'Xuất danh sách vị trí trạm của bộ lọc', en: 'The site list of a filter as a file' },
    about: {
      vi: 'Mỗi dòng một vị trí trạm, theo huyện rồi xã; số dòng bằng `counts.sites` của danh sách cùng bộ lọc.',
      en: 'One row a site, in order of district then commune; as many rows as `counts.sites` of the list with the same filter.',
    },
  },
  coverage: {
    title: { vi: 'Xuất vùng phủ sóng của xã (ước tính)', en: 'Coverage of communes as a file (estimated)' },
    about: {
      vi: 'Mỗi dòng một xã × công nghệ của doanh nghiệp hoặc phạm vi được hỏi, với tử số, mẫu số và khoảng sai số; số dòng bằng danh sách cùng bộ lọc. Không nêu `technology`: mọi công nghệ của lần tính.',
      en: 'One row a commune × technology of the operator or union asked for, with numerators, denominators and error band; as many rows as the list with the same filter. Without `technology`: every technology of the run.',
    },
  },
  gaps: {
    title: { vi: 'Xuất vùng lõm (ước tính)', en: 'Coverage gaps as a file (estimated)' },
    about: {
      vi: 'Mỗi dòng một vùng lõm, đông dân trước; GeoJSON có ranh giới. Số dòng bằng danh sách cùng bộ lọc.',
      en: 'One row a gap, most people first; GeoJSON has the outlines. As many rows as the list with the same filter.',
    },
  },
  disagreements: {
    title: {
      vi: 'Xuất nơi khai báo, tính toán và đo kiểm không khớp',
      en: 'Where what is declared, modelled and measured does not agree, as a file',
    },
    about: {
      vi: 'Mỗi dòng một xã × doanh nghiệp × công nghệ × loại; XLSX có thêm trang sai số của mô hình so với đo kiểm.',
      en: 'One row a commune × operator × technology × kind; XLSX also has a sheet with the error of the model against the measurements.',
    },
  },
  scenarios: {
    title: { vi: 'Xuất các phương án quy hoạch', en: 'Planning scenarios side by side as a file' },
    about: {
      vi: 'Mỗi dòng một thay đổi; XLSX có thêm trang kết quả, mỗi dòng một phương án.',
      en: 'One row a change; XLSX also has a sheet of results, one row a scenario.',
    },
  },
};

export const exportPaths: readonly Operation[] = exportKinds.map(({ what, shape, label }): Operation => {
  const { title, about } = texts[what] ?? { title: label, about: label };
  return {
    id: `export${what[0]?.toUpperCase()}${what.slice(1)}`,
    method: 'get',
    path: `/api/v1/exports/${what}.{format}`,
    tag: 'exports',
    title,
    about: { vi: `${about.vi} ${stated.vi}`, en: `${about.en} ${stated.en}` },
    pathParameters: { format: z.enum(extensions).describe('Format by its file ending / Định dạng') },
    query: { ...shape, ...languageShape },
    answers: tableFormats.map(({ mediaType }) => ({ media: mediaType.replace(/;.*$/, '') })),
    otherAnswers: NOT_MODIFIED,
    problems: [...NAMING, 'TooLarge'],
  };
});
