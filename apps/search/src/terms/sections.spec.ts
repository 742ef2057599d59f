import { expect, it } from 'vitest';
import { sectionsOf } from './sections.js';

const outline = (text: string) => sectionsOf(text).map(({ heading, anchor, start, end }) => [heading, anchor, text.slice(start, end).trim().split('\n').at(-1)]);

it.each([
  ['headings of any level', '# Pool\nIt waits.\n### Why not?\nBecause.', [['Pool', 'pool', 'It waits.'], ['Why not?', 'why-not', 'Because.']]],
  ['what stands before the first heading', 'Intro.\n\n## One ##\nFirst.', [[null, null, 'Intro.'], ['One', 'one', 'First.']]],
  ['a heading that comes again', '## Fix\na\n## Fix\nb', [['Fix', 'fix', 'a'], ['Fix', 'fix-1', 'b']]],
  ['headings in other scripts', '## 内存 不足\nx\n## Größe\ny', [['内存 不足', '内存-不足', 'x'], ['Größe', 'größe', 'y']]],
  ['no comment in code', '## Run\n```sh\n# not a heading\n```\nend', [['Run', 'run', 'end']]],
  ['no line that is too long for one', `## a${' '.repeat(100_000)}b`, []],
  ['no text without headings', 'Only text.\n#hashtag', []],
])('the sections of a page are told by %s', (_what, text, sections) => {
  expect(outline(text)).toEqual(sections);
});
