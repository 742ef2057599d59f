import { expect, it } from 'vitest';
import { markup, pageOf } from './markup.js';

it.each(['<script>alert(1)</script>', '" onload="x', "' onload='x", '&lt;', '</title><img src=x>'])('writes %s as text', (text) => {
  const { html } = markup`<p title="${text}">${text}</p>`;
  expect(html.replace(/^<p title="/, '').replace(/<\/p>$/, '').replace('">', '')).not.toMatch(/[<>"']/);
  expect(pageOf(text, markup`${text}`)).not.toContain(text.startsWith('&') ? 'title>&lt; ·' : text);
});

it('keeps markup as it is, one piece or several, and leaves out what is not there', () => {
  expect(markup`${markup`<b>${'<'}</b>`}${[markup`<i>`, markup`</i>`]}${null}${7}`.html).toBe('<b>&lt;</b><i></i>7');
});
