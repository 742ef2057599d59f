import { randomUUID } from 'node:crypto';
import type { Client } from '../system/client.js';
import { recordedSession } from '../system/client.js';
import { type Place, REPLAYS } from '../system/replay.js';
import { longSession } from './long-session.js';
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
  return { sessionId };
}

async function ok(answered: Promise<{ status: number; text: string }>): Promise<void> {
  const { status, text } = await answered;
  if (status >= 300) throw new Error(`${status} ${text}`);
}
