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

  it('leaves to a person what the data do not say, and else tells the repair', () => {
    expect(sentenceOf(found, ['K'], 'en')).toBe('The span has no length: K (0 m). A person has to decide.');
    expect(sentenceOf({ ...found, proposal: { action: 'contract_span', span_id: 7 } }, ['K'], 'vi')).toBe(
      'Đoạn cáp không có chiều dài: K (0 m). Đề xuất: gộp hai đầu và bỏ đoạn cáp.',
    );
  });
});
