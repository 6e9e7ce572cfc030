import { describe, expect, it } from 'vitest';
import type { TopologyFinding } from './rules/topology-rows.ts';
import { sentenceOf } from './topology-words.ts';

describe('the sentence of a finding', () => {
  const found: TopologyFinding = { kind: 'zero_length', table: 'fibre_span', ids: [7], detail_m: 0, proposal: null };

  it('says why nodes of two units are not made one, and what can be done', () => {
    const finding = { ...found, units: ['228', '230'] };
    expect(sentenceOf(finding, ['K'], 'en')).toBe(
      'The span has no length: K (0 m). Its nodes serve two different units (228, 230), so they must not be made one: a person has to correct the place of a node or the unit it serves.',
    );
    expect(sentenceOf(finding, ['K'], 'vi')).toMatch(
      /^Đoạn cáp không có chiều dài: K \(0 m\)\. Hai nút phục vụ hai đơn vị khác nhau \(228, 230\) nên không được gộp/,
    );
  });

  it('says why nodes at the same place that serve two units are not made one, and that they may well be two', () => {
    const finding: TopologyFinding = { ...found, kind: 'duplicate_nodes', detail_m: 10.4, units: ['228', '230'] };
    expect(sentenceOf(finding, ['A', 'B'], 'en')).toBe(
      'Nodes at the same place: A, B (10.4 m). They serve two different units (228, 230), so they must not be made one. Unless they are two nodes at one place indeed, a person has to correct the place of a node or the unit it serves.',
    );
    expect(sentenceOf(finding, ['A', 'B'], 'vi')).toMatch(
      /^Các nút trùng vị trí: A, B \(10,4 m\)\. Hai nút phục vụ hai đơn vị khác nhau \(228, 230\) nên không được gộp\. Nếu/,
    );
  });

  it('says who would be cut off, and how many, where that is why no repair is proposed', () => {
    const far: TopologyFinding = { ...found, kind: 'end_far_from_node', detail_m: 6_200, cut_off: ['O-D (238)', 'S'] };
    expect(sentenceOf(far, ['O1'], 'en')).toBe(
      'The line ends far from its node: O1 (6.2 km). Nothing says whether the drawing or the recorded node is right, and to lead the end to where it is drawn would take the way to a core from these nodes (2): O-D (238), S. A person has to correct the drawing, the place of the node or the node it leads to.',
    );
    expect(sentenceOf(far, ['O1'], 'vi')).toMatch(
      / thì các nút sau không còn đường tới nút lõi \(2\): O-D \(238\), S\. Cần người sửa hình vẽ/,
    );
  });

  it('says with whom nodes made one are no longer one place', () => {
    const merged: TopologyFinding = {
      ...found,
      kind: 'duplicate_nodes',
      detail_m: 12,
      proposal: { action: 'merge_nodes', keep: 1, drop: [2] },
      apart: ['V-7', 'M-8'],
    };
    expect(sentenceOf(merged, ['A', 'B'], 'en')).toBe(
      'Nodes at the same place: A, B (12 m). Proposal: make them one node, which goes on serving what each of them serves, also for days gone by, whose figures change with it: a way to one is a way to all, and rings that ran only between them are gone. The node that stays is farther than 50 m from V-7, M-8: with sharing they are no longer one place.',
    );
    expect(sentenceOf(merged, ['A', 'B'], 'vi')).toMatch(
      / Nút còn lại cách V-7, M-8 hơn 50 m: khi dùng chung, chúng không còn được coi là một nơi\.$/,
    );
  });

  it('says who is left with one way, and who loses the only one of an operator', () => {
    const far: TopologyFinding = { ...found, kind: 'end_far_from_node', detail_m: 6_200 };
    const led = { ...far, proposal: { action: 'reattach_end', span_id: 7, end: 'end', node_id: 3 } } as const;
    const costs = { single: ['238'], cut_off_alone: ['O-D (238)', 'S'] };
    expect(sentenceOf({ ...led, ...costs }, ['O1'], 'en')).toBe(
      "The line ends far from its node: O1 (6.2 km). Proposal: join the end to the node near it, from today on. After it one failure is enough to cut off these units, which none did before (1): 238. In the network of the cable's operator alone, these nodes lose their way to a core (2): O-D (238), S.",
    );
    expect(sentenceOf({ ...led, ...costs }, ['O1'], 'vi')).toMatch(
      / Sau đó chỉ một sự cố cũng đủ cắt rời các đơn vị sau, trước đó thì không \(1\): 238\. Trong mạng riêng của doanh nghiệp có đoạn cáp này, các nút sau không còn đường tới nút lõi \(2\): O-D \(238\), S\.$/,
    );
    expect(sentenceOf({ ...led, single: null }, ['O1'], 'en')).toMatch(/was not worked out/);
    expect(sentenceOf({ ...led, single: null }, ['O1'], 'vi')).toMatch(/Chưa tính đơn vị nào/);
  });

  it('says what moving a node means for what it serves and with whom it is shared', () => {
    const proposal = { action: 'place_node', node_id: 7, lon: 105, lat: 21 } as const;
    const moved: TopologyFinding = { ...found, kind: 'end_far_from_node', detail_m: 300, proposal, apart: ['V-7'] };
    expect(sentenceOf(moved, ['O1'], 'en')).toBe(
      'The line ends far from its node: O1 (300 m). Proposal: put the node where its lines end, also for days gone by; which commune and sites it serves goes by the new place too. At its new place the node is farther than 50 m from V-7: with sharing they are no longer one place.',
    );
    expect(sentenceOf(moved, ['O1'], 'vi')).toMatch(
      /đặt nút tại đầu các đường vẽ, kể cả cho những ngày đã qua; .* Ở chỗ mới, nút cách V-7 hơn 50 m: khi dùng chung/,
    );
  });

  it('says that a cable divided to be joined is so for days gone by too', () => {
    const divided: TopologyFinding = { ...loose(12), proposal: { action: 'split_span', span_id: 7, node_id: 7 } };
    expect(sentenceOf(divided, ['N'], 'en')).toMatch(
      /divide the span that passes and join it there, also for days gone by/,
    );
    expect(sentenceOf(divided, ['N'], 'vi')).toMatch(/nối vào đó, kể cả cho những ngày đã qua/);
  });

  it('leaves to a person what the data do not say, and else tells the repair', () => {
    expect(sentenceOf(found, ['K'], 'en')).toBe('The span has no length: K (0 m). A person has to decide.');
    expect(sentenceOf({ ...found, proposal: { action: 'contract_span', span_id: 7 } }, ['K'], 'vi')).toBe(
      'Đoạn cáp không có chiều dài: K (0 m). Đề xuất: bỏ đoạn cáp và gộp hai đầu thành một nút, nút này vẫn phục vụ mọi nơi mà từng nút đang phục vụ, kể cả cho những ngày đã qua, nên số liệu các ngày đó cũng thay đổi: có đường tới nút này là có đường tới nút kia, và vòng chỉ chạy giữa các nút được gộp không còn nữa.',
    );
  });
});

const loose = (detail_m: number | null): TopologyFinding => ({
  kind: 'dangling_end',
  table: 'fibre_node',
  ids: [7],
  detail_m,
  proposal: null,
});

describe('the sentence of a loose end', () => {
  it('says that it is close to the network only where something is near', () => {
    expect(sentenceOf(loose(12.5), ['N-7'], 'en')).toContain('close to the network: N-7 (12.5 m).');
    expect(sentenceOf(loose(12.5), ['N-7'], 'vi')).toContain('gần như chạm tới mạng: N-7 (12,5 m).');
    expect(sentenceOf(loose(null), ['N-7'], 'en')).toContain('with nothing near it: N-7.');
    expect(sentenceOf(loose(null), ['N-7'], 'vi')).toContain('gần đó không có gì để nối: N-7.');
  });
});
