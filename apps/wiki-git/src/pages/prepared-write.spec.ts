import { describe, expect, it } from 'vitest';
import { PAGE_BYTES_MAX } from '#libs/contracts';
import { prepareChange } from './prepared-write.js';

const page = (path: string, body: string, frontmatter: Record<string, unknown> = {}) => ({ path, body, frontmatter, isCreateOnly: false });

describe('prepareChange', () => {
  it('names the content as git does', () => {
    const [write] = prepareChange({ pages: [page('a.md', 'Grüße\n', { title: 'A' })], deletes: [] }).writes;
    expect(write!.content.toString()).toBe('---\ntitle: A\n---\nGrüße\n');
    expect(write!.blob).toBe('4d210e9071bfa6cb4ce84cc7e21d1d6d0819a24e');
  });

  it('takes a body of exactly the largest size', () => {
    expect(prepareChange({ pages: [page('a.md', 'é'.repeat(PAGE_BYTES_MAX / 2))], deletes: [] }).writes).toHaveLength(1);
  });

  it.each<[name: string, input: Parameters<typeof prepareChange>[0], code: string]>([
    ['a body one byte too large', { pages: [page('a.md', 'é'.repeat(PAGE_BYTES_MAX / 2) + 'x')], deletes: [] }, 'wiki.page.too-large'],
    ['too much frontmatter', { pages: [page('a.md', '', { summary: 'x'.repeat(70_000) })], deletes: [] }, 'wiki.page.too-large'],
    ['a NUL in the body', { pages: [page('a.md', 'a\0b')], deletes: [] }, 'wiki.page.text-invalid'],
    ['a path that is none', { pages: [page('../a.md', '')], deletes: [] }, 'wiki.page.path-invalid'],
    ['a path to delete that is none', { pages: [], deletes: [{ path: '.git/config' }] }, 'wiki.page.path-invalid'],
    ['a page written twice', { pages: [page('a.md', '1'), page('a.md', '2')], deletes: [] }, 'input.invalid'],
    ['a page written and deleted', { pages: [page('a.md', '1')], deletes: [{ path: 'a.md' }] }, 'input.invalid'],
  ])('refuses %s', (_name, input, code) => {
    expect(() => prepareChange(input)).toThrow(expect.objectContaining({ code }));
  });
});
