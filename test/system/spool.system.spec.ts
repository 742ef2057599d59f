import { randomUUID } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { Laptop } from '../hook/laptop.js';
import { type Client, newOrganisation } from './client.js';
import { TOPOLOGIES } from './product.js';

const SESSIONS = 20;
/** Of all sessions together; a laptop that was offline for three days may hold a hundred thousand. */
const EVENTS = Number(process.env.SPOOL_TEST_EVENTS ?? 2_000);
const EVENTS_BY_HOOK = 3;
const KILLS = Number(process.env.SPOOL_TEST_KILLS ?? 20);
const PAGE = 200;

interface Session {
  id: string;
  prompts: string[];
}

let laptop: Laptop;
let owner: Client;
let place: { workspace: string; project: string };
let kills: number;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe.each(TOPOLOGIES)("a laptop's spool, %s", (topology) => {
  beforeEach(async () => {
    kills = 0;
    laptop = new Laptop();
    ({ owner } = await newOrganisation(topology));
    laptop.connect(owner.url, owner.token);
    place = { workspace: 'acme', project: `p-${randomUUID().slice(0, 8)}` };
    laptop.write('work/.ai-memory.toml', `workspace = "${place.workspace}"\nproject = "${place.project}"\n`);
  });
  afterEach(() => laptop.stop());

  const cwd = (): string => join(laptop.userHome, 'work');

  async function promptsOf(sessionId: string): Promise<string[]> {
    const prompts: string[] = [];
    for (;;) {
      const answer = await owner.get<{ observations: { body: string }[]; total: number }>(`/api/v1/sessions/${sessionId}/observations?kinds=user-prompt&limit=${PAGE}&offset=${prompts.length}`);
      expect(answer.status, answer.text).toBe(200);
      prompts.push(...answer.json.observations.map(({ body }) => body));
      if (answer.json.observations.length < PAGE) return prompts;
    }
  }

  /** The first events through the hook, side by side with those of other sessions; the rest as the hook would have put them by. */
  async function runSession(): Promise<Session> {
    const session: Session = { id: randomUUID(), prompts: [] };
    const next = (): string => session.prompts[session.prompts.push(`step ${session.prompts.length} of ${session.id}`) - 1]!;
    for (let count = 0; count < EVENTS_BY_HOOK; count += 1) await laptop.hook('claude-code', 'UserPromptSubmit', { session_id: session.id, cwd: cwd(), prompt: next() });
    const occurredAt = new Date().toISOString();
    while (session.prompts.length < EVENTS / SESSIONS) {
      // So that there is something to send at each kill.
      while (session.prompts.length * KILLS > (kills + 1) * (EVENTS / SESSIONS)) await pause(5);
      putBy(session, { occurred_at: occurredAt, session_id: session.id, cwd: cwd(), prompt: next() });
    }
    return session;
  }

  let lastStamp = 0n;
  /** With one time for all, so that the server has no other order to show them in than that of their arrival. */
  function putBy({ id, prompts }: Session, body: object): void {
    const now = BigInt(Date.now()) * 1_000_000n;
    lastStamp = now > lastStamp ? now : lastStamp + 1n;
    const file = join(laptop.home, 'spool', `${lastStamp}-${process.pid}`);
    writeFileSync(`${file}.tmp`, `event=UserPromptSubmit&agent=claude-code&ingest_key=${id}-${prompts.length}&workspace=${place.workspace}&project=${place.project}&project_src=marker\n${JSON.stringify(body)}\n`);
    renameSync(`${file}.tmp`, `${file}.event`);
  }

  /** Kills whichever drainer is at work, each time after another while within what sending a batch takes. */
  async function drainAndKill(): Promise<void> {
    while (kills < KILLS) {
      if (laptop.killDrainer()) kills += 1;
      else void laptop.startDrain();
      await pause(10 + ((kills * 37) % 211));
    }
  }

  it(`of ${EVENTS} events from ${SESSIONS} sessions reaches the server once and in order, though its drainer is killed ${KILLS} times`, async () => {
    const [sessions] = await Promise.all([Promise.all(Array.from({ length: SESSIONS }, runSession)), drainAndKill()]);
    await eventually(async () => {
      await laptop.drain();
      expect(laptop.events()).toEqual([]);
    }, 120_000 + EVENTS * 10);
    for (const { id, prompts } of sessions) expect(await promptsOf(id)).toEqual(prompts);
  }, 240_000 + EVENTS * 20);

  it('brings what one agent left to the next, without anything but its hooks', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    const said = async (agent: string, event: string, payload: object): Promise<string> => {
      const ran = await laptop.hook(agent, event, { ...payload, cwd: cwd() });
      expect({ ...ran, stdout: '' }).toEqual({ code: 0, stdout: '', stderr: '' });
      return ran.stdout;
    };
    expect(await said('claude-code', 'SessionStart', { session_id: first, source: 'startup' })).toBe('');
    expect(await said('claude-code', 'UserPromptSubmit', { session_id: first, prompt: 'Paint the bicycle shed green' })).toBe('');
    expect(await said('claude-code', 'SessionEnd', { session_id: first, reason: 'exit' })).toBe('');
    const told = await eventually(async () => {
      const text = await said('codex', 'SessionStart', { session_id: second, source: 'startup' });
      expect(text).toContain('Paint the bicycle shed green');
      return text;
    }, 30_000);
    expect(JSON.parse(told)).toEqual({ hookSpecificOutput: { hookEventName: 'SessionStart', additionalContext: expect.stringContaining('from claude-code') } });
  });
});
