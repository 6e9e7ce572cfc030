import { siteFilterShape } from '../contract/index.ts';
import { geoJson, json, NOT_MODIFIED, type Operation } from './operation.ts';
import { dayShape, idShape, pagingShape } from './parameters.ts';
import { ASKING, NAMING } from './problems.ts';
import { schemas } from './schemas.ts';

const listShape = { ...dayShape, operator: siteFilterShape.operator, ...pagingShape };

export const fibrePaths: readonly Operation[] = [
  {
    id: 'listSpans',
    method: 'get',
    path: '/api/v1/fibre/spans',
    tag: 'fibre',
    title: { vi: 'Đoạn cáp', en: 'Fibre spans' },
    about: {
      vi: 'Các đoạn cáp tại ngày `at`; `bridge`: đứt đoạn này thì ít nhất một trung tâm huyện mất kết nối. Có GeoJSON.',
      en: 'Spans as at a day; `bridge`: cutting it isolates at least one district centre. GeoJSON by Accept.',
    },
    query: listShape,
    answers: [json(schemas.FibreSpanList), geoJson(schemas.FibreSpanFeatureCollection)],
    otherAnswers: NOT_MODIFIED,
    problems: ASKING,
    example: { url: '/api/v1/fibre/spans?at=2008-12-31&limit=1' },
  },
  {
    id: 'getSpan',
    method: 'get',
    path: '/api/v1/fibre/spans/{id}',
    tag: 'fibre',
    title: { vi: 'Một đoạn cáp', en: 'One span with its line' },
    about: {
      vi: '`geometry` là đường của đoạn cáp (kinh độ, vĩ độ), chia thành nhiều phần nếu đi qua kinh tuyến 180°.',
      en: '`geometry` is its line in lon, lat, in parts where it crosses the antimeridian; `bridge` holds as at the day.',
    },
    pathParameters: idShape,
    query: dayShape,
    answers: [json(schemas.FibreSpanDetail)],
    otherAnswers: NOT_MODIFIED,
    problems: NAMING,
    example: { url: '/api/v1/fibre/spans/1?at=2008-12-31' },
  },
  {
    id: 'listNodes',
    method: 'get',
    path: '/api/v1/fibre/nodes',
    tag: 'fibre',
    title: { vi: 'Nút cáp', en: 'Fibre nodes' },
    about: {
      vi: 'Nút lõi, nút huyện, nút xã, nút trạm và măng xông của mạng cáp tại ngày `at`. Có GeoJSON.',
      en: 'Core, district, commune, site nodes and joints of the network as at a day. GeoJSON by Accept.',
    },
    query: listShape,
    answers: [json(schemas.FibreNodeList), geoJson(schemas.FibreNodeFeatureCollection)],
    otherAnswers: NOT_MODIFIED,
    problems: ASKING,
    example: { url: '/api/v1/fibre/nodes?at=2008-12-31&limit=1' },
  },
  {
    id: 'getNode',
    method: 'get',
    path: '/api/v1/fibre/nodes/{id}',
    tag: 'fibre',
    title: { vi: 'Một nút cáp', en: 'One node' },
    about: { vi: 'Một nút của mạng cáp quang.', en: 'One node of the fibre network.' },
    pathParameters: idShape,
    query: dayShape,
    answers: [json(schemas.FibreNode)],
    otherAnswers: NOT_MODIFIED,
    problems: NAMING,
    example: { url: '/api/v1/fibre/nodes/1' },
  },
];
