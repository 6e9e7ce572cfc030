import { json, NOT_MODIFIED, type Operation } from './operation.ts';
import { dayShape, vintageShape } from './parameters.ts';
import { ASKING } from './problems.ts';
import { schemas } from './schemas.ts';

export const overviewPaths: readonly Operation[] = [
  {
    id: 'getSummary',
    method: 'get',
    path: '/api/v1/summary',
    tag: 'overview',
    title: { vi: 'Số liệu tổng hợp tại một ngày', en: 'The figures of a day' },
    about: {
      vi: 'Ba số đếm (vị trí trạm, trạm BTS, cell) của cả tỉnh và theo huyện, xã, doanh nghiệp, công nghệ; trung tâm huyện có cáp quang; xã được phủ sóng; chỉ tiêu của năm. `null` ở `communes.covered`: chưa tính vùng phủ cho ngày này.',
      en: 'Three counts (sites, stations, cells) of the province and by district, commune, operator and technology; district centres on fibre; communes covered; yearly indicators. `communes.covered` is null when no coverage run serves the day.',
    },
    query: { ...dayShape, ...vintageShape },
    answers: [json(schemas.Summary)],
    otherAnswers: NOT_MODIFIED,
    problems: ASKING,
    example: { url: '/api/v1/summary?at=2008-12-31' },
  },
  {
    id: 'getMeta',
    method: 'get',
    path: '/api/v1/meta',
    tag: 'overview',
    title: { vi: 'Về bộ dữ liệu này', en: 'About this dataset' },
    about: {
      vi: 'Phiên bản, ngày hôm nay ở Việt Nam, phạm vi, và dữ liệu có phần minh hoạ hay không.',
      en: 'Version, today in Vietnam, bounds, and whether the inventory of today holds synthetic data.',
    },
    answers: [json(schemas.Meta)],
    otherAnswers: NOT_MODIFIED,
    problems: ASKING,
    example: { url: '/api/v1/meta' },
  },
];
