import { describe, expect, it } from 'vitest';
import type { PageKind } from '#libs/contracts';
import { found } from '../lint/lint-codes.js';
import { reportPage } from './report-page.js';
import type { ReportedDay, SessionOfDay } from './reported-day.js';

const [S1, S2, S3] = [1, 2, 3].map((digit) => `${digit}`.repeat(8) + '-1111-4111-8111-111111111111') as [string, string, string];
const EMPTY: ReportedDay = { day: '2026-11-24', projectName: 'acme/shop', sessions: [], commits: [], titles: new Map(), feedback: [], findings: [] };

function session(sessionId: string, more: Partial<SessionOfDay> = {}): SessionOfDay {
  return { sessionId, ownerName: 'Ada', agent: 'codex', cwd: '/p', leftAt: '2026-11-24T17:03:00.000Z', summary: 'Goal: Make the relay take a lease [#1]\n\nMore.', openQuestions: [], nextSteps: [], ...more };
}

type Pages = ReportedDay['commits'][number]['pages'];
const commit = (pages: Pages, more: Partial<ReportedDay['commits'][number]> = {}) =>
  ({ commit: 'c', cameAt: '2026-11-24T10:00:00.000Z', author: 'Ada', agent: 'codex', sessionId: null, pushedBy: null, pages, ...more });
const titles = (of: Record<string, [title: string, kind: PageKind]>) => new Map(Object.entries(of).map(([path, [title, kind]]) => [path, { title, kind }]));
const bodyOf = (day: Partial<ReportedDay>): string => reportPage({ ...EMPTY, ...day })!.body;
const linesOf = (heading: string, body: string): string[] => (body.split(`## ${heading}\n\n`)[1] ?? '').split('\n\n')[0]!.split('\n').filter((line) => line !== '');

describe('a report', () => {
  it('tells sessions, what was learned, what changed, what is open, what readers said and what lint found', () => {
    const page = reportPage({
      ...EMPTY,
      sessions: [session(S1, { openQuestions: ['Which bound?'], nextSteps: ['Run the tests'] })],
      commits: [commit([{ path: 'decisions/lease.md', change: 'added' }, { path: `sessions/${S1}.md`, change: 'added' }]), commit([{ path: 'notes/a.md', change: 'modified' }], { author: 'Bo', agent: null, pushedBy: 'Bo' })],
      titles: titles({ [`sessions/${S1}.md`]: ['A lease', 'session'], 'decisions/lease.md': ['Use a lease', 'decision'], 'notes/a.md': ['A', 'note'] }),
      feedback: [{ path: 'notes/a.md', signal: 'not_helpful', reason: 'Too long', by: 'Mia' }],
      findings: [found('orphan', ['notes/b.md'], 'no link leads to it')],
    })!;
    expect(page).toEqual({
      path: '_reports/2026-11-24.md',
      frontmatter: {
        title: 'Report of 2026-11-24', kind: 'report', tier: 'episodic', date: '2026-11-24', generated_by: 'rules',
        summary: '1 session of 1 person, 2 pages changed, 1 of them new decisions, rules and the like, 1 judgement by readers and 1 new finding of lint.',
      },
      body: expect.any(String) as string,
    });
    expect(page.body).toBe(`# Report of 2026-11-24

${page.frontmatter['summary'] as string}

*acme/shop on a day in UTC. Put together by rules from other pages: it proves nothing that they don't.*

## Sessions

- [[sessions/${S1}.md|A lease]]: Ada with codex, until 17:03. Make the relay take a lease

## Decided and learned

- [[decisions/lease.md|Use a lease]] (decision): added by Ada with codex

## Pages changed

- [[notes/a.md|A]] (note): changed by Bo

## Open questions

- Which bound? (Ada, [[sessions/${S1}.md|session]])

## Next steps

- Run the tests (Ada, [[sessions/${S1}.md|session]])

## What readers said

- \`notes/a.md\`: not helpful, “Too long” (Mia)

## Newly found by lint

- advice orphan: \`notes/b.md\` no link leads to it
`);
  });

  it.each<[string, Partial<ReportedDay>]>([
    ['nothing happened', {}],
    ['only session pages were written, of other days', { commits: [commit([{ path: `sessions/${S1}.md`, change: 'added' }])] }],
    ['lint alone found something', { findings: [found('orphan', ['notes/b.md'], 'x')] }],
    ['a page came and went', { commits: [commit([{ path: 'notes/a.md', change: 'added' }]), commit([{ path: 'notes/a.md', change: 'deleted' }])] }],
  ])('is none where %s', (_what, day) => {
    expect(reportPage({ ...EMPTY, ...day })).toBeNull();
  });

  it('names each page once, with what became of it and everybody who had a hand in it', () => {
    const commits = [
      commit([{ path: 'notes/a.md', change: 'added' }, { path: 'notes/gone.md', change: 'modified' }]),
      commit([{ path: 'notes/a.md', change: 'modified' }, { path: 'notes/gone.md', change: 'deleted' }], { author: 'Cy', agent: null, pushedBy: 'Bo' }),
    ];
    expect(linesOf('Pages changed', bodyOf({ commits, titles: titles({ 'notes/a.md': ['A', 'note'] }) }))).toEqual([
      '- [[notes/a.md|A]] (note): added by Ada with codex and Cy, pushed by Bo',
      '- `notes/gone.md`: deleted by Ada with codex and Cy, pushed by Bo',
    ]);
  });

  it('tells of what is open only what the last session of a person in a folder left', () => {
    const sessions = [session(S1, { nextSteps: ['Old'] }), session(S2, { nextSteps: ['New'] }), session(S3, { cwd: '/other', nextSteps: ['Elsewhere'] })];
    expect(linesOf('Next steps', bodyOf({ sessions })).map((line) => line.split(' (')[0])).toEqual(['- New', '- Elsewhere']);
  });

  it('counts a candidate for a rule among what was learned', () => {
    const body = bodyOf({ commits: [commit([{ path: '_rules/candidates/x.md', change: 'added' }])], titles: titles({ '_rules/candidates/x.md': ['Never push', 'note'] }) });
    expect(linesOf('Decided and learned', body)).toEqual(['- [[_rules/candidates/x.md|Never push]] (candidate for a rule): added by Ada with codex']);
  });

  it.each(['x', '字'])('is bounded, and says what it leaves out (%s)', (letter) => {
    const long = letter.repeat(5_000);
    const sessions = Array.from({ length: 300 }, (_value, index) => session(S1, { cwd: `/${index}`, summary: long, openQuestions: [long, long], nextSteps: [long] }));
    const commits = Array.from({ length: 300 }, (_value, index) => commit([{ path: `notes/${index}.md`, change: 'added' }], { author: long }));
    const feedback = Array.from({ length: 300 }, () => ({ path: long, signal: 'wrong' as const, reason: long, by: long }));
    const body = bodyOf({ sessions, commits, feedback, findings: Array.from({ length: 300 }, () => found('stale', [long], long)) });
    expect(Buffer.byteLength(body)).toBeLessThan(61_440);
    expect(body).toMatch(/- and \d+ more/);
  });

  it('lets nothing that people or agents said become a link, a heading or HTML', () => {
    const evil = '# x]] [[_rules/evil|y]] <script> `';
    const body = bodyOf({ sessions: [session(S1, { ownerName: evil, summary: `Goal: ${evil}`, nextSteps: [evil] })], titles: titles({ [`sessions/${S1}.md`]: [evil, 'session'] }) });
    expect(body).not.toMatch(/\[\[_rules|<script|^# x/m);
  });
});
