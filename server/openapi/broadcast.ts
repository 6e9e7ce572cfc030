import { z } from 'zod';
import { broadcastServices } from '../contract/index.ts';
import { geoJson, json, NOT_MODIFIED, type Operation } from './operation.ts';
import { dayShape, pagingShape } from './parameters.ts';
import { ASKING } from './problems.ts';
import { schemas } from './schemas.ts';

const service = z.enum(broadcastServices);

export const broadcastPaths: readonly Operation[] = [
  {
    id: 'listTransmitters',
    method: 'get',
    path: '/api/v1/broadcast/transmitters',
    tag: 'coverage',
    title: {
      vi: 'Máy phát thanh, truyền hình và vùng phủ (ước tính)',
      en: 'Radio and television transmitters and what they serve (estimated)',
    },
    about: {
      vi: 'Máy đang phát tại ngày `at`, mỗi máy có số tính toán bên cạnh số khai báo. `unions`: ít nhất một máy của dịch vụ, nơi nhiều máy cùng phủ chỉ tính một lần; `declared` là số của báo cáo năm cho cả dịch vụ. Cường độ trường trung vị ở độ cao 10 m theo ITU-R P.1546; `flags` nói mô hình bị kéo dãn ở đâu, `reason` nói vì sao không tính.',
      en: 'On air on the day `at`, each with what is computed beside what is declared. `unions`: any transmitter of the service, ground that several serve counts once; `declared` are figures of the yearly report for the service as a whole. Median field strength at 10 m by ITU-R P.1546; `flags` say where the model was stretched, `reason` why there is no figure.',
    },
    query: { ...dayShape, service: service.optional().describe('Only this service / Chỉ dịch vụ này'), ...pagingShape },
    answers: [json(schemas.TransmitterList), geoJson(schemas.TransmitterFeatureCollection)],
    otherAnswers: NOT_MODIFIED,
    problems: ASKING,
    example: { url: '/api/v1/broadcast/transmitters?at=2008-12-31&service=tv&limit=1' },
  },
  {
    id: 'listBroadcastCommunes',
    method: 'get',
    path: '/api/v1/broadcast/communes',
    tag: 'coverage',
    title: {
      vi: 'Phát thanh, truyền hình theo từng xã (ước tính)',
      en: 'Radio and television of each commune (estimated)',
    },
    about: {
      vi: 'Ít nhất một máy phát của dịch vụ; cùng lưới 100 m và cùng cách phân bố dân số với vùng phủ di động. Chưa rõ là null, không phải 0.',
      en: 'Any transmitter of the service, on the 100 m squares and people of mobile coverage. What is not known is null, not 0.',
    },
    query: { ...dayShape, service: service.describe('Service; required / Dịch vụ (bắt buộc)') },
    answers: [json(schemas.BroadcastCommuneList), geoJson(schemas.BroadcastCommuneFeatureCollection)],
    otherAnswers: NOT_MODIFIED,
    problems: ASKING,
    example: { url: '/api/v1/broadcast/communes?at=2026-01-01&service=fm' },
  },
  {
    id: 'computeBroadcast',
    method: 'post',
    path: '/api/v1/broadcast/runs',
    tag: 'coverage',
    title: { vi: 'Tính lại vùng phủ phát thanh, truyền hình', en: 'Compute radio and television coverage' },
    about: {
      vi: 'Cần mã sửa. Tính các máy đang phát tại ngày `at` (mặc định hôm nay) trong luồng riêng, vài giây với một tỉnh; trả lời khi đã lưu xong. Mỗi lúc một lần tính.',
      en: 'Needs the edit token. Computes the transmitters on air on `at` (default today) in a worker thread, seconds for a province; answers when it is stored. One at a time.',
    },
    body: schemas.BroadcastRunRequest,
    answers: [json(schemas.BroadcastRunDone)],
    problems: [...ASKING, 'NotSignedIn', 'NotAllowed', 'NotNow', 'TooLarge'],
    secured: true,
  },
];
