import { planShape, todayInVietnam } from '../../../contract/index.ts';
import { type Plan, planAt, questionOf } from '../../connectivity/index.ts';
import { filterLines, paramsOf } from '../common-lines.ts';
import { defineKind } from '../open-export.ts';
import { isPatch, PATCH } from '../plan-patch.ts';
import { columnsOf, tableOf } from '../table.ts';

type Row = Plan['spans'][number];

const { column } = columnsOf<Row>();
const columnsIn = (currency: string) => [
  column('no', 'integer', 6, 'STT', 'No.'),
  column('start_code', 'text', 20, 'Từ', 'From'),
  column('start_name', 'text', 26, 'Tên nơi đi', 'Name of the start'),
  column('start_network', 'text', 20, 'Mạng của nơi đi', 'Network of the start'),
  column('end_code', 'text', 20, 'Đến', 'To'),
  column('end_name', 'text', 26, 'Tên nơi đến', 'Name of the end'),
  column('end_network', 'text', 20, 'Mạng của nơi đến', 'Network of the end'),
  column('deployment', 'word', 12, 'Cách lắp đặt', 'Deployment'),
  column('length_m', 'integer', 12, 'Chiều dài (m)', 'Length (m)'),
  column('cost', 'integer', 14, `Chi phí (${currency})`, `Cost (${currency})`),
  column('note', 'text', 44, 'Ghi chú', 'Note', (row, language) => (isPatch(row) ? PATCH[language] : null)),
];

const labelsIn = (currency: string) => ({
  goal: { vi: 'Mục tiêu', en: 'Goal' },
  view: { vi: 'Mạng của', en: 'Network of' },
  along: { vi: 'Đi theo', en: 'Along' },
  deployment: { vi: 'Cách lắp đặt', en: 'Deployment' },
  max_hop_m: { vi: 'Bước dài nhất (m)', en: 'Longest hop (m)' },
  cost_per_m: { vi: `Chi phí mỗi mét (${currency})`, en: `Cost per metre (${currency})` },
});
const titles = {
  dual: { vi: 'Cáp mới để mỗi huyện có hai đường độc lập', en: 'New spans for two independent ways to every district' },
  extend: { vi: 'Cáp mới để đưa cáp quang tới mọi xã', en: 'New spans that bring fibre to every commune' },
} as const;

function notesOf(plan: Plan) {
  const { cost, currency, lower_bound, exact, factor, wanted, impossible } = plan;
  const proof = exact
    ? { vi: 'Đã chứng minh là rẻ nhất trong các đường ứng viên.', en: 'Proven the cheapest among the candidate lines.' }
    : {
        vi: `Không phương án nào rẻ hơn ${lower_bound} ${currency}${factor === null ? '' : `; phương pháp bảo đảm không quá ${factor} lần mức thấp nhất`}.`,
        en: `No plan costs less than ${lower_bound} ${currency}${factor === null ? '' : `; the method guarantees at most ${factor} times the least`}.`,
      };
  return [
    {
      vi: `Phương án: ${cost} ${currency} cho ${wanted} nơi cần nối. Ước tính để so sánh, không ghi vào dữ liệu.`,
      en: `Plan: ${cost} ${currency} for ${wanted} places that need something. An estimate to compare by; nothing of it is in the inventory.`,
    },
    proof,
    ...(impossible.length > 0
      ? [{ vi: `Không nối được: ${impossible.join(', ')}.`, en: `Cannot be helped: ${impossible.join(', ')}.` }]
      : []),
  ];
}

/** The cheapest new spans for a goal, the rows of GET /connectivity/plan with the same question. */
export const planKind = defineKind({
  what: 'plan',
  label: { vi: 'phương án cáp mới', en: 'planned spans' },
  shape: planShape,
  async open(context, asked, language) {
    const { at: day, view, operator, ...goal } = asked;
    const at = day ?? todayInVietnam();
    const question = questionOf({ at, view, operator });
    const dataset_revision = context.revision.current;
    const plan = await planAt(context, question, goal);
    return {
      statement: {
        name: 'plan',
        stem: { vi: 'phương-án-cáp', en: 'fibre-plan' },
        title: titles[plan.goal],
        at,
        filter: filterLines(paramsOf({ ...plan, at, view, operator }, planShape), null, labelsIn(plan.currency)),
        counts: [
          {
            name: 'spans',
            label: { vi: 'Đoạn cáp mới', en: 'New spans' },
            value: plan.spans.length,
            unit: { vi: 'đoạn', en: 'spans' },
          },
        ],
        sources: [[{ vi: 'Nguồn chi phí', en: 'Source of the cost' }, plan.cost_source[language]]],
        notes: notesOf(plan).map((note) => note[language]),
        dataset_revision,
        synthetic: plan.synthetic,
      },
      table: tableOf({
        name: { vi: 'Phương án', en: 'Plan' },
        columns: columnsIn(plan.currency),
        synthetic: plan.synthetic,
        total: plan.spans.length,
        rows: () => [plan.spans],
        id: ({ no }) => no,
        geometry: (row) =>
          isPatch(row)
            ? { type: 'Point', coordinates: row.coordinates[0] }
            : { type: 'LineString', coordinates: row.coordinates },
      }),
      further: [],
    };
  },
});
