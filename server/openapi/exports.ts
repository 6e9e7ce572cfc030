import { z } from 'zod';
import { planShape } from '../contract/index.ts';
import { exportKinds, fibreFormats, fibreShape, languageShape, tableFormats } from '../domains/exports/index.ts';
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
  connectivity: {
    title: {
      vi: 'Xuất kết nối cáp quang của huyện, xã, vị trí trạm',
      en: 'Fibre connectivity of districts, communes or sites as a file',
    },
    about: {
      vi: 'Mỗi dòng một trung tâm huyện, trung tâm xã hoặc vị trí trạm, như danh sách cùng câu hỏi.',
      en: 'One row a district centre, commune centre or site, as in the list with the same question.',
    },
  },
  plan: {
    title: { vi: 'Xuất phương án cáp mới', en: 'Planned new spans as a file' },
    about: {
      vi: 'Mỗi dòng một đoạn cáp mới, với chiều dài và chi phí; GeoJSON có đường đi.',
      en: 'One row a new span with length and cost; GeoJSON has its course.',
    },
  },
  scenarios: {
    title: { vi: 'Xuất các phương án quy hoạch', en: 'Planning scenarios side by side as a file' },
    about: {
      vi: 'Mỗi dòng một thay đổi, với tên và ghi chú của phương án, chiều cao, băng tần, EIRP và góc phương vị đã dùng cho trạm được thêm; XLSX có thêm trang kết quả, mỗi dòng một phương án.',
      en: 'One row a change, with the name and note of its scenario and the height, band, EIRP and azimuths that an added site was computed with; XLSX also has a sheet of results, one row a scenario.',
    },
  },
};

const tables = exportKinds.map(({ what, shape, label }): Operation => {
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

/** The networks themselves, in the forms of their standard. */
const fibre: Operation = {
  id: 'exportFibre',
  method: 'get',
  path: '/api/v1/exports/fibre.{format}',
  tag: 'exports',
  title: { vi: 'Xuất mạng cáp quang theo chuẩn OFDS', en: 'Fibre networks as Open Fibre Data Standard packages' },
  about: {
    vi: 'OFDS 0.3: gói JSON, GeoJSON (nút và đoạn cáp), hoặc thư mục CSV nén zip. Gói nhập vào rồi xuất ra không mất dữ liệu.',
    en: 'OFDS 0.3: a JSON package, GeoJSON (nodes and spans), or the folder of CSV tables as a zip. A package that was imported goes out without loss.',
  },
  pathParameters: {
    format: z
      .enum(fibreFormats.map((format) => format.extension) as [string, ...string[]])
      .describe('Form by its file ending / Định dạng'),
  },
  query: fibreShape,
  answers: fibreFormats.map(({ mediaType }) => ({ media: mediaType })),
  otherAnswers: NOT_MODIFIED,
  problems: [...NAMING],
};

const plan: Operation = {
  id: 'exportPlanPackage',
  method: 'get',
  path: '/api/v1/exports/plan.json',
  tag: 'exports',
  title: { vi: 'Xuất phương án cáp mới theo chuẩn OFDS', en: 'Planned new spans as an OFDS package' },
  about: {
    vi: 'OFDS 0.3: một mạng riêng, mọi nút và đoạn cáp ở trạng thái `planned`; các đầu giữ mã của dữ liệu.',
    en: 'OFDS 0.3: a network of its own, every node and span `planned`; ends keep the codes of the inventory.',
  },
  query: planShape,
  answers: [{ media: 'application/json' }],
  otherAnswers: NOT_MODIFIED,
  problems: [...NAMING],
};

export const exportPaths: readonly Operation[] = [...tables, fibre, plan];
