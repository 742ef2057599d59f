import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect as connectNats } from '@nats-io/transport-node';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startEmbeddedNats, type EmbeddedNats } from './nats.js';

const SOON = { timeout: 10_000, interval: 20 };

function tempDataDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-nats-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  return dataDir;
}

async function start(dataDir: string): Promise<EmbeddedNats & { lines: string[] }> {
  const lines: string[] = [];
  const nats = await startEmbeddedNats({ dataDir, log: (line) => lines.push(line) });
  onTestFinished(() => nats.stop());
  return { ...nats, lines };
}

function connect(url: string) {
  const { host, username, password } = new URL(url);
  return connectNats({ servers: host, user: username, pass: password, reconnect: false });
}

async function storeOne(url: string): Promise<void> {
  const connection = await connect(url);
  await (await jetstreamManager(connection)).streams.add({ name: 'kept', subjects: ['kept.*'] });
  await jetstream(connection).publish('kept.one');
  await connection.close();
}

async function countStored(url: string): Promise<number> {
  const connection = await connect(url);
  const { state } = await (await jetstreamManager(connection)).streams.info('kept');
  await connection.close();
  return state.messages;
}

it('keeps what a stream holds over a stop and a start', async () => {
  const dataDir = tempDataDir();
  const first = await start(dataDir);
  await storeOne(first.url);
  await first.stop();
  expect(await countStored((await start(dataDir)).url)).toBe(1);
});

it('stops a server that a killed run left behind, and loses nothing', async () => {
  const dataDir = tempDataDir();
  const left = await start(dataDir);
  const onExit = vi.fn();
  left.onExit(onExit);
  await storeOne(left.url);
  const next = await start(dataDir);
  await vi.waitFor(() => expect(onExit).toHaveBeenCalledOnce(), SOON);
  expect(next.lines).toEqual([expect.stringMatching(/^stopping a nats-server that an earlier run left behind/)]);
  expect(await countStored(next.url)).toBe(1);
});

it('refuses a client without the credentials in its url', async () => {
  const { host } = new URL((await start(tempDataDir())).url);
  await expect(connectNats({ servers: host, reconnect: false })).rejects.toThrow(/authorization/i);
});

it('takes messages of up to 8 MB', async () => {
  const connection = await connect((await start(tempDataDir())).url);
  expect(connection.info?.max_payload).toBe(8 * 1024 * 1024);
  await connection.close();
});
