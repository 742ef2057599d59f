import { describe, expect, it } from 'vitest';
import { memoryLinks, namedProject } from './memory-links.js';

type Node = { type: string; value?: string; url?: string; children?: Node[]; data?: { hProperties: Record<string, string> } };

function linked(text: string): (string | [string, string, object])[] {
  const tree: Node = { type: 'root', children: [{ type: 'paragraph', children: [{ type: 'text', value: text }] }] };
  memoryLinks()(tree as never);
  return tree.children![0]!.children!.map(({ type, value, url, children, data }) => (type === 'link' ? [url!, children![0]!.value!, data!.hProperties] : value!));
}

describe('links of a wiki', () => {
  it.each([
    ['See [[decisions/a.md]].', ['See ', ['/decisions/a.md', 'decisions/a.md', {}], '.']],
    ['[[decisions/a#why|the choice]]', [['/decisions/a#why', 'the choice', {}]]],
    ['[[api:a.md]] and [[work/api:/a.md|x]]', [['/a.md', 'api:a.md', { 'data-project': 'api' }], ' and ', ['/a.md', 'x', { 'data-project': 'work/api' }]]],
    ['Done [#12].', ['Done ', ['#event-12', '[#12]', { 'data-event': '12' }], '.']],
    ['[[]] [[a/b/c:d.md]] [#x] [[https://x/a.md]]', ['[[]] [[a/b/c:d.md]] [#x] [[https://x/a.md]]']],
  ])('in %j are %j', (text, parts) => expect(linked(text)).toEqual(parts));

  it.each([['api', 'shop', 'api'], ['work/api', 'work', 'api'], ['_global', '_global', '_global']])('%s is %s/%s', (name, workspace, project) => {
    expect(namedProject(name, { workspace: 'shop' })).toEqual({ workspace, project });
  });
});
