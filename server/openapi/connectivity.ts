import { z } from 'zod';
import {
  askedViews,
  placesLimit,
  planShape,
  siteFilterShape,
  snappingTolerance,
  topologyKinds,
} from '../contract/index.ts';
import { geoJson, json, NOT_MODIFIED, type Operation } from './operation.ts';
import { dayShape, idShape, pagingShape } from './parameters.ts';
import { NAMING } from './problems.ts';
import { schemas } from './schemas.ts';

const viewShape = {
  ...dayShape,
  view: z
    .enum(askedViews)
    .optional()
    .describe(
      'together: everybody’s network as recorded (default); sharing: as if nodes of different operators within 50 m were one; an operator named is its own network / Mạng của ai',
    ),
  operator: siteFilterShape.operator,
};
const rate = z.number().min(0).max(10_000).optional();
const failureShape = {
  failures_duct: rate.describe(
    'Failures per 1000 km and year of cable in ducts; as buried when not given / Số sự cố cáp cống, bằng cáp chôn khi không cho',
  ),
  failures_buried: rate.describe('The same of buried cable / Cáp chôn'),
  failures_aerial: rate.describe(
    'The same of aerial cable; as buried when not given / Cáp treo, bằng cáp chôn khi không cho',
  ),
  mttr_h: z
    .number()
    .min(0.1)
    .max(8_760)
    .optional()
    .describe('Mean time to repair, hours / Thời gian sửa trung bình, giờ'),
};

export const connectivityPaths: readonly Operation[] = [
  {
    id: 'listDistrictConnectivity',
    method: 'get',
    path: '/api/v1/connectivity/districts',
    tag: 'connectivity',
    title: { vi: 'Kết nối cáp quang của trung tâm huyện', en: 'Fibre connectivity of district centres' },
    about: {
      vi: '`none`: không tới được nút lõi; `single`: có một rủi ro (đoạn cáp hoặc tuyến) mà đứt thì mất kết nối; `dual`: không có rủi ro nào như vậy. Kèm số đường độc lập và độ khả dụng theo mô hình sự cố (`failure_model`). Sau 2025-07-01 dùng các huyện theo địa giới cuối cùng, `district_note` nói rõ.',
      en: '`none`: no core node can be reached; `single`: some one risk (span or route group) isolates the centre; `dual`: no one risk does. With the number of disjoint ways and the availability by the failure model. After 2025-07-01 the districts of the last boundary are used and `district_note` says so.',
    },
    query: { ...viewShape, ...failureShape },
    answers: [json(schemas.DistrictConnectivityList), geoJson(schemas.DistrictConnectivityFeatureCollection)],
    otherAnswers: NOT_MODIFIED,
    problems: NAMING,
    example: { url: '/api/v1/connectivity/districts?at=2008-12-31' },
  },
  {
    id: 'simulateCut',
    method: 'post',
    path: '/api/v1/connectivity/cut',
    tag: 'connectivity',
    title: { vi: 'Giả định đứt cáp', en: 'What a cut would isolate' },
    about: {
      vi: 'Trung tâm huyện, xã, vị trí trạm và số dân mất kết nối khi các đoạn cáp, tuyến, nút này và mọi thứ trong `area` (vùng ngập, sạt lở) hỏng cùng lúc; `rerouted` là các huyện còn kết nối nhưng phải đi đường dài hơn, kèm đường mới.',
      en: 'District and commune centres, sites and people that lose the core when these spans, route groups, nodes and all that lies in `area` (a flood, a landslide) fail together; `rerouted` are districts still connected, by a longer way, with that way. Nothing is stored.',
    },
    body: schemas.CutRequest,
    answers: [json(schemas.CutResult)],
    problems: [...NAMING, 'TooLarge'],
    example: { url: '/api/v1/connectivity/cut', body: { at: '2008-12-31', route_groups: ['RG-HH'] } },
  },
  ...(['communes', 'sites'] as const).flatMap((what): Operation[] => [
    {
      id: what === 'communes' ? 'listCommuneConnectivity' : 'listSiteConnectivity',
      method: 'get',
      path: `/api/v1/connectivity/${what}`,
      tag: 'connectivity',
      title:
        what === 'communes'
          ? { vi: 'Kết nối cáp quang của trung tâm xã', en: 'Fibre connectivity of commune centres' }
          : { vi: 'Kết nối cáp quang của vị trí trạm', en: 'Fibre connectivity of sites' },
      about: {
        vi: 'Trạng thái, chiều dài đường ngắn nhất tới nút lõi, khoảng cách tới cáp và nút gần nhất.',
        en: 'Status, length of the shortest way to the core, distance to the nearest cable and node.',
      },
      query: { ...viewShape, ...pagingShape, limit: placesLimit },
      answers: [json(schemas.PlaceConnectivityList), geoJson(schemas.PlaceConnectivityFeatureCollection)],
      otherAnswers: NOT_MODIFIED,
      problems: NAMING,
      example: { url: `/api/v1/connectivity/${what}?at=2008-12-31&limit=1` },
    },
    {
      id: what === 'communes' ? 'getCommuneConnectivity' : 'getSiteConnectivity',
      method: 'get',
      path: `/api/v1/connectivity/${what}/{id}`,
      tag: 'connectivity',
      title:
        what === 'communes'
          ? { vi: 'Các đường cáp của một xã', en: 'Ways of one commune centre to the core' }
          : { vi: 'Các đường cáp của một vị trí trạm', en: 'Ways of one site to the core' },
      about: {
        vi: 'Hai đường tới nút lõi, các rủi ro làm mất kết nối, số đường độc lập, độ khả dụng.',
        en: 'Two ways to the core, the risks that isolate it, number of disjoint ways, availability.',
      },
      pathParameters: idShape,
      query: { ...viewShape, ...failureShape },
      answers: [json(schemas.PlaceDetail)],
      otherAnswers: NOT_MODIFIED,
      problems: NAMING,
      example: {
        url:
          what === 'communes'
            ? '/api/v1/connectivity/communes/286?at=2008-12-31'
            : '/api/v1/connectivity/sites/1?at=2008-12-31',
      },
    },
  ]),
  {
    id: 'getNetworkFigures',
    method: 'get',
    path: '/api/v1/connectivity/figures',
    tag: 'connectivity',
    title: { vi: 'Số liệu mạng cáp quang', en: 'Figures of the fibre network' },
    about: {
      vi: 'Chiều dài tuyến (không tính trùng cáp chung cống) và chiều dài cáp theo cách lắp đặt, tỷ lệ ngầm hoá, số huyện, xã, vị trí có cáp và nằm trên vòng, dạng mạng của từng doanh nghiệp.',
      en: 'Length of route (cables of one duct counted once) and of cable by deployment, underground share, districts, communes and sites on fibre and on a ring, shape of each operator’s network.',
    },
    query: { ...viewShape, ...failureShape },
    answers: [json(schemas.NetworkFigures)],
    otherAnswers: NOT_MODIFIED,
    problems: NAMING,
    example: { url: '/api/v1/connectivity/figures?at=2008-12-31' },
  },
  {
    id: 'listRisks',
    method: 'get',
    path: '/api/v1/connectivity/risks',
    tag: 'connectivity',
    title: { vi: 'Những chỗ đứt gây hại nhất', en: 'The cuts that lose most' },
    about: {
      vi: 'Các rủi ro đơn xếp theo số dân của những xã mất kết nối, và cặp rủi ro gây hại nhất; `bound_people`: không cặp nào làm mất nhiều hơn.',
      en: 'Single risks by the people of the communes they isolate, and the pair that loses most; no pair loses more people than `bound_people`.',
    },
    query: {
      ...viewShape,
      limit: z.int().min(1).max(1_000).optional().describe('Number of single risks, default 50 / Số rủi ro đơn'),
    },
    answers: [json(schemas.RiskRanking)],
    otherAnswers: NOT_MODIFIED,
    problems: NAMING,
    example: { url: '/api/v1/connectivity/risks?at=2008-12-31&limit=1' },
  },
  {
    id: 'planConnectivity',
    method: 'get',
    path: '/api/v1/connectivity/plan',
    tag: 'connectivity',
    title: { vi: 'Phương án cáp mới rẻ nhất', en: 'The cheapest new spans' },
    about: {
      vi: '`dual`: mỗi trung tâm huyện có hai đường độc lập; `extend`: đưa cáp tới mọi trung tâm xã. `lower_bound`: không phương án nào trong các đường ứng viên rẻ hơn; `exact`: đã chứng minh là rẻ nhất. Không ghi gì vào dữ liệu.',
      en: '`dual`: two independent ways for every district centre; `extend`: fibre to every commune centre. No plan among the candidate lines costs less than `lower_bound`; `exact`: proven the cheapest. Nothing is stored.',
    },
    query: planShape,
    answers: [json(schemas.ConnectivityPlan)],
    otherAnswers: NOT_MODIFIED,
    problems: NAMING,
    example: { url: '/api/v1/connectivity/plan?goal=dual&at=2026-01-01' },
  },
  {
    id: 'listTopologyFindings',
    method: 'get',
    path: '/api/v1/connectivity/topology',
    tag: 'connectivity',
    title: { vi: 'Lỗi hình vẽ mạng cáp và đề xuất sửa', en: 'Faults in the drawing of the network, with repairs' },
    about: {
      vi: 'Mỗi lỗi có một câu giải thích và một đề xuất; chỉ sửa khi được chấp nhận. Gần đến đâu thì coi là một chỗ do `tolerance_m` quyết định; `tolerances` ghi mọi khoảng cách đã dùng. Cáp đã hết hạn không bị kiểm tra, nhưng nút của nó vẫn là nút đang dùng.',
      en: 'Each finding has a sentence and a proposed repair; it is carried out only when accepted. What is near is decided by `tolerance_m`; `tolerances` has every distance used. Spans that have ended are not looked over, but their nodes are in use.',
    },
    query: {
      kind: z.enum(topologyKinds).optional().describe('Only findings of this kind / Loại lỗi'),
      tolerance_m: snappingTolerance
        .optional()
        .describe(
          'Snapping tolerance, default 16: nodes this near are one; how far a line may end from its node, and a loose end from what it is joined to, grows with it / Dung sai bắt điểm, m',
        ),
      ...pagingShape,
    },
    answers: [json(schemas.TopologyList)],
    otherAnswers: NOT_MODIFIED,
    problems: NAMING,
    example: { url: '/api/v1/connectivity/topology?limit=1' },
  },
  {
    id: 'repairTopology',
    method: 'post',
    path: '/api/v1/connectivity/topology/repairs',
    tag: 'connectivity',
    title: { vi: 'Chấp nhận các đề xuất sửa', en: 'Accept proposed repairs' },
    about: {
      vi: 'Sửa trong một giao dịch, với cùng `tolerance_m` như khi liệt kê, ghi nhật ký; lỗi không còn, cần người quyết định hoặc không sửa cùng các lỗi kia được nằm trong `passed_over`.',
      en: 'Carried out in one transaction, with the `tolerance_m` of the list, and noted in the audit log; findings that are gone, need a person or do not go together with the others are in `passed_over`.',
    },
    secured: true,
    body: schemas.RepairRequest,
    answers: [json(schemas.RepairResult)],
    problems: [...NAMING, 'NotSignedIn', 'NotAllowed', 'TooLarge'],
  },
];
