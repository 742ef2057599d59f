import { describe, expect, it } from 'vitest';
import type { Finding } from '../rules/findings.js';
import { findingPage, saidUntil, supersededPage } from './finding-page.js';
import { pathOf, sameSubject } from '../consolidation/page-subject.js';

const FIRST = { sessionId: '0190a7c4-6f0e-7c3a-9d52-5f1f0e8b2a11', endedAt: '2026-11-22T09:00:00.000Z' };
const SECOND = { sessionId: '0190a7c4-6f0e-7c3a-9d52-5f1f0e8b2a22', endedAt: '2026-11-23T09:00:00.000Z' };
const DECISION: Finding = { kind: 'decision', title: 'Use pnpm instead of npm because it is fast', statements: ['The user said: “use pnpm” [#4]'], events: [4], trust: 'user' };

describe('the page of a finding', () => {
  it('says what it is, cites, and names its session', () => {
    const { frontmatter, body } = findingPage(DECISION, FIRST, null);
    expect(frontmatter).toEqual({
      title: DECISION.title, kind: 'decision', tags: ['candidate'], status: 'candidate', generated_by: 'rules', session: FIRST.sessionId, trust: 'user',
      sources: [{ session: FIRST.sessionId, events: [4] }],
    });
    expect(body).toBe(`# ${DECISION.title}\n\n> Candidate: taken by rules from what was said in a session. Nobody has confirmed it.\n\n## 2026-11-22, session [[sessions/${FIRST.sessionId}.md]]\n\n- The user said: “use pnpm” [#4]\n`);
  });

  it('is the same when the session is compiled again', () => {
    const page = findingPage(DECISION, FIRST, null);
    expect(findingPage(DECISION, FIRST, page)).toEqual(page);
  });

  it('gets a section from another session, keeps what else is on it, and trusts the least trusted', () => {
    const page = findingPage(DECISION, FIRST, null);
    const both = findingPage({ ...DECISION, statements: ['Again [#9]'], trust: 'tool' }, SECOND, { ...page, body: `${page.body}\n## Notes\n\nMine.\n` });
    expect(both.body).toContain('“use pnpm” [#4]');
    expect(both.body).toContain('## Notes\n\nMine.');
    expect(both.body).toContain('- Again [#9]');
    expect(both.frontmatter).toMatchObject({ trust: 'tool', sources: [{ session: FIRST.sessionId }, { session: SECOND.sessionId }] });
    expect(saidUntil(both)).toBe('2026-11-23');
  });

  it('is no rule where it is a candidate for one', () => {
    expect(findingPage({ ...DECISION, kind: 'rule' }, FIRST, null).frontmatter).toMatchObject({ kind: 'note', status: 'candidate' });
    expect(pathOf('rule', 'Never commit to main')).toBe('_rules/candidates/never-commit-to-main.md');
  });

  it('says by what it was superseded, once', () => {
    const once = supersededPage(findingPage(DECISION, FIRST, null), 'decisions/new.md', SECOND);
    expect(once.frontmatter).toMatchObject({ status: 'superseded', superseded_by: 'decisions/new.md', tags: ['candidate', 'superseded'] });
    expect(once.body).toContain('> Superseded on 2026-11-23 by [[decisions/new.md]].');
    expect(supersededPage(once, 'decisions/new.md', SECOND).body.match(/Superseded on/g)).toHaveLength(1);
  });
});

describe('the same subject', () => {
  const pages = [{ path: 'decisions/a.md', title: 'Use pnpm instead of npm because it is fast' }, { path: 'decisions/b.md', title: 'Keep Postgres for the queue' }];
  it.each([
    ['Use pnpm instead of npm, it is fast', 'decisions/a.md'],
    ['Keep Postgres for the queue because it is there', 'decisions/b.md'],
    ['Use vitest instead of jest because it is fast', undefined],
    ['Deploy on Fridays', undefined],
  ])('of %j is %j', (title, path) => {
    expect(sameSubject(title, pages)?.path).toBe(path);
  });

  it('has a stable path, also without Latin letters', () => {
    expect(pathOf('decision', 'Übernimm „pnpm“ statt npm')).toBe('decisions/ubernimm-pnpm-statt-npm.md');
    expect(pathOf('gotcha', '不要修改数据库结构')).toMatch(/^gotchas\/[0-9a-f]{12}\.md$/);
  });
});
