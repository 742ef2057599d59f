import { randomUUID } from 'node:crypto';
import type { Client } from '../system/client.js';
import { recordedSession } from '../system/client.js';
import { type Place, REPLAYS } from '../system/replay.js';
import { longSession } from './long-session.js';
import { writeAsAgent } from './other-writers.js';
import { PAGES } from './sample-pages.js';

/** Agents whose recorded sessions a furnished project holds. */
const AGENTS = ['claude-code', 'codex', 'gemini-cli'] as const;

/** A project as a team has it after some days: pages that link to each other, with versions, and sessions of several agents. */
export async function furnishProject(owner: Client, place: Place): Promise<{ sessionId: string }> {
  const at = `/api/v1/workspaces/${place.workspace}/projects/${place.project}`;
  await ok(owner.send('PUT', at));
  for (const { path, ...page } of PAGES) await ok(owner.send('PUT', `${at}/pages/${path}`, page));
  const { path, body, ...same } = PAGES[0]!;
  await ok(owner.send('PUT', `${at}/pages/${path}`, { ...same, body: `${body.replace('at least once', 'at least once, in order of their rows')}\nThe lease is thirty seconds since the incident of March.\n` }));
  for (const agent of AGENTS) await REPLAYS['in batches']!(owner, agent, recordedSession(agent), place);
  const sessionId = randomUUID();
  await REPLAYS['in batches']!(owner, 'claude-code', longSession(sessionId), place);
  await ok(owner.post(`${at}/handoffs`, { summary: 'The relay claims rows by lease now; the retry test still fails on a slow disk.', next_steps: ['Make the lease a setting', 'Look at relay.spec.ts line 80'], open_questions: ['May two relays run?'], shared: true }));
  await leaveToDecide(owner, place);
  return { sessionId };
}

/** Three rules that an agent proposes, what somebody says of a page, and a link into nothing. */
async function leaveToDecide(owner: Client, place: Place): Promise<void> {
  const at = `/api/v1/workspaces/${place.workspace}/projects/${place.project}`;
  for (const [path, body] of [['_rules/leases.md', 'A lease is thirty seconds, and nothing holds one over a call to another server.'], ['_rules/retries.md', 'Retry what is idempotent, and nothing else.'], ['_rules/idempotent.md', 'A handler may be called twice.']] as const) await writeAsAgent(owner, { path, body, ...place });
  await ok(owner.post(`${at}/feedback/${PAGES[0]!.path}`, { signal: 'stale', reason: 'The lease is thirty seconds now.' }));
  await ok(owner.send('PUT', `${at}/pages/notes/todo.md`, { title: 'To do', body: 'Measure it, as [the plan](plans/measure.md) says.' }));
}

async function ok(answered: Promise<{ status: number; text: string }>): Promise<void> {
  const { status, text } = await answered;
  if (status >= 300) throw new Error(`${status} ${text}`);
}
