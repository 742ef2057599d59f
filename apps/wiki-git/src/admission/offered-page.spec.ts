import { describe, expect, it } from 'vitest';
import { mutated, PAYLOAD_BYTES_MAX, payloadOf } from './offered-page.js';

const page = (path: string, body: string) => ({ path, frontmatter: { title: 'T', tags: ['a'], owner: 'x' }, body, isDeleted: false });

describe('what is sent', () => {
  it('says of a page what a webhook may decide on', () => {
    expect(JSON.parse(payloadOf({ type: 'pages.offered' }, [page('notes/a.md', 'Hello'), { ...page('notes/b.md', ''), isDeleted: true }]).text)).toEqual({
      type: 'pages.offered', pages: [{ path: 'notes/a.md', title: 'T', tags: ['a'], body: 'Hello', body_is_cut: false, is_deleted: false }, { path: 'notes/b.md', is_deleted: true }],
    });
  });

  it.each([['one large page', 1, 'x'], ['sixteen', 16, 'x'], ['of characters that JSON makes longer', 16, '"'], ['of bytes that are more than characters', 16, 'ä']])('is never larger than told: %s', (_what, count, letter) => {
    const { text, cut } = payloadOf({}, Array.from({ length: count }, (_each, index) => page(`notes/${index}.md`, letter.repeat(262_144))));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(PAYLOAD_BYTES_MAX);
    expect(cut.size).toBe(count);
  });
});

describe('a page that a webhook changes', () => {
  it('keeps what it may not change, and holds no secret that it brings', () => {
    expect(mutated(page('notes/a.md', 'Hello'), { path: 'notes/a.md', title: 'New', body: 'Use ghp_a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2' })).toEqual({
      path: 'notes/a.md', frontmatter: { title: 'New', tags: ['a'], owner: 'x' }, body: 'Use [REDACTED:github-token]', isDeleted: false,
    });
  });
});
