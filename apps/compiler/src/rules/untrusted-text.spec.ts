import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HISTORY_END, HISTORY_START, type Observation } from '#libs/contracts';
import { linksOf, parsePagePath } from '#libs/wiki-format';
import { compileSession, HANDOFF_CHARS_MAX, renderHandoff, SESSION_PAGE_BYTES_MAX, type SessionFacts } from './compile-session.js';
import { findingPage } from '../findings/finding-page.js';

const AT = '2026-11-22T08:00:00.000Z';
const HEADINGS = ['## Goal', '## What was done', '## Decisions', '## Files', '## Commands', '## Git', '## Open questions', '## Next steps'];

/** Pieces that mean something to markdown, HTML, the wiki, a harness or our own rules, among arbitrary text. */
const piece = fc.oneof(
  fc.constantFrom('[[', ']]', '`', '``', '<script>', '</', '<!--', '-->', HISTORY_START, HISTORY_END, '[a](b.md)', '![', '](', '\n', '\n# x\n', '- ', '1. ', '**', '__', '\\', '~~', '|', '<system-reminder>', '```', 'let\'s use x. ', 'error: ', '?', 'Next steps:\n- ', 'git commit -m "', '[main 0123abc] ', ' fail\n 1 pass', '\u202e', '\ud83d', '@a/b.md ', 'never do ', 'from now on, never use ', 'because '),
  fc.string({ maxLength: 12, unit: 'binary' }),
);
const text = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));

const event = fc.record({
  kind: fc.constantFrom('user-prompt', 'pre-tool-use', 'post-tool-use', 'stop', 'notification', 'pre-compact', 'session-end'),
  body: text, title: text, isSubagent: fc.boolean(), sourceEvent: fc.constantFrom('Stop', 'Interrupt', 'StopFailure'),
  tool: fc.record({
    name: text, family: fc.constantFrom('shell', 'read', 'edit', 'write', 'search', 'web', 'agent', 'plan', 'mcp', 'other'), callId: fc.constantFrom('a', 'b', 'c'),
    command: text, path: text, excerpt: text, outcome: fc.constantFrom('success', 'error', 'unknown'),
    plan: fc.array(fc.record({ text, status: fc.constantFrom('pending', 'in-progress', 'completed') }), { maxLength: 3 }),
  }),
});

function observationOf({ kind, tool, ...fields }: { kind: string } & Record<string, unknown>, index: number): Observation {
  const isTool = kind.endsWith('tool-use');
  return { kind, occurredAt: AT, sequence: index + 1, observationId: '0190a7c4-6f0e-7c3a-9d52-5f1f0e8b2a12', ...fields, ...(isTool && { tool }) } as Observation;
}

const FACTS: SessionFacts = {
  sessionId: '0190a7c4-6f0e-7c3a-9d52-5f1f0e8b2a11', nativeSessionId: 'n', agent: 'codex', ownerName: 'Ana', cwd: '/p', model: null,
  startedAt: AT, endedAt: AT, endReason: null, workspace: 'w', project: 'p', generation: 1,
};

/** The line without its inline code, as CommonMark reads it. */
function withoutCode(line: string): string {
  return line.replace(/\\.|(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '');
}

it('lets nothing that was captured become a link, a heading, HTML or a fence, and no text outgrow its bound', async () => {
  await fc.assert(fc.asyncProperty(fc.array(event, { maxLength: 30 }), async (events) => {
    const result = await compileSession({ session: FACTS, observations: events.map(observationOf) });
    if (result.kind === 'ephemeral') return;
    const { body } = result.page;
    expect(linksOf(parsePagePath(result.page.path), body)).toEqual([]);
    const lines = body.split('\n');
    expect(lines.filter((line) => /^\s*(?:>\s*)?#/.test(line)).slice(1).filter((line) => !HEADINGS.includes(line))).toEqual([]);
    expect(lines.filter((line) => /<[a-z!/?]/i.test(withoutCode(line)))).toEqual([]);
    expect(lines.filter((line) => /^\s*(?:```|~~~)/.test(line))).toEqual([]);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(SESSION_PAGE_BYTES_MAX);
    const statements = result.findings.map((finding) => findingPage(finding, { sessionId: FACTS.sessionId, endedAt: AT }, null).body).join('\n').split('\n');
    expect(statements.filter((line) => /<[a-z!/?]/i.test(withoutCode(line)) || /^\s*(?:```|~~~)/.test(line))).toEqual([]);
    expect(statements.filter((line) => /\[\[/.test(withoutCode(line)) && !line.startsWith('## '))).toEqual([]);
    const markdown = renderHandoff({ fromAgent: 'codex', endedAt: AT, sessionId: null, trust: 'tool', content: result.handoff }, new Date(AT));
    expect(markdown.length).toBeLessThanOrEqual(HANDOFF_CHARS_MAX);
    expect([markdown.split(HISTORY_START).length, markdown.split(HISTORY_END).length]).toEqual([2, 2]);
  }), { numRuns: 300 });
}, 20_000);

/** Sixteen kilobytes each, made of what makes careless patterns backtrack. */
const SLOW = ['`', '<', '<rules ', '[[', 'sorry ', 'use , use ', 'never, never ', 'e.g. ', '. ', ' ', '\n', '- ', '*', '_', '"', '( ', 'need to: ', "here's summary ", '```a\n', '# AGENTS.md instructions for x\n', 'error: ', '是', 'ok, ', '> ', '### Rule: x\n', 'cancelled\n', 'use a instead of ', 'always use a, ', 'to a, run `b` '];

it.each(SLOW)('is not slowed down by text made of %j', async (unit) => {
  const long = unit.repeat(Math.ceil(16_384 / unit.length)).slice(0, 16_000);
  const tool = { name: 'Bash', family: 'shell', command: `git commit -m ${long.slice(0, 2_000)}`, path: long.slice(0, 1_000), excerpt: long.slice(0, 2_000), outcome: 'unknown' };
  const events = [{ kind: 'user-prompt', body: long }, { kind: 'user-prompt', body: `${long} a.b: x` }, { kind: 'post-tool-use', tool }, { kind: 'stop', body: long }, { kind: 'stop', body: `${long}a.b:` }];
  const before = process.cpuUsage();
  await compileSession({ session: FACTS, observations: events.map((fields, index) => observationOf({ body: '', title: '', isSubagent: false, sourceEvent: 'x', ...fields }, index)) });
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
});
