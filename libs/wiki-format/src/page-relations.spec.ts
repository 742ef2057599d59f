import { describe, expect, it } from 'vitest';
import { parsePagePath } from './page-path.js';
import { lastSuccessors, relationsOf } from './page-relations.js';

const told = (frontmatter: Record<string, unknown>): string[] => relationsOf(parsePagePath('decisions/a.md'), frontmatter).map(({ type, path }) => `${type} ${path}`);

describe('relations', () => {
  it.each<[name: string, frontmatter: Record<string, unknown>, expected: string[]]>([
    ['none', {}, []],
    ['each type', { relations: { causes: ['a/b.md'], fixes: ['c.md'], contradicts: ['d.md'], supersedes: ['e.md'] } }, ['causes a/b.md', 'fixes c.md', 'contradicts d.md', 'supersedes e.md']],
    ['one in place of a list', { relations: { fixes: 'c.md' } }, ['fixes c.md']],
    ['what the rules write', { supersedes: 'decisions/old.md', superseded_by: 'decisions/new.md' }, ['supersedes decisions/old.md', 'superseded_by decisions/new.md']],
    ['a path as a link, without its ending, twice', { relations: { causes: ['[[x/y]]', '/x/y.md', 'x/y'] } }, ['causes x/y.md']],
    ['itself', { supersedes: 'decisions/a.md' }, []],
    ['nonsense', { relations: { causes: [7, null, {}, '../x', ''], loves: ['a.md'] }, supersedes: {}, superseded_by: true }, []],
    ['no object', { relations: ['a.md'] }, []],
  ])('%s', (_name, frontmatter, expected) => {
    expect(told(frontmatter)).toEqual(expected);
  });
});

describe('the end of a chain', () => {
  it.each<[name: string, successions: string[], expected: Record<string, string>]>([
    ['nothing', [], {}],
    ['one step', ['a>b'], { a: 'b' }],
    ['several steps, in whatever order', ['b>c', 'c>d', 'a>b'], { a: 'd', b: 'd', c: 'd' }],
    ['two that supersede one', ['a>c', 'a>b'], { a: 'b' }],
    ['a circle', ['a>b', 'b>c', 'c>a'], { a: 'c', b: 'c' }],
    ['a way into a circle', ['x>a', 'a>b', 'b>a'], { x: 'b', a: 'b' }],
    ['itself', ['a>a'], {}],
  ])('%s', (_name, successions, expected) => {
    const pairs = successions.map((text) => text.split('>') as [string, string]).map(([older, newer]) => ({ older, newer }));
    expect(Object.fromEntries(lastSuccessors(pairs))).toEqual(expected);
    expect(Object.fromEntries(lastSuccessors(pairs.toReversed()))).toEqual(expected);
  });
});
