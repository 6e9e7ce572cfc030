import { describe, expect, test } from 'vitest';
import { html, prose } from './html.ts';

describe('html', () => {
  test('escapes what is put in, and only that', () => {
    expect(html`<a title="${'"><script>'}">${"R&D 'x'"}</a>`.text).toBe(
      '<a title="&quot;&gt;&lt;script&gt;">R&amp;D &#39;x&#39;</a>',
    );
  });

  test('joins lists and keeps HTML in them; nothing stands for null, undefined and false', () => {
    const items = ['a<', 'b'].map((item) => html`<li>${item}</li>`);
    expect(html`<ul>${items}${null}${undefined}${false}</ul>${0}`.text).toBe('<ul><li>a&lt;</li><li>b</li></ul>0');
  });

  test('marks code between backticks in prose', () => {
    expect(prose('use `a<b`, not `c`').text).toBe('use <code>a&lt;b</code>, not <code>c</code>');
  });
});
