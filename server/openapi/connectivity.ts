import { geoJson, json, NOT_MODIFIED, type Operation } from './operation.ts';
import { dayShape } from './parameters.ts';
import { ASKING, NAMING } from './problems.ts';
import { schemas } from './schemas.ts';

export const connectivityPaths: readonly Operation[] = [
  {
    id: 'listDistrictConnectivity',
    method: 'get',
    path: '/api/v1/connectivity/districts',
    tag: 'connectivity',
    title: { vi: 'Kết nối cáp quang của trung tâm huyện', en: 'Fibre connectivity of district centres' },
    about: {
      vi: '`none`: không tới được nút lõi; `single`: có một rủi ro (đoạn cáp hoặc tuyến) mà đứt thì mất kết nối; `dual`: không có rủi ro nào như vậy. Sau 2025-07-01 dùng các huyện theo địa giới cuối cùng, `district_note` nói rõ.',
      en: '`none`: no core node can be reached; `single`: some one risk (span or route group) isolates the centre; `dual`: no one risk does. After 2025-07-01 the districts of the last boundary are used and `district_note` says so.',
    },
    query: dayShape,
    answers: [json(schemas.DistrictConnectivityList), geoJson(schemas.DistrictConnectivityFeatureCollection)],
    otherAnswers: NOT_MODIFIED,
    problems: ASKING,
    example: { url: '/api/v1/connectivity/districts?at=2008-12-31' },
  },
  {
    id: 'simulateCut',
    method: 'post',
    path: '/api/v1/connectivity/cut',
    tag: 'connectivity',
    title: { vi: 'Giả định đứt cáp', en: 'What a cut would isolate' },
    about: {
      vi: 'Trung tâm huyện, xã, vị trí trạm và số dân mất kết nối khi các đoạn cáp, tuyến hoặc nút này hỏng cùng lúc; `rerouted` là các huyện còn kết nối nhưng phải đi đường dài hơn.',
      en: 'District and commune centres, sites and people that lose the core when these spans, route groups or nodes fail together; `rerouted` are districts still connected, by a longer way. Nothing is stored.',
    },
    body: schemas.CutRequest,
    answers: [json(schemas.CutResult)],
    problems: [...NAMING, 'TooLarge'],
    example: { url: '/api/v1/connectivity/cut', body: { at: '2008-12-31', route_groups: ['RG-HH'] } },
  },
];
