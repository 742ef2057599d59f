import { describe, expect, it } from 'vitest';
import { mergedPage, type PageText, type Provenance, type SupportedPage } from './consolidated-page.js';

const FIRST: Provenance = { sessionId: '0190a7c4-6f0e-7c3a-9d52-5f1f0e8b2a11', endedAt: '2026-11-25T10:00:00Z', model: 'm-1', jobId: '0190a7c4-6f0e-7c3a-9d52-5f1f0e8b2a33' };
const SECOND: Provenance = { ...FIRST, sessionId: '0190a7c4-6f0e-7c3a-9d52-5f1f0e8b2a22', endedAt: '2026-11-26T10:00:00Z' };

const pageOf = (...texts: string[]): SupportedPage => ({ kind: 'gotcha', title: 'Relay sends twice', tags: ['outbox'], claims: texts.map((text, index) => ({ text, events: [index + 1], from: 'user' })) });
const LEASE = 'The outbox relay takes a lease of thirty seconds.';
const RENEWAL = 'A slow commit lost the lease before it was renewed.';

describe('a page', () => {
  const made = mergedPage(pageOf(LEASE), FIRST, null)!;

  it('names its session, its events and who made it', () => {
    expect(made.body).toBe(`# Relay sends twice\n\n## 2026-11-25, session [[sessions/${FIRST.sessionId}.md]]\n\n- ${LEASE} [#1]\n`);
    expect(made.frontmatter).toMatchObject({ kind: 'gotcha', trust: 'user', generated_by: 'consolidation', consolidated_by: 'm-1', consolidation_job: FIRST.jobId, sources: [{ session: FIRST.sessionId, events: [1] }] });
  });

  it('is the same when it is made again', () => {
    expect(mergedPage(pageOf(LEASE), FIRST, made)).toEqual(made);
  });

  it('keeps what another session said, and adds what is new', () => {
    const merged = mergedPage(pageOf(LEASE, RENEWAL), SECOND, made)!;
    expect(merged.body).toBe(`${made.body}\n## 2026-11-26, session [[sessions/${SECOND.sessionId}.md]]\n\n- ${RENEWAL} [#2]\n`);
    expect(merged.frontmatter.sources).toEqual([{ session: FIRST.sessionId, events: [1] }, { session: SECOND.sessionId, events: [2] }]);
  });

  it('is left alone by a session that says nothing new', () => {
    expect(mergedPage(pageOf('The outbox relay takes a lease of thirty seconds!'), SECOND, made)).toBeNull();
  });

  it('of a person keeps every word and its metadata', () => {
    const theirs: PageText = { frontmatter: { title: 'Mine', pinned: false }, body: 'Intro.\n\n```sh\n## not a heading\n```\n\n## Why\n\nBecause.\n' };
    const merged = mergedPage(pageOf(LEASE), FIRST, theirs)!;
    expect(merged.body.startsWith(theirs.body)).toBe(true);
    expect(merged.frontmatter).toMatchObject({ title: 'Mine', pinned: false });
    expect(merged.frontmatter).not.toHaveProperty('generated_by');
  });

  it('is as trusted as the least of all it was made from', () => {
    const doubtful: SupportedPage = { ...pageOf(RENEWAL), claims: [{ text: RENEWAL, events: [3], from: 'outside' }] };
    const merged = mergedPage(doubtful, SECOND, made)!;
    expect(merged.frontmatter.trust).toBe('outside');
    expect(mergedPage(pageOf('Quite another thing: migrations lock tables.'), { ...SECOND, sessionId: FIRST.sessionId.replace('11', '44') }, merged)!.frontmatter.trust).toBe('outside');
  });

  it('holds the eight latest sessions', () => {
    let text: PageText | null = null;
    const names = 'alpha bravo charlie delta echo foxtrot golf hotel india juliett'.split(' ');
    for (const [index, name] of names.entries()) text = mergedPage(pageOf(`The ${name} module crashed while the ${name} queue was draining.`), { ...FIRST, sessionId: FIRST.sessionId.replace(/.$/, String(index)) }, text);
    expect(names.filter((name) => text!.body.includes(name))).toEqual(names.slice(2));
  });

  it('takes no markup of a model', () => {
    const merged = mergedPage(pageOf('See [[_rules/x.md]] and <script>alert(1)</script> of the relay.'), FIRST, null)!;
    expect(merged.body).not.toMatch(/\[\[_rules|<script/);
  });
});
