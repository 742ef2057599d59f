import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CanaryAnswer, CanaryDoor } from './canary-door.js';

/** A step that is not done by then is a surprise. */
const STEP_TIMEOUT_MS = 30_000;
const POLL_MS = 200;
const PLACE = 'workspace=canary&project=canary';
const PAGES = '/api/v1/workspaces/canary/projects/canary/pages';

export const STEPS = ['store', 'find', 'handoff', 'apart', 'delete'] as const;
export type Step = (typeof STEPS)[number];

export interface StepResult {
  step: Step;
  seconds: number;
  /** What was seen in place of what was expected; null where it was that. */
  surprise: string | null;
}

/** What it is that is stored: a word that nobody has said before. */
interface Errand {
  word: string;
  sessionId: string;
  door: CanaryDoor;
  /** Of another organisation. */
  stranger: CanaryDoor | undefined;
}

/**
 * What a person relies on, tried once, as clients do it: an event is taken, its session found by search and handed to the
 * next agent, seen by nobody of another organisation, and gone when it is deleted. Never throws.
 */
export async function canaryRound(door: CanaryDoor, stranger: CanaryDoor | undefined): Promise<StepResult[]> {
  const errand: Errand = { word: `canary${randomUUID().replaceAll('-', '')}`, sessionId: randomUUID(), door, stranger };
  const results: StepResult[] = [];
  for (const step of STEPS) {
    if (step === 'apart' && !stranger) continue;
    const startedAt = performance.now();
    const surprise = await DO[step](errand).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    results.push({ step, seconds: (performance.now() - startedAt) / 1_000, surprise });
  }
  return results;
}

const DO: Record<Step, (errand: Errand) => Promise<string | null>> = {
  store: async ({ door, word, sessionId }) => {
    const session = { session_id: sessionId, cwd: '/canary' };
    for (const [event, more] of [['UserPromptSubmit', { prompt: `Look after the ${word}` }], ['SessionEnd', { reason: 'exit' }]] as const) {
      const { status } = await door.ask('POST', `/hook?event=${event}&agent=claude-code&${PLACE}`, { ...session, ...more });
      if (status !== 202) return `${event} was answered with ${status}`;
    }
    return null;
  },
  find: ({ door, word, sessionId }) => eventually(() => search(door, word), ({ text }) => text.includes(pagePath(sessionId)), 'its page is not found'),
  handoff: ({ door, word }) => eventually(() => door.ask('GET', `/handoff?agent=codex&cwd=/canary&${PLACE}`), ({ status, text }) => status === 200 && text.includes(word), 'it is not handed over'),
  apart: async ({ stranger, word }) => {
    const { status, text } = await search(stranger!, word);
    if (status !== 200) return `another organisation's search was answered with ${status}`;
    return (JSON.parse(text) as { hits: unknown[] }).hits.length === 0 ? null : 'another organisation finds it';
  },
  delete: async ({ door, word, sessionId }) => {
    const { status } = await door.ask('DELETE', `${PAGES}/${pagePath(sessionId)}`);
    if (status !== 200) return `deleting was answered with ${status}`;
    const read = await door.ask('GET', `${PAGES}/${pagePath(sessionId)}`);
    if (read.status !== 404) return `the deleted page was answered with ${read.status}`;
    return eventually(() => search(door, word), ({ text }) => !text.includes(pagePath(sessionId)), 'its page is still found');
  },
};

function pagePath(sessionId: string): string {
  return `sessions/${sessionId}.md`;
}

function search(door: CanaryDoor, word: string): Promise<CanaryAnswer> {
  return door.ask('GET', `/api/v1/search?q=${word}`);
}

/** Null once it is so; else the complaint, with the last answer's status. */
async function eventually(ask: () => Promise<CanaryAnswer>, isSo: (answer: CanaryAnswer) => boolean, complaint: string): Promise<string | null> {
  const deadline = Date.now() + STEP_TIMEOUT_MS;
  for (;;) {
    const answer = await ask();
    if (isSo(answer)) return null;
    if (Date.now() > deadline) return `${complaint} (${answer.status})`;
    await sleep(POLL_MS);
  }
}
