import { z } from 'zod';
import { siteFilterShape } from '../contract/index.ts';
import { geoJson, json, NOT_MODIFIED, type Operation } from './operation.ts';
import { dayShape, idShape, pagingShape } from './parameters.ts';
import { ASKING, NAMING } from './problems.ts';
import { schemas } from './schemas.ts';

export const sitePaths: readonly Operation[] = [
  {
    id: 'listSites',
    method: 'get',
    path: '/api/v1/sites',
    tag: 'sites',
    title: { vi: 'Danh sách vị trí trạm theo bộ lọc', en: 'Sites of a filter' },
    about: {
      vi: '`counts` là số vị trí trạm, trạm BTS và cell của cả bộ lọc, không phải của trang. Cùng bộ lọc với bản đồ và tệp xuất nên số dòng luôn bằng nhau. Muốn GeoJSON: `Accept: application/geo+json`.',
      en: '`counts` are the sites, stations and cells of the whole filter, not of the page. The same filter as the map and the exports, so the numbers are equal. GeoJSON by `Accept: application/geo+json`.',
    },
    query: { ...siteFilterShape, ...pagingShape },
    answers: [json(schemas.SiteList), geoJson(schemas.SiteFeatureCollection)],
    otherAnswers: NOT_MODIFIED,
    problems: NAMING,
    example: { url: '/api/v1/sites?at=2008-12-31&district=227&operator=VIETTEL&limit=2' },
  },
  {
    id: 'getSite',
    method: 'get',
    path: '/api/v1/sites/{id}',
    tag: 'sites',
    title: { vi: 'Chi tiết một vị trí trạm', en: 'Everything about one site' },
    about: {
      vi: 'Cột, trạm, cell và giấy chứng nhận có hiệu lực tại ngày `at`; toạ độ WGS84 (độ phút giây theo ngôn ngữ) và VN-2000 (X là Bắc, Y là Đông). `version` dùng cho If-Match khi sửa.',
      en: 'Masts, and the stations, cells and certificates as at `at`; position in WGS84 (DMS in the language of Accept-Language) and VN-2000 (X is north, Y is east). `version` is what If-Match of an edit names.',
    },
    pathParameters: idShape,
    query: dayShape,
    answers: [json(schemas.SiteDetail)],
    otherAnswers: NOT_MODIFIED,
    problems: NAMING,
    example: { url: '/api/v1/sites/1?at=2008-12-31' },
  },
  {
    id: 'editSite',
    method: 'patch',
    path: '/api/v1/sites/{id}',
    tag: 'sites',
    title: { vi: 'Sửa một vị trí trạm', en: 'Edit a site' },
    about: {
      vi: 'Cần mã sửa (EDIT_TOKEN) và If-Match với `version` đã thấy. Lý do được ghi vào nhật ký kiểm toán. Ô bản đồ và danh sách sau đó không bao giờ cũ hơn lần sửa này.',
      en: 'Needs the edit token (EDIT_TOKEN) and If-Match with the `version` that was seen. The reason goes to the audit log. No tile or list answered after this is older than the edit.',
    },
    pathParameters: idShape,
    headers: { 'If-Match': z.string().describe('Version of the site in quotes, e.g. "3"') },
    body: schemas.SiteEdit,
    answers: [json(schemas.SiteEdited)],
    problems: [...NAMING, 'NotSignedIn', 'NotAllowed', 'VersionChanged', 'VersionRequired', 'TooLarge'],
    secured: true,
  },
  {
    id: 'listOperators',
    method: 'get',
    path: '/api/v1/operators',
    tag: 'sites',
    title: { vi: 'Danh sách doanh nghiệp', en: 'Operators' },
    about: {
      vi: 'Không có `at`: mọi doanh nghiệp, kể cả đã sáp nhập. Có `at`: những doanh nghiệp hoạt động tại ngày đó.',
      en: 'Without `at` every operator there ever was; with it those in business on that day. `successor` took over.',
    },
    query: dayShape,
    answers: [json(schemas.OperatorList)],
    otherAnswers: NOT_MODIFIED,
    problems: ASKING,
    example: { url: '/api/v1/operators?at=2008-12-31' },
  },
];
