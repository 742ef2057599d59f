import { expect, it } from 'vitest';
import { snippetParts } from './snippet.js';

it.each([
  ['a <mark>b</mark> c', [['a ', false], ['b', true], [' c', false]]],
  ['&lt;script&gt; &amp;lt; <mark>x &quot;y&quot;</mark>', [['<script> &lt; ', false], ['x "y"', true]]],
  ['<mark>a</mark><mark>b</mark>', [['a', true], ['b', true]]],
  ['<img src=x onerror=alert(1)>', [['<img src=x onerror=alert(1)>', false]]],
  ['', []],
])('%j is text, and what matched is told apart', (snippet, parts) => expect(snippetParts(snippet).map(({ text, isMatch }) => [text, isMatch])).toEqual(parts));
