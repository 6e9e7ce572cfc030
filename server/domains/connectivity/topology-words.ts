import type { Language, Translated } from '../../platform/language.ts';
import { DEFAULT_SHARING_M } from './rules/network-view.ts';
import type { TopologyFinding, TopologyFindingKind, TopologyProposal } from './rules/topology-rows.ts';

const faults: Record<TopologyFindingKind, Translated> = {
  duplicate_network: { vi: 'Hai mạng có cùng mã', en: 'Two networks have the same id' },
  missing_geometry: { vi: 'Chưa có hình vẽ', en: 'It is not drawn' },
  missing_node: { vi: 'Đầu đoạn cáp trỏ tới nút không có', en: 'An end names a node that is not there' },
  crosses_antimeridian: { vi: 'Đường vẽ vắt qua kinh tuyến 180°', en: 'The line crosses the antimeridian' },
  end_far_from_node: { vi: 'Đầu đường vẽ ở xa nút của nó', en: 'The line ends far from its node' },
  self_crossing: {
    vi: 'Đường vẽ tự cắt hoặc quay ngược trùng lên chính nó',
    en: 'The line crosses itself or runs back along itself',
  },
  zero_length: { vi: 'Đoạn cáp không có chiều dài', en: 'The span has no length' },
  duplicate_nodes: { vi: 'Các nút trùng vị trí', en: 'Nodes at the same place' },
  dangling_end: { vi: 'Đầu cáp lơ lửng, gần như chạm tới mạng', en: 'An end hangs loose, close to the network' },
  unused_node: { vi: 'Nút không có đoạn cáp nào', en: 'No span ends at the node' },
};

/** Of an end that nothing is near. */
const looseEnd: Translated = {
  vi: 'Đầu cáp lơ lửng, gần đó không có gì để nối',
  en: 'An end hangs loose, with nothing near it',
};

/** What repairs that correct the record, and not from a day on, mean for days gone by. */
const pastToo: Translated = { vi: 'kể cả cho những ngày đã qua', en: 'also for days gone by' };
const madeOne: Translated = {
  vi: `nút này vẫn phục vụ mọi nơi mà từng nút đang phục vụ, ${pastToo.vi}, nên số liệu các ngày đó cũng thay đổi: có đường tới nút này là có đường tới nút kia, và vòng chỉ chạy giữa các nút được gộp không còn nữa`,
  en: `which goes on serving what each of them serves, ${pastToo.en}, whose figures change with it: a way to one is a way to all, and rings that ran only between them are gone`,
};

const repairs: Record<TopologyProposal['action'], Translated> = {
  merge_networks: { vi: 'gộp hai mạng', en: 'make them one network' },
  rename_network: { vi: 'đặt mã khác cho mạng sau', en: 'give the later one another id' },
  place_node: {
    vi: `đặt nút tại đầu các đường vẽ, ${pastToo.vi}; xã và vị trí trạm mà nút phục vụ cũng tính theo chỗ mới`,
    en: `put the node where its lines end, ${pastToo.en}; which commune and sites it serves goes by the new place too`,
  },
  draw_straight: { vi: 'vẽ thẳng giữa hai nút', en: 'draw it straight between its nodes' },
  unwrap_longitudes: { vi: 'viết kinh độ liên tục qua ±180°', en: 'write longitudes that go on past ±180°' },
  reverse_line: { vi: 'đảo chiều đường vẽ', en: 'turn the line round' },
  reattach_end: {
    vi: 'nối đầu cáp vào nút gần đó, kể từ hôm nay',
    en: 'join the end to the node near it, from today on',
  },
  add_node: { vi: 'thêm một măng xông tại đầu cáp, kể từ hôm nay', en: 'add a joint at the end, from today on' },
  extend_line: { vi: 'kéo đường vẽ tới nút', en: 'prolong the line to its node' },
  remove_loop: { vi: 'bỏ vòng thừa hoặc đoạn đi rồi về', en: 'cut out the loop, or the way out and back' },
  split_span: {
    vi: `chia đoạn cáp đi qua và nối vào đó, ${pastToo.vi}`,
    en: `divide the span that passes and join it there, ${pastToo.en}`,
  },
  merge_nodes: { vi: `gộp thành một nút, ${madeOne.vi}`, en: `make them one node, ${madeOne.en}` },
  contract_span: {
    vi: `bỏ đoạn cáp và gộp hai đầu thành một nút, ${madeOne.vi}`,
    en: `drop the span and make its ends one node, ${madeOne.en}`,
  },
  remove_span: { vi: 'bỏ đoạn cáp', en: 'drop the span' },
  remove_node: { vi: 'bỏ nút', en: 'drop the node' },
};

const lengths: Record<Language, Intl.NumberFormat> = {
  vi: new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }),
};

function metres(detail_m: number | null, language: Language): string {
  if (detail_m === null) return '';
  const text =
    detail_m >= 1_000 ? `${lengths[language].format(detail_m / 1_000)} km` : `${lengths[language].format(detail_m)} m`;
  return ` (${text})`;
}

const people: Translated = { vi: 'Cần người xem và quyết định.', en: 'A person has to decide.' };

const few = (codes: readonly string[]): string => codes.slice(0, 5).join(', ') + (codes.length > 5 ? ', …' : '');

/** Why two nodes are not made one, and what can be done. */
const twoUnits = (units: string): Translated => ({
  vi: `Hai nút phục vụ hai đơn vị khác nhau (${units}) nên không được gộp: cần người sửa vị trí nút hoặc đơn vị mà nút phục vụ.`,
  en: `Its nodes serve two different units (${units}), so they must not be made one: a person has to correct the place of a node or the unit it serves.`,
});

/** Why nodes at the same place are not made one: they may well be two. */
const unitsApart = (units: string): Translated => ({
  vi: `Hai nút phục vụ hai đơn vị khác nhau (${units}) nên không được gộp. Nếu thật ra không phải hai nút ở cùng một nơi thì cần người sửa vị trí nút hoặc đơn vị mà nút phục vụ.`,
  en: `They serve two different units (${units}), so they must not be made one. Unless they are two nodes at one place indeed, a person has to correct the place of a node or the unit it serves.`,
});

/** Why an end is not led to where it is drawn, and what can be done. */
const wouldCutOff = (count: number, names: string): Translated => ({
  vi: `Không rõ hình vẽ hay nút đã ghi là đúng; nối đầu cáp theo hình vẽ thì các nút sau không còn đường tới nút lõi (${count}): ${names}. Cần người sửa hình vẽ, vị trí nút hoặc nút mà cáp nối tới.`,
  en: `Nothing says whether the drawing or the recorded node is right, and to lead the end to where it is drawn would take the way to a core from these nodes (${count}): ${names}. A person has to correct the drawing, the place of the node or the node it leads to.`,
});

/** What making nodes one, or moving one, costs when operators share. */
const noLongerShared = (codes: string, moved: boolean): Translated => ({
  vi: `${moved ? 'Ở chỗ mới, nút' : 'Nút còn lại'} cách ${codes} hơn ${DEFAULT_SHARING_M} m: khi dùng chung, chúng không còn được coi là một nơi.`,
  en: `${moved ? 'At its new place the node' : 'The node that stays'} is farther than ${DEFAULT_SHARING_M} m from ${codes}: with sharing they are no longer one place.`,
});

/** What leading an end elsewhere costs in the network of the cable's operator alone. */
const cutOffAlone = (count: number, names: string): Translated => ({
  vi: `Trong mạng riêng của doanh nghiệp có đoạn cáp này, các nút sau không còn đường tới nút lõi (${count}): ${names}.`,
  en: `In the network of the cable's operator alone, these nodes lose their way to a core (${count}): ${names}.`,
});

/** What leading an end elsewhere costs those that had two ways. */
const leftWithOne = (codes: readonly string[] | null): Translated =>
  codes === null
    ? {
        vi: 'Chưa tính đơn vị nào chỉ còn một đường vì có quá nhiều lỗi như vậy: sửa bớt rồi xem lại.',
        en: 'Which units are left with one way was not worked out, there are too many such faults: accept some and look again.',
      }
    : {
        vi: `Sau đó chỉ một sự cố cũng đủ cắt rời các đơn vị sau, trước đó thì không (${codes.length}): ${few(codes)}.`,
        en: `After it one failure is enough to cut off these units, which none did before (${codes.length}): ${few(codes)}.`,
      };

/** What a repair costs that is proposed all the same. */
function costsOf({ proposal, apart, cut_off_alone, single }: TopologyFinding): Translated[] {
  return [
    ...(apart ? [noLongerShared(few(apart), proposal?.action === 'place_node')] : []),
    ...(single === undefined ? [] : [leftWithOne(single)]),
    ...(cut_off_alone ? [cutOffAlone(cut_off_alone.length, few(cut_off_alone))] : []),
  ];
}

function whyNone({ kind, units, cut_off }: TopologyFinding): Translated {
  if (units) return (kind === 'duplicate_nodes' ? unitsApart : twoUnits)(units.join(', '));
  return cut_off ? wouldCutOff(cut_off.length, few(cut_off)) : people;
}

/** What is wrong with which rows, how far, and what the repair would do. */
export function sentenceOf(finding: TopologyFinding, codes: readonly string[], language: Language): string {
  const { kind, detail_m, proposal } = finding;
  const shown = few(codes);
  const what = kind === 'dangling_end' && detail_m === null ? looseEnd : faults[kind];
  const fault = `${what[language]}: ${shown}${metres(detail_m, language)}.`;
  if (proposal === null) return `${fault} ${whyNone(finding)[language]}`;
  const repair = `${language === 'vi' ? 'Đề xuất' : 'Proposal'}: ${repairs[proposal.action][language]}.`;
  return [fault, repair, ...costsOf(finding).map((cost) => cost[language])].join(' ');
}
