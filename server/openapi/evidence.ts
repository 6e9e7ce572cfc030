import { siteFilterShape } from '../contract/index.ts';
import { disagreementShape } from '../domains/coverage/index.ts';
import { geoJson, json, NOT_MODIFIED, type Operation } from './operation.ts';
import { dayShape, idShape, pagingShape } from './parameters.ts';
import { NAMING } from './problems.ts';
import { schemas } from './schemas.ts';

const { operator, technology, commune, bbox } = siteFilterShape;

export const evidencePaths: readonly Operation[] = [
  {
    id: 'getCommuneEvidence',
    method: 'get',
    path: '/api/v1/coverage/communes/{id}',
    tag: 'coverage',
    title: {
      vi: 'Khai báo, tính toán và đo kiểm của một xã',
      en: 'What is declared, modelled and measured of one commune',
    },
    about: {
      vi: 'Mỗi doanh nghiệp × công nghệ một dòng, và các dòng hợp của công nghệ. `declared`: khai báo mới nhất không sau ngày `at`; `measured`: các điểm đo trong 730 ngày đến ngày `at`. Ba loại chứng cứ không trộn vào nhau.',
      en: 'One row an operator × technology, and the unions of each technology. `declared`: the latest declaration not after `at`; `measured`: drive-test points of the 730 days up to `at`. The three kinds of evidence are never mixed.',
    },
    pathParameters: idShape,
    query: dayShape,
    answers: [json(schemas.CommuneEvidence)],
    otherAnswers: NOT_MODIFIED,
    problems: NAMING,
    example: { url: '/api/v1/coverage/communes/286?at=2008-12-31' },
  },
  {
    id: 'listDisagreements',
    method: 'get',
    path: '/api/v1/coverage/disagreements',
    tag: 'coverage',
    title: {
      vi: 'Nơi khai báo, tính toán và đo kiểm không khớp',
      en: 'Where what is declared, modelled and measured does not agree',
    },
    about: {
      vi: '`claimed_not_modelled`: doanh nghiệp khai báo phủ, kết quả tính thì không (xã chưa rõ không tính). `modelled_not_measured`: điểm đo dưới ngưỡng trên ô được tính là phủ. `statistics`: mức tính trừ mức đo theo doanh nghiệp × công nghệ.',
      en: '`claimed_not_modelled`: an operator declares coverage that the run does not find (unknown communes contradict nothing). `modelled_not_measured`: points below the threshold on squares modelled as covered. `statistics`: modelled less measured by operator × technology.',
    },
    query: { ...disagreementShape, ...pagingShape },
    answers: [json(schemas.DisagreementList), geoJson(schemas.DisagreementFeatureCollection)],
    otherAnswers: NOT_MODIFIED,
    problems: NAMING,
    example: { url: '/api/v1/coverage/disagreements?at=2008-12-31&operator=MOBIFONE&limit=2' },
  },
  {
    id: 'listMeasurements',
    method: 'get',
    path: '/api/v1/coverage/measurements',
    tag: 'coverage',
    title: { vi: 'Điểm đo kiểm và mức tính tại đó', en: 'Drive-test points with the level modelled there' },
    about: {
      vi: 'Các điểm đo trong 730 ngày đến ngày `at`. `modelled_dbm` trống: lần tính không có mức nào ở đó.',
      en: 'Points of the 730 days up to `at`. Without `modelled_dbm` the run has no level there.',
    },
    query: { ...dayShape, operator, technology, commune, bbox, ...pagingShape },
    answers: [json(schemas.MeasurementList), geoJson(schemas.MeasurementFeatureCollection)],
    otherAnswers: NOT_MODIFIED,
    problems: NAMING,
    example: { url: '/api/v1/coverage/measurements?at=2008-12-31&operator=MOBIFONE&limit=2' },
  },
];
