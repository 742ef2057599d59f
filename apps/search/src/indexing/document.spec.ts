import { describe, expect, it } from 'vitest';
import type { Observation } from '#libs/contracts';
import { observationDocument, pageDocument } from './document.js';

const SESSION = '0198c0de-0000-7000-8000-000000000001';
const ID = '0198c0de-0000-7000-8000-000000000002';
const AT = '2026-01-01T00:00:00.000Z';

function observation(more: Partial<Observation>): Observation {
  return { observationId: ID, sequence: 4, kind: 'user-prompt', sourceEvent: 'X', occurredAt: AT, title: 'Title', body: '', isSubagent: false, ...more };
}

describe('an observation', () => {
  it('is found by what was said, and by what a tool was given and returned', () => {
    const document = observationDocument(SESSION, observation({
      kind: 'post-tool-use', body: 'Body',
      tool: { name: 'Bash', family: 'shell', command: 'npm test', path: 'src/a.ts', excerpt: '3 failed', plan: [{ text: 'Fix it', status: 'pending' }] },
    }), { agent: 'codex', ownerName: 'Ann' });
    expect(document).toEqual({
      key: ID, versionId: ID, sessionId: SESSION, sequence: 4, kind: 'post-tool-use', isPinned: false, title: 'Title', names: 'Bash\nsrc/a.ts',
      body: 'Body\nnpm test\nsrc/a.ts\n3 failed\nFix it', happenedAt: AT,
      path: 'src/a.ts', agent: 'codex', author: 'Ann', isSuperseded: false,
    });
  });

  it.each<[string, Partial<Observation>]>([
    ['a start without text', { kind: 'session-start', source: 'startup' }],
    ['an end without text', { kind: 'session-end', body: ' \n' }],
    ['a tool call that only has a name', { kind: 'post-tool-use', tool: { name: 'Bash', family: 'shell' } }],
    ['a tool call that its result will repeat', { kind: 'pre-tool-use', tool: { name: 'Bash', family: 'shell', command: 'npm test' } }],
  ])('is left out for %s', (_what, more) => {
    expect(observationDocument(SESSION, observation(more), undefined)).toBeNull();
  });
});

const HEAD = {
  projectId: ID, path: 'gotchas/pool.md', pageId: ID, title: 'Pool', kind: 'gotcha' as const, tier: 'semantic' as const, isPinned: true, tags: ['pg', 'pool'], summary: 'Short.',
  updatedAt: AT, author: 'Ada', agent: null, sessionId: null, commit: 'c', bytes: 9, trust: 'user' as const,
};

it('finds a page by path, tags, summary and headings as names', () => {
  const document = pageDocument({ revision: 3, head: HEAD, body: '# Pool\n\ntext\n## Why it hangs\nmore # not a heading\n', frontmatter: {} });
  expect(document).toMatchObject({ key: 'gotchas/pool.md', kind: 'gotcha', isPinned: true, path: 'gotchas/pool.md', author: 'Ada', names: 'gotchas/pool.md\npg\npool\nShort.\nPool\nWhy it hangs' });
});

it.each([
  ['its status', { status: 'superseded' }, [], true],
  ['what took its place', { superseded_by: 'gotchas/new.md' }, [], true],
  ['a tag', {}, ['superseded'], true],
  ['no word of it', { status: 'active', supersedes: 'gotchas/old.md' }, ['pg'], false],
])('knows by %s whether a page is superseded', (_what, frontmatter, tags, isSuperseded) => {
  expect(pageDocument({ revision: 3, head: { ...HEAD, tags }, body: '', frontmatter }).isSuperseded).toBe(isSuperseded);
});
