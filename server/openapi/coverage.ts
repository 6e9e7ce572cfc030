import { siteFilterShape } from '../contract/index.ts';
import { coverageParameters } from '../domains/coverage/index.ts';
import { geoJson, json, NOT_MODIFIED, type Operation } from './operation.ts';
import { dayShape, idShape, pagingShape } from './parameters.ts';
import { NAMING } from './problems.ts';
import { schemas } from './schemas.ts';

const { operator, technology, district } = siteFilterShape;
const technologyNeeded = technology.unwrap().describe('Technology; required here / Công nghệ (bắt buộc)');
const { scope, level, kind, min_area_km2, min_people } = coverageParameters;

export const coveragePaths: readonly Operation[] = [
  {
    id: 'listCommuneCoverage',
    method: 'get',
    path: '/api/v1/coverage/communes',
    tag: 'coverage',
    title: { vi: 'Vùng phủ sóng của từng xã (ước tính)', en: 'Coverage of each commune (estimated)' },
    about: {
      vi: 'Tử số, mẫu số và tỷ lệ của mỗi xã theo lần tính mới nhất không sau ngày `at` trong cùng thời kỳ địa giới (nếu không có thì lần đầu tiên sau ngày đó). Không nêu `operator`: ít nhất một doanh nghiệp. Xã "không có dữ liệu" không phải xã không được phủ và không nằm trong tổng. `people_at_least`: số dân chắc chắn được phủ, kể cả ở xã mà một trạm chưa tin cậy làm cho chưa rõ; tổng của nó là trên mọi xã. `people_low`, `people_high` (và diện tích tương ứng): khi mọi độ cao, công suất mặc định ở mức bất lợi nhất hoặc thuận lợi nhất.',
      en: 'Numerator, denominator and percentage of each commune from the latest run not after `at` within the same vintage, else the first one after it. Without `operator`: at least one operator. An unknown commune is not an uncovered one and is in neither sum. `people_at_least`: covered for certain, also in a commune that a doubtful site makes unknown; its total is over all communes. `people_low`, `people_high` and the areas alike: if every defaulted height and power were at its worst or its best.',
    },
    query: {
      ...dayShape,
      operator,
      technology: technologyNeeded,
      scope,
      district,
    },
    answers: [json(schemas.CommuneCoverageList), geoJson(schemas.CommuneCoverageFeatureCollection)],
    otherAnswers: NOT_MODIFIED,
    problems: NAMING,
    example: { url: '/api/v1/coverage/communes?at=2008-12-31&technology=2G&operator=MOBIFONE&district=240' },
  },
  {
    id: 'listUnitCoverage',
    method: 'get',
    path: '/api/v1/coverage/units',
    tag: 'coverage',
    title: {
      vi: 'Vùng phủ sóng của từng huyện hoặc tỉnh (ước tính)',
      en: 'Coverage of districts or the province (estimated)',
    },
    about: {
      vi: 'Tổng của các xã có kết quả. Sau khi bãi bỏ cấp huyện: các huyện cuối cùng, mỗi xã thuộc huyện chứa trung tâm xã; `district_note` nói rõ.',
      en: 'Sums over the communes with a known status. After districts were abolished the last ones are given, and a commune belongs to the one that contains its centre; `district_note` says so.',
    },
    query: { ...dayShape, operator, technology: technologyNeeded, scope, level },
    answers: [json(schemas.UnitCoverageList), geoJson(schemas.UnitCoverageFeatureCollection)],
    otherAnswers: NOT_MODIFIED,
    problems: NAMING,
    example: { url: '/api/v1/coverage/units?at=2008-12-31&technology=2G&level=province' },
  },
  {
    id: 'listGaps',
    method: 'get',
    path: '/api/v1/coverage/gaps',
    tag: 'coverage',
    title: { vi: 'Vùng lõm xếp theo số dân (ước tính)', en: 'Coverage gaps, most people first (estimated)' },
    about: {
      vi: '`gap`: vùng lõm của một doanh nghiệp; `white`: không doanh nghiệp nào phủ; `grey`: có doanh nghiệp phủ nhưng không phải mọi doanh nghiệp có công nghệ đó. `people_incomplete`: số dân là cận dưới. `not_listed`: phần còn lại của nơi không được phủ, ngoài danh sách: vùng nhỏ hơn `least_km2` (`too_small`) và nơi chỉ có thể trong tầm một trạm chưa tin cậy (`doubtful`); cộng với danh sách là tất cả. Chỉ cho biết khi hỏi một công nghệ: vùng lõm của nhiều công nghệ chồng lên nhau.',
      en: '`gap`: of one operator; `white`: no operator reaches it; `grey`: some operators do, not all. With `people_incomplete` the number of people is a lower bound. `not_listed` is the rest of what is not covered: patches below `least_km2` (`too_small`), and what only a doubtful site might reach (`doubtful`). With all that is listed it is everything. It is told of one technology only: gaps of several lie over each other.',
    },
    query: { ...dayShape, operator, technology, kind, min_area_km2, min_people, district, ...pagingShape },
    answers: [json(schemas.GapList), geoJson(schemas.GapFeatureCollection)],
    otherAnswers: NOT_MODIFIED,
    problems: NAMING,
    example: { url: '/api/v1/coverage/gaps?at=2008-12-31&technology=2G&operator=MOBIFONE&limit=1' },
  },
  {
    id: 'getGap',
    method: 'get',
    path: '/api/v1/coverage/gaps/{id}',
    tag: 'coverage',
    title: { vi: 'Một vùng lõm', en: 'One gap' },
    about: {
      vi: 'Vùng lõm kèm ranh giới. Mã của vùng lõm mất đi khi ngày đó được tính lại.',
      en: 'A gap with its outline. Its id is gone once the day is computed again.',
    },
    pathParameters: idShape,
    answers: [json(schemas.GapDetail)],
    otherAnswers: NOT_MODIFIED,
    problems: NAMING,
  },
];
