import { describe, expect, it } from 'vitest';
import { scenarioInput, siteEdit } from './index.ts';
import { typedLine, typedText } from './typed-text.ts';

describe('text that people type', () => {
  it('keeps Vietnamese, signs and spaces as they are', () => {
    for (const text of ['Xã Đoan Hùng – “phía bắc”', 'a  b', '=1+1', '§ 5 ‰ 中文'])
      expect(typedLine(200).parse(text)).toBe(text);
  });

  it('has one form of every letter', () => {
    expect(typedLine(200).parse('Vi\u00ea\u0323t Tri\u0300')).toBe('Việt Trì');
  });

  it.each([
    ['a turn of the direction', 'a\u202Eb\u202C', 'ab'],
    ['an isolate', '\u2066a\u2069b', 'ab'],
    ['marks of the direction', 'a\u200Eb\u200F\u061C', 'ab'],
    ['zero widths', 'a\u200Bb\u200D\uFEFFc\u2060', 'abc'],
    ['a soft hyphen', 'a\u00ADb', 'ab'],
    ['controls', 'a\u0007b\u001Bc\u009Fd', 'abcd'],
    ['a tag', 'a\u{E0041}b', 'ab'],
    ['half a pair', 'a\uD800b', 'ab'],
  ])('is without %s', (_, typed, kept) => {
    expect(typedLine(200).parse(typed)).toBe(kept);
    expect(typedText(200).parse(`${typed}\n${typed}`)).toBe(`${kept}\n${kept}`);
  });

  it('has lines where it may, however they end, and none in a name', () => {
    expect(typedText(200).parse(' a\r\nb\u2028c\td\n')).toBe('a\nb\nc d');
    expect(typedLine(200).parse('a\r\n\nb\tc')).toBe('a b c');
  });

  it('is measured as it is kept', () => {
    expect(typedLine(2).parse('a\u200B\u200Bb')).toBe('ab');
    expect(typedLine(2).safeParse('abc').success).toBe(false);
    expect(typedLine(2).min(1).safeParse('\u202E\u200B').success).toBe(false);
  });
});

describe('bodies', () => {
  it('of scenarios have such texts', () => {
    const input = { name: 'Ph\u01b0\u01a1ng a\u0301n \u202Ehai', note: 'x\u200B', at: '2026-01-01', technology: '4G' };
    const changes = [{ kind: 'off', site_id: 1 }];
    expect(scenarioInput.parse({ ...input, changes })).toMatchObject({ name: 'Phương án hai', note: 'x' });
    expect(scenarioInput.safeParse({ ...input, name: '\u202E', changes }).success).toBe(false);
  });

  it('of site edits have such texts', () => {
    expect(siteEdit.parse({ name: 'A\u202E', address: 'b\u2067', why: ' c\u200F ' })).toEqual({
      name: 'A',
      address: 'b',
      why: 'c',
    });
    expect(siteEdit.safeParse({ name: 'A', why: '\u200B' }).success).toBe(false);
  });
});
