import { json, type Operation } from './operation.ts';
import { idShape, pagingShape } from './parameters.ts';
import { ASKING, NAMING } from './problems.ts';
import { schemas } from './schemas.ts';

/** Coverage runs in the background. */
export const coverageJobPaths: readonly Operation[] = [
  {
    id: 'listCoverageJobs',
    method: 'get',
    path: '/api/v1/coverage/jobs',
    tag: 'coverage',
    title: { vi: 'Các lần tính vùng phủ đã yêu cầu', en: 'Coverage runs asked for' },
    about: {
      vi: 'Mới nhất trước. Mỗi lúc chỉ một lần tính chạy; kết quả tốt gần nhất vẫn trả lời cho đến khi lần mới xong.',
      en: 'Newest first. One runs at a time; the last good result answers until a new one is done.',
    },
    query: pagingShape,
    answers: [json(schemas.CoverageJobList)],
    problems: ASKING,
    example: { url: '/api/v1/coverage/jobs?limit=1' },
  },
  {
    id: 'startCoverageJob',
    method: 'post',
    path: '/api/v1/coverage/jobs',
    tag: 'coverage',
    title: { vi: 'Yêu cầu tính vùng phủ của một ngày', en: 'Ask for the coverage of a day' },
    about: {
      vi: 'Xếp hàng ngày `at` (mặc định hôm nay). Nếu ngày đó đang chờ thì trả về lần đang chờ; ngày chưa có xã nào thì từ chối. `Location` là địa chỉ để theo dõi. Tối đa 20 lần được chờ.',
      en: 'Queues the day `at` (today when not given). A day that is waiting already is returned instead of queued twice; one without communes is refused. `Location` tells where to follow it. At most 20 may wait.',
    },
    body: schemas.CoverageJobRequest,
    status: 202,
    answers: [json(schemas.CoverageJob)],
    problems: [...ASKING, 'NotSignedIn', 'NotAllowed', 'Conflict'],
    secured: true,
  },
  {
    id: 'getCoverageJob',
    method: 'get',
    path: '/api/v1/coverage/jobs/{id}',
    tag: 'coverage',
    title: { vi: 'Một lần tính vùng phủ', en: 'One coverage run asked for' },
    about: {
      vi: '`state`: queued đang chờ, running đang tính, done xong, failed lỗi (`error` nói vì sao), cancelled đã huỷ.',
      en: '`state` is queued, running, done, failed (`error` says why) or cancelled; `done_share` goes from 0 to 1.',
    },
    pathParameters: idShape,
    answers: [json(schemas.CoverageJob)],
    problems: NAMING,
  },
  {
    id: 'followCoverageJob',
    method: 'get',
    path: '/api/v1/coverage/jobs/{id}/events',
    tag: 'coverage',
    title: { vi: 'Theo dõi một lần tính vùng phủ', en: 'Follow a coverage run' },
    about: {
      vi: 'Dòng sự kiện (server-sent events): `event: progress`, `data` là lần tính dạng JSON; kết thúc bằng trạng thái cuối.',
      en: 'Server-sent events: `event: progress` with the job as JSON in `data`; the stream ends with its final state.',
    },
    pathParameters: idShape,
    answers: [{ media: 'text/event-stream' }],
    problems: NAMING,
  },
  {
    id: 'cancelCoverageJob',
    method: 'post',
    path: '/api/v1/coverage/jobs/{id}/cancel',
    tag: 'coverage',
    title: { vi: 'Huỷ một lần tính vùng phủ', en: 'Cancel a coverage run' },
    about: {
      vi: 'Kết quả tốt gần nhất giữ nguyên.',
      en: 'The last good result stays in place. A waiting run is cancelled at once, a running one within seconds.',
    },
    pathParameters: idShape,
    answers: [json(schemas.CoverageJob)],
    problems: [...NAMING, 'NotSignedIn', 'NotAllowed', 'Conflict'],
    secured: true,
  },
];
