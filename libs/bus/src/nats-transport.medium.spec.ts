import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EmbeddedNats, startEmbeddedNats } from '#libs/embedded';
import { NatsTransport } from './nats-transport.js';
import type { WireMessage } from './wire.js';

const ROUNDS = 12;
const REQUESTS = 400;
const TIMEOUT_MS = 5_000;

let dataDir: string;
let nats: EmbeddedNats;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-bus-'));
  nats = await startEmbeddedNats({ dataDir, log: () => undefined });
});
afterAll(async () => {
  await nats.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** One of several that serve the same subject; says by whom a request was answered. */
async function serving(name: string): Promise<NatsTransport> {
  const transport = await NatsTransport.connect(nats.url, name);
  transport.serve('test.ask', async () => ({ ok: true, value: name }));
  await transport.open();
  return transport;
}

it.each([['knows who serves', true], ['has heard of nobody', false]])('a process that stops answers what was already sent to it, by who %s', async (_who, isOpen) => {
  const [asking, staying] = [await NatsTransport.connect(nats.url, 'asking'), await serving('staying')];
  if (isOpen) await asking.open();
  const message: WireMessage = { subject: 'test.ask', id: '', headers: {}, body: {} };
  for (let turns = 0; turns < ROUNDS; turns += 1) {
    const leaving = await serving('leaving');
    const replies = Promise.allSettled(Array.from({ length: REQUESTS }, () => asking.request(message, TIMEOUT_MS)));
    // It is told to stop before its share has come, while it comes, and after: a turn of the loop later each time.
    for (let turn = 0; turn < turns; turn += 1) await setImmediate();
    await leaving.close();
    expect((await replies).filter(({ status }) => status === 'rejected').length).toBe(0);
  }
  await Promise.all([staying.close(), asking.close()]);
});
