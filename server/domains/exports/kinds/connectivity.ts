import { z } from 'zod';
import {
  type Availability,
  askedViews,
  connectivityStatuses,
  type DistrictConnectivity,
  type PlaceConnectivity,
  type PlaceFilter,
  shownPlaces,
  siteFilterShape,
  todayInVietnam,
} from '../../../contract/index.ts';
import type { Language, Translated } from '../../../platform/language.ts';
import { pointOf } from '../../../platform/send-list.ts';
import {
  availabilitiesOf,
  connectivityAt,
  districtAvailabilities,
  type FailureModel,
  failureModelOf,
  failureShape,
  type NetworkQuestion,
  placesAnswer,
  questionOf,
  resilienceOf,
} from '../../connectivity/index.ts';
import { filterLines, paramsOf } from '../common-lines.ts';
import { defineKind, type ExportContext, type OpenTable } from '../open-export.ts';
import { columnsOf, tableOf } from '../table.ts';

const levels = ['district', 'commune', 'site'] as const;
const shape = {
  at: siteFilterShape.at,
  level: z.enum(levels).optional().describe('District centres (default), commune centres or sites / Cấp'),
  view: z.enum(askedViews).optional().describe('Whose network / Mạng của ai'),
  operator: siteFilterShape.operator,
  status: z.enum(connectivityStatuses).optional().describe('Only places connected so / Chỉ nơi kết nối như vậy'),
  name: z
    .string()
    .max(100)
    .optional()
    .describe('Only places with this in name, code or district / Chỉ nơi có chữ này trong tên, mã, huyện'),
  ...failureShape,
};

type Ways = Pick<
  DistrictConnectivity,
  'status' | 'length_km' | 'paths' | 'paths_shared' | 'paths_disjoint' | 'bridges' | 'edge_disjoint' | 'node_disjoint'
> & {
  availability: Availability | null;
};
type DistrictRow = DistrictConnectivity;
type PlaceRow = PlaceConnectivity & Ways;

/** As the availability counts a year: 365 days. */
const MINUTES_PER_YEAR = 525_600;
const toMilliminute = (minutes: number | undefined): number | null =>
  minutes === undefined ? null : Number(minutes.toFixed(3));

const km = ({ paths }: Ways, path: number): number | null => paths[path]?.length_km ?? null;

const nameOf = ({ label, route_group }: Ways['bridges'][number]): string =>
  route_group === null ? label : `${label} (${route_group})`;

/** A place that was never connected is not cut off. */
const cutOff = ({ status, availability }: Ways): Availability | null => (status === 'none' ? null : availability);

/** What is said of the ways of every place: how many, how long, which cuts isolate it, for how long. */
function wayColumns<R extends Ways>() {
  const { column } = columnsOf<R>();
  return [
    column('length_km', 'number', 12, 'Đường ngắn nhất tới nút lõi (km)', 'Shortest way to the core (km)'),
    column('edge_disjoint', 'integer', 10, 'Số đường không chung đoạn cáp', 'Ways without a common span'),
    column('node_disjoint', 'integer', 10, 'Số đường không chung nút', 'Ways without a common node'),
    column('first_path_km', 'number', 10, 'Đường chính (km)', 'Main path (km)', (row) => km(row, 0)),
    column('second_path_km', 'number', 10, 'Đường thứ hai (km)', 'Second path (km)', (row) => km(row, 1)),
    column('paths_disjoint', 'boolean', 10, 'Hai đường độc lập', 'Paths independent'),
    column('paths_shared', 'list', 60, 'Rủi ro chung của hai đường', 'Risks both paths use', (row) =>
      row.paths_shared.map(nameOf),
    ),
    column('single_cuts', 'list', 60, 'Chỗ đứt đơn làm mất kết nối', 'Single cuts that isolate it', (row) =>
      row.bridges.map(nameOf),
    ),
    column('minutes_per_year', 'number', 12, 'Mất kết nối (phút/năm)', 'Cut off (minutes a year)', (row) =>
      toMilliminute(cutOff(row)?.minutes_per_year),
    ),
    column('method', 'word', 14, 'Cách tính', 'Method', (row) => cutOff(row)?.method ?? null),
    column(
      'standard_error_minutes',
      'number',
      12,
      'Sai số chuẩn (phút/năm)',
      'Standard error (minutes a year)',
      standardErrorMinutes,
    ),
  ];
}

/** One standard deviation of what the simulation found; nothing where the minutes are exact. */
function standardErrorMinutes(row: Ways): number | null {
  const found = cutOff(row);
  return found?.method === 'monte_carlo' ? toMilliminute(found.standard_error * MINUTES_PER_YEAR) : null;
}

const districts = columnsOf<DistrictRow>();
const districtColumns = [
  districts.column('code', 'text', 9, 'Mã huyện', 'District code'),
  districts.column('name', 'text', 24, 'Huyện, thị xã, thành phố', 'District'),
  districts.column('centre_name', 'text', 24, 'Trung tâm', 'Centre'),
  districts.column('connectivity', 'word', 22, 'Kết nối', 'Connectivity', ({ status }) => status),
  ...wayColumns<DistrictRow>(),
  districts.tableOnly('lat', 'degrees', 12, 'Vĩ độ (°)', 'Latitude (°)'),
  districts.tableOnly('lon', 'degrees', 12, 'Kinh độ (°)', 'Longitude (°)'),
];

const ofPlaces = columnsOf<PlaceRow>();
const placeColumns = [
  ofPlaces.column('code', 'text', 14, 'Mã', 'Code'),
  ofPlaces.column('name', 'text', 24, 'Tên', 'Name'),
  ofPlaces.column('district_name', 'text', 22, 'Huyện, thị xã, thành phố', 'District'),
  ofPlaces.column('population', 'integer', 10, 'Dân số', 'Population'),
  ofPlaces.column('connectivity', 'word', 22, 'Kết nối', 'Connectivity', ({ status }) => status),
  ...wayColumns<PlaceRow>(),
  ofPlaces.column('nearest_cable_m', 'number', 12, 'Cáp gần nhất (m)', 'Nearest cable (m)'),
  ofPlaces.column('nearest_node_m', 'number', 12, 'Nút gần nhất (m)', 'Nearest node (m)'),
  ofPlaces.column('nearest_node_code', 'text', 16, 'Mã nút gần nhất', 'Nearest node'),
  ofPlaces.tableOnly('lat', 'degrees', 12, 'Vĩ độ (°)', 'Latitude (°)'),
  ofPlaces.tableOnly('lon', 'degrees', 12, 'Kinh độ (°)', 'Longitude (°)'),
];

const labels = {
  level: { vi: 'Cấp', en: 'Level' },
  view: { vi: 'Mạng của', en: 'Network of' },
  status: { vi: 'Kết nối', en: 'Connectivity' },
  name: { vi: 'Tên, mã, huyện', en: 'Name, code, district' },
  failures_duct: { vi: 'Sự cố cáp trong cống (lần/1000 km/năm)', en: 'Failures in duct (1000 km and year)' },
  failures_buried: { vi: 'Sự cố cáp chôn (lần/1000 km/năm)', en: 'Failures of buried cable (1000 km and year)' },
  failures_aerial: { vi: 'Sự cố cáp treo (lần/1000 km/năm)', en: 'Failures of aerial cable (1000 km and year)' },
  mttr_h: { vi: 'Thời gian sửa (giờ)', en: 'Hours to repair' },
};
const titles = {
  district: { vi: 'Kết nối cáp quang của trung tâm huyện', en: 'Fibre connectivity of district centres' },
  commune: { vi: 'Kết nối cáp quang của trung tâm xã', en: 'Fibre connectivity of commune centres' },
  site: { vi: 'Kết nối cáp quang của vị trí trạm', en: 'Fibre connectivity of sites' },
} as const;
const units = {
  district: { vi: 'huyện', en: 'districts' },
  commune: { vi: 'xã', en: 'communes' },
  site: { vi: 'vị-trí', en: 'sites' },
} as const;

const statusNote = {
  vi: 'Một kết nối: có một rủi ro (đoạn cáp hoặc tuyến) mà đứt thì mất kết nối. Hai đường độc lập: không rủi ro đơn nào làm mất kết nối.',
  en: 'Single: some one risk (span or route group) isolates it. Dual: no one risk does.',
};
const vi = (value: number): string => value.toLocaleString('vi-VN', { maximumFractionDigits: 6 });

function availabilityNote({ failures_per_1000_km_year: { duct, buried, aerial }, mttr_h }: FailureModel): Translated {
  return {
    vi: `Phút mất kết nối là ước tính do sự cố cáp: ${vi(duct)} (trong cống), ${vi(buried)} (chôn), ${vi(aerial)} (treo) sự cố/1000 km/năm, sửa ${vi(mttr_h)} giờ.`,
    en: `Minutes cut off are an estimate of failures of cable alone: ${duct} (in duct), ${buried} (buried), ${aerial} (aerial) a 1000 km and year, ${mttr_h} h to repair.`,
  };
}

interface Asked {
  question: NetworkQuestion;
  level: (typeof levels)[number];
  model: FailureModel;
  filter: PlaceFilter;
}

async function tableFor(
  context: ExportContext,
  { question, level, model, filter }: Asked,
): Promise<{ table: OpenTable['table']; notes: readonly Translated[]; synthetic: boolean }> {
  const name = titles[level];
  const notes = [statusNote, availabilityNote(model)];
  if (level === 'district') {
    const analysis = await connectivityAt(context, question.at, question);
    const availability = await districtAvailabilities(context, question, analysis, model);
    const { districtNote, network } = analysis;
    const all = analysis.districts.map((district, at) => ({ ...district, availability: availability[at] ?? null }));
    const rows = shownPlaces(all, filter);
    const table = tableOf<DistrictRow>({
      name,
      columns: districtColumns,
      synthetic: network.synthetic,
      total: rows.length,
      rows: () => [rows],
      id: ({ id }) => id,
      geometry: pointOf,
    });
    return {
      table,
      notes: [...notes, ...(districtNote ? [districtNote] : [])],
      synthetic: network.synthetic,
    };
  }
  const { items: all, places, network } = await placesAnswer(context, level, question);
  const items = shownPlaces(all, filter);
  const wanted = new Set(items.map(({ id }) => id));
  const targets = places.filter(({ id }) => wanted.has(id));
  const availability = await availabilitiesOf(network, targets, model);
  const rows = resilienceOf(network, targets).map((resilience, at) => ({
    ...items[at]!,
    ...resilience,
    availability: availability[at] ?? null,
  }));
  const table = tableOf<PlaceRow>({
    name,
    columns: placeColumns,
    synthetic: network.synthetic,
    total: rows.length,
    rows: () => [rows],
    id: ({ id }) => id,
    geometry: pointOf,
  });
  return { table, notes, synthetic: network.synthetic };
}

/** Connectivity of district centres, commune centres or sites: the rows of the list with the same question. */
export const connectivityKind = defineKind({
  what: 'connectivity',
  label: { vi: 'kết nối cáp quang', en: 'fibre connectivity' },
  shape,
  async open(context, asked, language: Language) {
    const { at = todayInVietnam(), level = 'district', view, operator } = asked;
    const question = questionOf({ at, view, operator });
    const dataset_revision = context.revision.current;
    const { table, notes, synthetic } = await tableFor(context, {
      question,
      level,
      model: failureModelOf(asked),
      filter: { reach: asked.status ?? null, text: asked.name ?? '' },
    });
    return {
      statement: {
        name: 'connectivity',
        stem: { vi: 'kết-nối', en: 'connectivity' },
        title: titles[level],
        at,
        filter: filterLines(paramsOf({ ...asked, at, level, view: asked.view }, shape), null, labels),
        counts: [{ name: units[level].en, label: titles[level], value: table.total, unit: units[level] }],
        sources: [],
        notes: notes.map((note) => note[language]),
        dataset_revision,
        synthetic,
      },
      table,
      further: [],
    };
  },
});
