import { describe, expect, it } from 'vitest';
import { serialisePage } from './frontmatter.js';
import { describePage, type PageDescription } from './page-description.js';
import { parsePagePath } from './page-path.js';

const describeText = (path: string, text: string): PageDescription => describePage(parsePagePath(path), text);

describe('describePage', () => {
  it.each<[path: string, kind: string, tier: string, isPinned: boolean]>([
    ['sessions/a.md', 'session', 'episodic', false],
    ['decisions/a.md', 'decision', 'semantic', false],
    ['gotchas/a.md', 'gotcha', 'semantic', false],
    ['concepts/a.md', 'concept', 'semantic', false],
    ['procedures/a.md', 'procedure', 'procedural', false],
    ['notes/a.md', 'note', 'semantic', false],
    ['_rules/a.md', 'rule', 'procedural', false],
    ['_slots/a.md', 'slot', 'working', true],
    ['_lint/a.md', 'report', 'episodic', false],
    ['_reports/2026-11-24.md', 'report', 'episodic', false],
    ['profile/stack/a.md', 'profile', 'semantic', false],
    ['runbooks/a.md', 'runbook', 'procedural', false],
    ['investigations/a.md', 'investigation', 'episodic', false],
    ['_prompts/consolidation.md', 'fact', 'semantic', false],
    ['elsewhere/a.md', 'fact', 'semantic', false],
    ['sessions.md', 'fact', 'semantic', false],
    ['constructor/a.md', 'fact', 'semantic', false],
  ])('takes %s for a %s, %s', (path, kind, tier, isPinned) => {
    expect(describeText(path, 'x')).toMatchObject({ kind, tier, isPinned });
  });

  it.each<[name: string, frontmatter: Record<string, unknown>, expected: Partial<PageDescription>]>([
    ['a kind', { kind: 'rule' }, { kind: 'rule', tier: 'procedural' }],
    ['a tier', { tier: 'working' }, { kind: 'note', tier: 'working' }],
    ['a pin', { pinned: true }, { isPinned: true }],
    ['tags', { tags: ['b', ' a ', 'b', 7, null, {}] }, { tags: ['b', 'a', '7'] }],
    ['tags in a line', { tags: 'b, a' }, { tags: ['b', 'a'] }],
    ['a summary', { summary: 'In\nshort' }, { summary: 'In short' }],
    ['an abstract', { abstract: 'In short' }, { summary: 'In short' }],
    ['a day to expire on', { expires_at: '2026-03-01' }, { expiresAt: new Date('2026-03-01T00:00:00Z') }],
    ['a time to expire at', { expires_at: '2026-03-01T10:00:00+02:00' }, { expiresAt: new Date('2026-03-01T08:00:00Z') }],
    ['no time to expire at', { expires_at: '2026-13-45' }, { expiresAt: null }],
    ['some day to expire on', { expires_at: 'soon' }, { expiresAt: null }],
    ['nonsense', { kind: 'poem', tier: 7, pinned: 'yes', tags: { a: 1 }, summary: [] }, { kind: 'note', tier: 'semantic', isPinned: false, tags: [], summary: null }],
  ])('believes a page that says %s', (_name, frontmatter, expected) => {
    expect(describeText('notes/a.md', serialisePage(frontmatter, 'Body'))).toMatchObject(expected);
  });

  it.each<[name: string, text: string, title: string]>([
    ['its frontmatter', '---\ntitle: " Said\\n once "\n---\n# Heading', 'Said once'],
    ['its first heading', 'Intro\n\n## Heading ##\n\n# Later', 'Heading'],
    ['its heading, code and all', '# Use `pg` here', 'Use `pg` here'],
    ['its heading outside code', '```\n# no\n```\n# Yes', 'Yes'],
    ['its file name', 'No heading', 'use postgres'],
    ['its file name when the heading is empty', '#  \n', 'use postgres'],
  ])('takes the title from %s', (_name, text, title) => {
    expect(describeText('notes/use-postgres.md', text).title).toBe(title);
  });

  it('keeps titles on one line of 300 characters and never empty', () => {
    expect([...describeText('notes/a.md', `# ${'😀'.repeat(900)}`).title]).toHaveLength(300);
    expect(describeText('_.md', '').title).toBe('_');
  });
});
