import { describe, expect, it } from 'vitest';
import type { LintCode, PageHead } from '#libs/contracts';
import { describePage, parsePagePath, serialisePage } from '#libs/wiki-format';
import { type Evidence, lintWiki } from './lint-wiki.js';
import { pageFacts, type PageFacts } from './page-facts.js';

const NOW = new Date('2026-11-25T12:00:00Z');
const [S1, S2] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
const NOTHING: Evidence = { changes: [], citations: new Map(), confirmedAt: new Map(), feedback: new Map() };
const LONG = 'The relay takes events from the outbox in batches of fifty, publishes each of them with its message id, and deletes the row once the stream has acknowledged it, so that a crash in between leads to a second delivery and never to a loss.';

interface Written {
  frontmatter?: Record<string, unknown>;
  /** The file as it is, in place of frontmatter and body. */
  file?: string;
  body?: string;
  updatedAt?: string;
  sessionId?: string | null;
}

/** A page as the wiki would give it. Its id is its path. */
function page(path: string, { frontmatter = {}, body = '', file = serialisePage(frontmatter, body), updatedAt = '2026-11-20T10:00:00Z', sessionId = null }: Written = {}): PageFacts {
  const described = describePage(parsePagePath(path), file);
  const head = { ...described, path, pageId: path, updatedAt, sessionId, bytes: Buffer.byteLength(file) } as unknown as PageHead;
  return pageFacts({ revision: 1, head, body: described.body, frontmatter: described.frontmatter })!;
}

function told(pages: readonly PageFacts[], code: LintCode, evidence: Partial<Evidence> = {}): [pages: string, what: string, todo: string][] {
  return lintWiki(pages, { ...NOTHING, ...evidence }, NOW).filter((finding) => finding.code === code).map(({ pages: about, what, todo }) => [about.join(' '), what, todo]);
}

const about = (pages: readonly PageFacts[], code: LintCode, evidence: Partial<Evidence> = {}): string[] => told(pages, code, evidence).map(([paths]) => paths);

describe('broken links', () => {
  it.each([
    ['a misspelt name', '[[decisions/use-postgers]]', 'decisions/use-postgres.md'],
    ['a short name with a slip in it', '[[decisions/kafcka]]', 'decisions/kafka.md'],
    ['another folder', '[[notes/use-postgres]]', 'decisions/use-postgres.md'],
    ['a part of the name, in Markdown', '[why](../decisions/postgres.md)', 'decisions/use-postgres.md'],
    ['nothing that there is', '[[decisions/redis]]', undefined],
  ])('to %s are found, with what was meant', (_what, body, meant) => {
    const [[path, , todo] = []] = told([page('notes/a.md', { body }), page('decisions/use-postgres.md'), page('decisions/kafka.md')], 'broken-link');
    expect(path).toBe('notes/a.md');
    expect(/^Was (\S+) meant\?/.exec(todo ?? '')?.[1]).toBe(meant);
  });

  it.each([['a page that is there', '[[notes/b]]'], ['another project', '[[other:notes/b]]'], ['code', '`[[notes/none]]`'], ['the web', '[x](https://example.com/a.md)']])('to %s are none', (_what, body) => {
    expect(about([page('notes/a.md', { body }), page('notes/b.md')], 'broken-link')).toEqual([]);
  });

  it('are found in relations too', () => {
    expect(about([page('notes/a.md', { frontmatter: { relations: { causes: ['notes/gone.md'] } } })], 'broken-link')).toEqual(['notes/a.md']);
  });
});

describe('superseded pages', () => {
  const old = page('decisions/old.md', { frontmatter: { status: 'superseded', superseded_by: 'decisions/new.md' } });
  it('are told where a link leads to them, with what took their place', () => {
    expect(told([old, page('decisions/new.md'), page('notes/a.md', { body: '[[decisions/old]]' })], 'superseded-link')).toEqual([
      ['notes/a.md decisions/old.md', expect.stringContaining('decisions/new.md has replaced'), 'Link to decisions/new.md instead, or say that this is history.'],
    ]);
  });
  it('may be linked to by their successor and by sessions', () => {
    expect(about([old, page('decisions/new.md', { body: '[[decisions/old]]' }), page(`sessions/${S1}.md`, { body: '[[decisions/old]]' })], 'superseded-link')).toEqual([]);
  });
});

describe('contradictions', () => {
  const tabs = page('_rules/tabs.md', { body: '# Always use tabs instead of spaces' });
  it.each<[string, PageFacts, string[]]>([
    ['an order that takes what another leaves', page('_rules/spaces.md', { body: '# Never use tabs in this code' }), ['_rules/spaces.md _rules/tabs.md']],
    ['a candidate, in the words of a user', page('_rules/candidates/x.md', { body: '# Indentation\n\n- The user said: “Use spaces instead of tabs everywhere.” [#3]' }), ['_rules/candidates/x.md _rules/tabs.md']],
    ['a decision about something else', page('decisions/db.md', { body: '# Use Postgres instead of MySQL' }), []],
    ['an order about something whose name has a word in common', page('_rules/browser.md', { body: '# Never use pinned browser tabs groups' }), []],
    ['a note, which orders nothing', page('notes/spaces.md', { body: '# Never use tabs' }), []],
    ['an order that holds no more', page('_rules/spaces.md', { frontmatter: { status: 'superseded' }, body: '# Never use tabs' }), []],
    ['a page that says so of itself', page('notes/x.md', { frontmatter: { relations: { contradicts: ['[[_rules/tabs]]'] } } }), ['_rules/tabs.md notes/x.md']],
  ])('between an order and %s', (_what, other, expected) => {
    expect(about([tabs, other], 'contradiction')).toEqual(expected);
  });
});

describe('duplicates', () => {
  it.each<[string, PageFacts, PageFacts, boolean]>([
    ['the same text, in other words here and there', page('notes/a.md', { body: `${LONG} ${LONG.toUpperCase()}` }), page('concepts/b.md', { body: LONG.replace('fifty', '50') }), false],
    ['the same text under other titles', page('notes/a.md', { body: `# One\n\n${LONG}` }), page('concepts/b.md', { body: LONG }), true],
    ['the same title', page('notes/a.md', { body: '# How the outbox relay works\n\nx' }), page('notes/b.md', { body: '# How the relay of the outbox works\n\ny' }), true],
    ['the same title of another kind', page('notes/a.md', { body: '# How the outbox relay works' }), page('decisions/b.md', { body: '# How the outbox relay works' }), false],
    ['a title that is no subject', page('notes/a.md', { body: '# Overview' }), page('notes/b.md', { body: '# Overview' }), false],
    ['sessions', page(`sessions/${S1}.md`, { body: LONG }), page(`sessions/${S2}.md`, { body: LONG }), false],
    ['a text that lost a conflict, and the one that it lost to', page('notes/a.md', { body: LONG }), page('conflicts/notes-a-0.md', { body: LONG }), false],
  ])('are judged by %s', (_what, a, b, isFound) => {
    expect(about([a, b], 'duplicate')).toEqual(isFound ? [[a.path, b.path].toSorted().join(' ')] : []);
  });

  it('are told as one group', () => {
    expect(about(['a', 'b', 'c'].map((name) => page(`notes/${name}.md`, { body: LONG })), 'duplicate')).toEqual(['notes/a.md notes/b.md notes/c.md']);
  });
});

describe('stale pages', () => {
  const change = (path: string, changedAt: string, sessionId = S2) => ({ path, changedAt: new Date(changedAt), sessionId, commit: 'abcdef0123456' });
  const relay = change('libs/outbox/src/relay.ts', '2026-11-22T10:00:00Z');
  const naming = (name: string, updatedAt?: string): PageFacts => page('notes/a.md', { body: `The lease is in \`${name}\`.`, ...(updatedAt ? { updatedAt } : {}) });

  it.each<[string, PageFacts, ReturnType<typeof change>, boolean]>([
    ['a file that it names', naming('libs/outbox/src/relay.ts'), relay, true],
    ['a file whose path it shortens', naming('src/relay.ts'), relay, true],
    ['a file that a session saw from another folder', naming('libs/outbox/src/relay.ts'), change('src/relay.ts', '2026-11-22T10:00:00Z'), true],
    ['a file in the uppermost folder', naming('main.go'), change('main.go', '2026-11-22T10:00:00Z'), true],
    ['a file that it was made of', page('notes/a.md', { frontmatter: { sources: [{ file: 'libs/outbox/src/relay.ts' }] } }), relay, true],
    ['a bare name, which many files have', naming('relay.ts'), relay, false],
    ['another file', naming('libs/inbox/src/relay.ts'), relay, false],
    ['a file that changes with everything', naming('package.json'), change('package.json', '2026-11-22T10:00:00Z'), false],
    ['a file outside of the project', naming('/etc/hosts.conf'), change('/etc/hosts.conf', '2026-11-22T10:00:00Z'), false],
    ['a file that changed before it was written', naming('libs/outbox/src/relay.ts', '2026-11-23T10:00:00Z'), relay, false],
  ])('are known by %s', (_what, stale, changed, isFound) => {
    expect(about([stale], 'stale', { changes: [changed] })).toEqual(isFound ? ['notes/a.md'] : []);
  });

  const cited = new Map([['gotchas/a.md', [{ sessionId: S1, path: 'src/a.ts', touchedAt: new Date('2026-11-01T10:00:00Z') }]]]);
  const sourced = (updatedAt: string, sessionId: string | null): PageFacts => page('gotchas/a.md', { frontmatter: { sources: [{ session: S1, events: [3] }] }, updatedAt, sessionId });

  it.each<[string, PageFacts, ReturnType<typeof change>, boolean]>([
    ['a later session changed it', sourced('2026-11-01T10:05:00Z', S1), change('src/a.ts', '2026-11-02T10:00:00Z'), true],
    ['it changed before an import wrote down what was before', sourced('2026-11-20T10:00:00Z', S1), change('src/a.ts', '2026-11-02T10:00:00Z'), true],
    ['a person has looked at the page since', sourced('2026-11-20T10:00:00Z', null), change('src/a.ts', '2026-11-02T10:00:00Z'), false],
    ['the session that the page is of changed it', sourced('2026-11-01T10:05:00Z', S1), change('src/a.ts', '2026-11-02T10:00:00Z', S1), false],
  ])('are those whose cited events were about a file, where %s', (_what, stale, changed, isFound) => {
    expect(about([stale], 'stale', { changes: [changed], citations: cited })).toEqual(isFound ? ['gotchas/a.md'] : []);
  });

  it('are told with day, session and commit', () => {
    expect(told([naming('src/relay.ts')], 'stale', { changes: [relay] })[0]![1]).toBe(`1 file that it rests on changed since: libs/outbox/src/relay.ts on 2026-11-22 in session ${S2} (commit abcdef0123)`);
  });

  it('are so no more once a reader has called them helpful', () => {
    const confirmedAt = new Map([['notes/a.md', new Date('2026-11-23T10:00:00Z')]]);
    expect(about([naming('src/relay.ts')], 'stale', { changes: [relay], confirmedAt })).toEqual([]);
  });

  it('are never those that tell of a time, or that hold no more', () => {
    const body = 'In `src/relay.ts`';
    const pages = [page(`sessions/${S1}.md`, { body }), page('notes/old.md', { body, frontmatter: { status: 'superseded' } }), page('_lint/report.md', { body })];
    expect(about(pages, 'stale', { changes: [relay] })).toEqual([]);
  });
});

it('takes for a source of a page only what names a session and events of it', () => {
  const sources = [{ session: S1, events: [3, 0, -1, 2.5, '4', 2 ** 40] }, { session: 'somebody', events: [1] }, { events: [1] }, { session: S2 }, 'x', null];
  expect(page('gotchas/a.md', { frontmatter: { sources } }).sources).toEqual([{ sessionId: S1, events: [3] }, { sessionId: S2, events: [] }]);
});

it.each([['a word', 'a'], ['dots', '.'], ['a path', 'a/'], ['brackets', '[['], ['quotes', '“'], ['dashes', '---\n']])('facts of a page of nothing but %s come to an end', (_what, text) => {
  expect(page('notes/a.md', { file: text.repeat(262_144 / text.length) })).toMatchObject({ namedFiles: [], links: [] });
});

describe('orphans', () => {
  const old = { updatedAt: '2026-11-01T10:00:00Z' };
  it.each<[string, PageFacts[], string[]]>([
    ['a page without links', [page('notes/a.md', old)], ['notes/a.md']],
    ['a page that another links to', [page('notes/a.md', old), page('notes/b.md', { ...old, body: '[[notes/a]]' })], []],
    ['a page that leads to another project', [page('notes/a.md', { ...old, body: '[[other:notes/b]]' })], []],
    ['a young page', [page('notes/a.md')], []],
    ['a pinned page', [page('notes/a.md', { ...old, frontmatter: { pinned: true } })], []],
    ['sessions, rules and slots', [page(`sessions/${S1}.md`, old), page('_rules/a.md', old), page('_slots/a.md', old)], []],
  ])('of %s', (_what, pages, expected) => {
    expect(about(pages, 'orphan')).toEqual(expected);
  });
});

const counts = (over: object) => ({ helpful: 0, not_helpful: 0, stale: 0, wrong: 0, ...over });

describe('further findings', () => {
  it.each<[LintCode, PageFacts, string]>([
    ['unreadable-frontmatter', page('notes/a.md', { file: '---\ntitle: [a\n---\nText' }), "the frontmatter can't be read"],
    ['large-frontmatter', page('notes/a.md', { frontmatter: { note: 'x'.repeat(9_000) } }), 'the frontmatter has 9 KiB'],
    ['unresolved-conflict', page('conflicts/notes-a-0.md'), 'a text that lost a conflict'],
  ])('%s', (code, wrong, what) => {
    expect(told([wrong], code)).toEqual([[wrong.path, expect.stringContaining(what), expect.any(String)]]);
    expect(about([page('notes/fine.md', { frontmatter: { title: 'A' } })], code)).toEqual([]);
  });

  it.each([[counts({ wrong: 1 }), true], [counts({ stale: 1, helpful: 1 }), false], [counts({ not_helpful: 3 }), false]])('disputed pages are those with %j', (given, isFound) => {
    const remarks = [{ signal: 'wrong' as const, reason: 'It is the other way round.', by: 'mia', at: '2026-11-24T10:00:00Z' }];
    const feedback = new Map([['notes/a.md', { path: 'notes/a.md', pageId: 'notes/a.md', counts: given, remarks }]]);
    expect(told([page('notes/a.md')], 'disputed', { feedback })).toEqual(isFound ? [['notes/a.md', 'called wrong by 1 reader: “It is the other way round.” (mia)', expect.any(String)]] : []);
  });

  it('come with the worst first, and never about reports', () => {
    const pages = [page('notes/b.md', { updatedAt: '2026-11-01T10:00:00Z' }), page('notes/a.md', { body: '[[notes/none]]' }), page('_lint/report.md', { body: '[[notes/none]]' })];
    expect(lintWiki(pages, NOTHING, NOW).map(({ code, severity, pages: [path] }) => [code, severity, path])).toEqual([['broken-link', 'error', 'notes/a.md'], ['orphan', 'advice', 'notes/b.md']]);
  });
});
