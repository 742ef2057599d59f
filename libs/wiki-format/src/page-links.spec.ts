import { describe, expect, it } from 'vitest';
import { linksOf, linkText } from './page-links.js';
import { parsePagePath } from './page-path.js';

const from = parsePagePath('notes/today.md');
const targets = (body: string): string[] => linksOf(from, body).map(linkText);

describe('linksOf', () => {
  it.each<[name: string, body: string, targets: string[]]>([
    ['a wikilink, from the root', 'See [[decisions/a.md]].', ['decisions/a.md']],
    ['a wikilink without extension', '[[decisions/a]]', ['decisions/a.md']],
    ['a label', '[[decisions/a.md|the choice]]', ['decisions/a.md']],
    ['an anchor', '[[decisions/a.md#why]]', ['decisions/a.md']],
    ['another project', '[[api:decisions/a.md]]', ['api:decisions/a.md']],
    ['another workspace', '[[work/api:decisions/a.md|x]]', ['work/api:decisions/a.md']],
    ['the global project', '[[_global:_rules/a.md]]', ['_global:_rules/a.md']],
    ['a markdown link, from the folder', '[x](b.md)', ['notes/b.md']],
    ['a markdown link upwards', '[x](../decisions/a.md)', ['decisions/a.md']],
    ['a markdown link from the root', '[x](/decisions/a.md)', ['decisions/a.md']],
    ['a markdown link with title and anchor', '[x](b.md#y "Title")', ['notes/b.md']],
    ['a markdown link in angle brackets', '[x](<b.md>)', ['notes/b.md']],
    ['an escaped character', '[x](b%2dc.md)', ['notes/b-c.md']],
    ['order of appearance, each once', '[[b.md]] [[a.md]] [x](/b.md)', ['b.md', 'a.md']],
    ['links beside code', '`x` [[a.md]] `y`', ['a.md']],
    ['links after an unmatched backtick', 'a ` b [[a.md]]', ['a.md']],
    ['links between runs of other lengths', '`` [[a.md]] `', ['a.md']],
    ['links after an escaped backtick', '\\`[[a.md]]`', ['a.md']],
    ['links after a span that ends in a backslash', '`x\\` [[a.md]]', ['a.md']],
    ['links after a fence', '```\n[[a.md]]\n```\n[[b.md]]', ['b.md']],
    ['links when spans do not cross paragraphs', 'a ` b\n\n[[a.md]] ` c', ['a.md']],
  ])('finds %s', (_name, body, expected) => {
    expect(targets(body)).toEqual(expected);
  });

  it.each([
    ['code spans', '`[[a.md]]`'], ['long code spans', '`` ` [[a.md]] ``'], ['code spans over lines', '`x\n[[a.md]]`'],
    ['fences', '```md\n[[a.md]]\n```'], ['tilde fences', '~~~\n[[a.md]]\n~~~'], ['fences in fences', '````\n```\n[[a.md]]\n````'],
    ['fences that never close', '```\n[[a.md]]'], ['fences with Windows line ends', '```\r\n[[a.md]]\r\n```\r\n'],
    ['web addresses', '[x](https://example.com/a.md)'], ['addresses without scheme', '[x](//example.com/a.md)'], ['mail', '[x](mailto:a@example.com)'],
    ['other files', '[x](a.png)'], ['images', '![x](a.md)'], ['ways out', '[x](../../a.md) [[../a.md]]'], ['paths no page can have', '[[A.md]] [[.git/a.md]]'],
    ['broken escapes', '[x](%zz.md)'], ['empty ones', '[[]] [x]()'], ['ones over two lines', '[[a\n.md]]'], ['odd project names', '[[a/b/c:d.md]] [[:a.md]] [[https://x/a.md]]'],
  ])('does not take %s for links', (_name, body) => {
    expect(targets(body)).toEqual([]);
  });

  it('stops at 500', () => {
    expect(targets(Array.from({ length: 900 }, (_value, index) => `[[a${index}.md]]`).join(' '))).toHaveLength(500);
  });

  it.each(['[', '[[', '[[a|', '`', '``a', '[a](', '](', '[a](b "', '\\`', '\n', '~~~\n', '\\', '[a](b  '])('takes little time for 256 KiB of %j', (unit) => {
    const body = unit.repeat(Math.ceil((256 * 1024) / unit.length));
    const started = performance.now();
    targets(body);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
