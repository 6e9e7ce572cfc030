import { zodToOpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { compareShape, pathShape, spotShape } from '../domains/coverage/index.ts';
import { json, NOT_MODIFIED, type Operation } from './operation.ts';
import { idShape, pagingShape } from './parameters.ts';
import { ASKING, NAMING } from './problems.ts';
import { schemas } from './schemas.ts';

const ids = compareShape.ids;
zodToOpenAPIRegistry.add(ids, { param: { name: 'ids', in: 'query', example: '1,2' } });
const { lon, lat } = spotShape;
zodToOpenAPIRegistry.add(lon, { type: 'number', minimum: -180, maximum: 180, param: { name: 'lon', in: 'query' } });
zodToOpenAPIRegistry.add(lat, { type: 'number', minimum: -90, maximum: 90, param: { name: 'lat', in: 'query' } });

const ifMatch = { 'If-Match': z.string().describe('Version of the scenario in quotes, e.g. "3"') };
const WRITING = [...NAMING, 'NotSignedIn', 'NotAllowed', 'TooLarge'] as const;
const VERSIONED = ['VersionChanged', 'VersionRequired'] as const;

const questions: readonly Operation[] = [
  {
    id: 'askWhatIf',
    method: 'post',
    path: '/api/v1/coverage/what-if',
    tag: 'planning',
    title: { vi: 'Giả định thay đổi trạm (ước tính)', en: 'What planned changes would do (estimated)' },
    about: {
      vi: 'Thêm, dời, nâng, bỏ hoặc tắt, nhiều thay đổi cùng lúc và theo thứ tự. `before` bằng số liệu của /coverage/communes cùng ngày, `after` bằng số liệu của lần tính sau khi sửa thật, kể cả mẫu số: một xã có thể trở thành chưa rõ hoặc đã rõ (`status_before`, `status_after`; `warnings` nêu tên). `delta` chỉ tính các xã đã rõ cả trước và sau. `taken` là giá trị đã dùng cho mỗi `add`, `warnings` nói giá trị nào là mặc định. Không ghi gì vào dữ liệu.',
      en: 'Add, move, raise, remove, switch off; several at once, in order. `before` is what /coverage/communes says for the day, `after` what it will say once the edit is made and computed, denominators included: a commune may become unknown or known (`status_before`, `status_after`; `warnings` names it). `delta` is over the communes known in both. `taken` is what each `add` is computed with; `warnings` says which of it is a default. Without `operator`: any operator. Nothing is stored, and nothing of the inventory changes.',
    },
    body: schemas.WhatIfRequest,
    answers: [json(schemas.WhatIfResult)],
    problems: [...ASKING, 'TooLarge', 'Conflict'],
    example: {
      url: '/api/v1/coverage/what-if',
      body: {
        operator: 'GMOBILE',
        technology: '2G',
        at: '2026-11-23',
        changes: [{ kind: 'add', lon: 104.98, lat: 21.1, antenna_height_m: 45 }],
      },
    },
  },
  {
    id: 'suggestSites',
    method: 'post',
    path: '/api/v1/coverage/suggest',
    tag: 'planning',
    title: { vi: 'Đề xuất vị trí trạm tiếp theo (ước tính)', en: 'The best next sites (estimated)' },
    about: {
      vi: 'Trạm của chính doanh nghiệp chưa có công nghệ (`own`), cột của doanh nghiệp khác (`share`) và điểm mới (`new`), chọn tham lam theo số dân chưa được phủ. `sharing: first` (mặc định): điểm mới chỉ được chọn khi thêm được hơn 1,5 lần số dân so với cột có sẵn tốt nhất; `only`: chỉ cột có sẵn; `never`: chỉ điểm mới. Điểm mới cách mọi cột ít nhất 100 m ở đô thị, 400 m nơi khác (đổi được). `bound` nói kết quả gần tối ưu đến đâu trong số các nơi đã xét; `candidates.left_out` là số nơi chưa xét.',
      en: 'Sites of the operator itself without the technology (`own`), masts of other operators (`share`) and free points (`new`), chosen greedily by the people not covered yet. `sharing: first` (the default): a free point is chosen only where it gains more than 1.5 times the people that the best existing mast does; `only`: existing masts only; `never`: free points only. Free points keep 100 m in towns and 400 m elsewhere from every mast (configurable); existing masts are exempt. `bound.guarantee` is the share of the best choice that is certain, 1 − 1/e for plain greedy; `bound.at_most_people` no choice among the candidates exceeds. Both are about the places weighed: `candidates.left_out` others were not; asked by district, more are.',
    },
    body: schemas.SuggestRequest,
    answers: [json(schemas.SuggestResult)],
    problems: [...ASKING, 'TooLarge', 'Conflict'],
    example: {
      url: '/api/v1/coverage/suggest',
      body: { operator: 'GMOBILE', technology: '2G', at: '2026-11-23', count: 2 },
    },
  },
  {
    id: 'getSpot',
    method: 'get',
    path: '/api/v1/coverage/spot',
    tag: 'planning',
    title: { vi: 'Mức thu tại một điểm (ước tính)', en: 'Levels at a spot (estimated)' },
    about: {
      vi: 'Trạm phục vụ tốt nhất của mỗi doanh nghiệp × công nghệ × băng tần tại tâm ô lưới 100 m. Ngoài tỉnh, hoặc khi không cell nào có điểm đó trong tầm: danh sách rỗng, `note` nêu lý do.',
      en: 'The best server of every operator × technology × band at the centre of the 100 m square, from the present inventory. Outside the communes, or where no cell has the spot in range: no items, and `note` says why.',
    },
    query: spotShape,
    answers: [json(schemas.CoverageSpot)],
    otherAnswers: NOT_MODIFIED,
    problems: [...ASKING, 'Conflict'],
    example: { url: '/api/v1/coverage/spot?at=2008-12-31&lon=105.4&lat=21.32&technology=2G' },
  },
  {
    id: 'getRadioPath',
    method: 'get',
    path: '/api/v1/coverage/path',
    tag: 'planning',
    title: { vi: 'Đường truyền từ một cell đến một điểm', en: 'The path from a cell to a spot' },
    about: {
      vi: 'Mặt cắt địa hình, tia trên Trái Đất cong (k = 4/3), vùng Fresnel, và các khoản suy hao cộng lại đúng bằng mức thu. Không có địa hình thì `profile` là null.',
      en: 'Terrain profile, the ray over the curved Earth (k = 4/3), the Fresnel zone, and the losses: eirp_dbm − antenna_db − model_db − diffraction_db = level_dbm. Without terrain `profile` is null. A spot outside the communes, or a cell with impossible values, is a 404 that says so.',
    },
    query: pathShape,
    answers: [json(schemas.RadioPath)],
    otherAnswers: NOT_MODIFIED,
    problems: [...NAMING, 'Conflict'],
  },
];

const scenarios: readonly Operation[] = [
  {
    id: 'listScenarios',
    method: 'get',
    path: '/api/v1/coverage/scenarios',
    tag: 'planning',
    title: { vi: 'Các phương án đã lưu', en: 'Saved scenarios' },
    about: {
      vi: '`result_stale`: dữ liệu đã thay đổi sau khi tính kết quả; tính lại bằng …/compute. Tối đa 500 phương án.',
      en: 'With `result_stale` the inventory changed after the result was computed: POST …/compute renews it. At most 500 are kept.',
    },
    query: pagingShape,
    answers: [json(schemas.ScenarioList)],
    otherAnswers: NOT_MODIFIED,
    problems: ASKING,
    example: { url: '/api/v1/coverage/scenarios' },
  },
  {
    id: 'saveScenario',
    method: 'post',
    path: '/api/v1/coverage/scenarios',
    tag: 'planning',
    title: { vi: 'Lưu một phương án', en: 'Save a scenario' },
    about: {
      vi: 'Kết quả được tính khi lưu; thay đổi vô lý, hoặc tên của một phương án khác, bị từ chối. Phương án không bao giờ thay đổi dữ liệu kiểm kê.',
      en: 'The result is computed on saving; changes that make no sense, and the name of another scenario, are refused. A scenario never touches the inventory.',
    },
    body: schemas.ScenarioInput,
    status: 201,
    answers: [json(schemas.Scenario)],
    problems: [...WRITING, 'Conflict'],
    secured: true,
  },
  {
    id: 'compareScenarios',
    method: 'get',
    path: '/api/v1/coverage/scenarios/compare',
    tag: 'planning',
    title: { vi: 'So sánh các phương án', en: 'Scenarios side by side' },
    about: {
      vi: 'Tính lại trên dữ liệu hiện tại, cùng mẫu số: các xã đã rõ cả trước và sau trong mọi phương án.',
      en: 'Computed now on the present inventory, over the same denominators: the communes known before and after in every one of them.',
    },
    query: { ids },
    answers: [json(schemas.ScenarioComparison)],
    otherAnswers: NOT_MODIFIED,
    problems: [...NAMING, 'Conflict'],
  },
  {
    id: 'getScenario',
    method: 'get',
    path: '/api/v1/coverage/scenarios/{id}',
    tag: 'planning',
    title: { vi: 'Một phương án', en: 'One scenario' },
    about: {
      vi: '`version` dùng cho If-Match khi sửa hoặc xoá.',
      en: '`version` is what If-Match of an edit names.',
    },
    pathParameters: idShape,
    answers: [json(schemas.Scenario)],
    otherAnswers: NOT_MODIFIED,
    problems: NAMING,
  },
  {
    id: 'replaceScenario',
    method: 'put',
    path: '/api/v1/coverage/scenarios/{id}',
    tag: 'planning',
    title: { vi: 'Sửa một phương án', en: 'Change a scenario' },
    about: {
      vi: 'Thay toàn bộ nội dung; kết quả được tính lại. Cần If-Match với `version` đã thấy.',
      en: 'Replaces all of it and computes the result again. Needs If-Match with the `version` that was seen.',
    },
    pathParameters: idShape,
    headers: ifMatch,
    body: schemas.ScenarioInput,
    answers: [json(schemas.Scenario)],
    problems: [...WRITING, ...VERSIONED, 'Conflict'],
    secured: true,
  },
  {
    id: 'deleteScenario',
    method: 'delete',
    path: '/api/v1/coverage/scenarios/{id}',
    tag: 'planning',
    title: { vi: 'Xoá một phương án', en: 'Delete a scenario' },
    about: {
      vi: 'Cần If-Match với `version` đã thấy. Trả lời 204, không có nội dung.',
      en: 'Needs If-Match with the `version` that was seen. The answer is empty.',
    },
    pathParameters: idShape,
    headers: ifMatch,
    status: 204,
    answers: [],
    problems: [...NAMING, 'NotSignedIn', 'NotAllowed', ...VERSIONED],
    secured: true,
  },
  {
    id: 'computeScenario',
    method: 'post',
    path: '/api/v1/coverage/scenarios/{id}/compute',
    tag: 'planning',
    title: { vi: 'Tính lại kết quả của một phương án', en: 'Compute the result of a scenario again' },
    about: {
      vi: 'Trên dữ liệu hiện tại; nội dung và `version` không đổi.',
      en: 'On the present inventory. What the scenario says, and its `version`, stay as they are.',
    },
    pathParameters: idShape,
    answers: [json(schemas.Scenario)],
    problems: [...WRITING, 'VersionChanged', 'Conflict'],
    secured: true,
  },
];

/** What-if, suggestions, spots, paths and scenarios. */
export const planningPaths: readonly Operation[] = [...questions, ...scenarios];
