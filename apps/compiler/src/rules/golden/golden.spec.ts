import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHookEvent } from '#libs/agents';
import { CAPTURE_BYTES_MAX, Observation } from '#libs/contracts';
import { boundText } from '#libs/redaction';
import { describe, expect, it } from 'vitest';
import { compileSession, renderHandoff, type SessionFacts } from '../compile-session.js';
import type { Finding } from '../findings.js';
import { readWritten } from './written-session.js';

const FIXTURES = join(import.meta.dirname, '../../../../../test/fixtures');
const SESSION_ID = '0190a7c4-6f0e-7c3a-9d52-5f1f0e8b2a11';

function factsOf(agent: string, observations: readonly Observation[], cwd: string): SessionFacts {
  const ended = observations.findLast((observation) => observation.kind === 'session-end');
  return {
    sessionId: SESSION_ID, nativeSessionId: 'native', agent, ownerName: 'Ana', cwd, model: null,
    startedAt: observations[0]!.occurredAt, endedAt: ended?.occurredAt ?? null, endReason: ended?.source ?? null,
    workspace: 'default', project: 'demo', generation: observations.length,
  };
}

/** Page and handoff in one file, as the people and agents who read them see them. */
async function compiled(session: SessionFacts, observations: readonly Observation[]): Promise<string> {
  const result = await compileSession({ session, observations });
  if (result.kind === 'ephemeral') throw new Error('The session left nothing.');
  const { page, handoff, findings } = result;
  const now = new Date(Date.parse(observations.at(-1)!.occurredAt) + 3 * 3_600_000);
  const markdown = renderHandoff({ fromAgent: session.agent, fromUser: session.ownerName, endedAt: page.frontmatter.ended as string, sessionId: SESSION_ID, trust: 'tool', content: handoff }, now);
  return `${JSON.stringify({ path: page.path, ...page.frontmatter }, null, 2)}\n\n${page.body}\n<!-- handoff -->\n\n${markdown}${findings.map(written).join('')}`;
}

function written({ kind, title, trust, statements }: Finding): string {
  return `\n<!-- ${kind}, trust ${trust} -->\n\n# ${title}\n\n${statements.map((statement) => `- ${statement}\n`).join('')}`;
}

/** As ingest would have stored it. */
function cleaned(observation: Observation): Observation {
  const clean = (text: string): string => boundText(text, CAPTURE_BYTES_MAX.prompt).text;
  const { tool } = observation;
  return {
    ...observation, title: clean(observation.title), body: clean(observation.body),
    ...(tool && { tool: { ...tool, ...(tool.command !== undefined && { command: clean(tool.command) }), ...(tool.excerpt !== undefined && { excerpt: clean(tool.excerpt) }) } }),
  };
}

function story(name: string): Observation[] {
  return readWritten(readFileSync(join(import.meta.dirname, `${name}.story.txt`), 'utf8')).map(cleaned);
}

function recorded(agent: string): Observation[] {
  const lines = readFileSync(join(FIXTURES, agent, '_session.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { at: string; event: string; payload: unknown });
  const events = lines.flatMap(({ at, event, payload }) => {
    const reading = readHookEvent({ agent, event, payload, receivedAt: new Date(at), fallback: {} });
    return reading.outcome === 'event' ? [reading.event] : [];
  });
  return events.map((event, index) => Observation.parse({ ...event, observationId: '0190a7c4-6f0e-7c3a-9d52-5f1f0e8b2a12', sequence: index + 1 }));
}

const STORIES = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.story.txt')).map((file) => file.replace('.story.txt', '')).toSorted();

describe('a page and its handoff', () => {
  it.each(STORIES)('of the written session "%s" say what a person has reviewed', async (name) => {
    const observations = story(name);
    await expect(await compiled(factsOf('claude-code', observations, '/home/dev/shop'), observations)).toMatchFileSnapshot(`${name}.md`);
  });

  it.each(['claude-code', 'codex', 'gemini-cli', 'opencode'])('of the recorded session of %s say what a person has reviewed', async (agent) => {
    const observations = recorded(agent);
    await expect(await compiled(factsOf(agent, observations, '/home/dev/project'), observations)).toMatchFileSnapshot(`recorded-${agent}.md`);
  });

  it.each(STORIES)('of "%s" do not depend on the order of arrival', async (name) => {
    const observations = story(name);
    const facts = factsOf('claude-code', observations, '/home/dev/shop');
    const renumbered = observations.map((observation, index) => ({ ...observation, sequence: observations.length - index }));
    expect(await compiled(facts, renumbered)).toBe(await compiled(facts, observations));
  });
});
