import { z } from 'zod';
import { gapKinds, siteFilterShape } from '../contract/index.ts';
import { geoJson, json, NOT_MODIFIED, type Operation } from './operation.ts';
import { dayShape, pagingShape } from './parameters.ts';
import { NAMING } from './problems.ts';
import { schemas } from './schemas.ts';

const { operator, technology, district } = siteFilterShape;
const gapKind = z.enum(gapKinds).optional().describe('Only gaps of this kind / Loại vùng lõm');

export const coveragePaths: readonly Operation[] = [
  {
    id: 'listCommuneCoverage',
    method: 'get',
    path: '/api/v1/coverage/communes',
    tag: 'coverage',
    title: { vi: 'Vùng phủ sóng của từng xã (ước tính)', en: 'Coverage of each commune (estimated)' },
    about: {
      vi: 'Tử số, mẫu số và tỷ lệ của mỗi xã theo lần tính mới nhất không sau ngày `at` trong cùng thời kỳ địa giới (nếu không có thì lần đầu tiên sau ngày đó). Không nêu `operator`: ít nhất một doanh nghiệp. Xã "không có dữ liệu" không phải xã không được phủ và không nằm trong tổng.',
      en: 'Numerator, denominator and percentage of each commune from the latest run not after `at` within the same vintage, else the first one after it. Without `operator`: at least one operator. An unknown commune is not an uncovered one and is in neither sum.',
    },
    query: {
      ...dayShape,
      operator,
      technology: technology.unwrap().describe('Technology; required here / Công nghệ (bắt buộc)'),
      district,
    },
    answers: [json(schemas.CommuneCoverageList), geoJson(schemas.CommuneCoverageFeatureCollection)],
    otherAnswers: NOT_MODIFIED,
    problems: NAMING,
    example: { url: '/api/v1/coverage/communes?at=2008-12-31&technology=2G&operator=MOBIFONE&district=240' },
  },
  {
    id: 'listGaps',
    method: 'get',
    path: '/api/v1/coverage/gaps',
    tag: 'coverage',
    title: { vi: 'Vùng lõm xếp theo số dân (ước tính)', en: 'Coverage gaps, most people first (estimated)' },
    about: {
      vi: '`gap`: vùng lõm của một doanh nghiệp; `white`: không doanh nghiệp nào phủ; `grey`: có doanh nghiệp phủ nhưng không phải tất cả. `people_incomplete`: số dân là cận dưới.',
      en: '`gap`: of one operator; `white`: no operator reaches it; `grey`: some operators do, not all. With `people_incomplete` the number of people is a lower bound.',
    },
    query: { ...dayShape, operator, technology, kind: gapKind, district, ...pagingShape },
    answers: [json(schemas.GapList), geoJson(schemas.GapFeatureCollection)],
    otherAnswers: NOT_MODIFIED,
    problems: NAMING,
    example: { url: '/api/v1/coverage/gaps?at=2008-12-31&technology=2G&operator=MOBIFONE&limit=1' },
  },
];
