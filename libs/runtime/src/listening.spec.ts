import { once } from 'node:events';
import { createServer, get, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { listen } from './listening.js';

const HOST = '127.0.0.1';
const running: Server[] = [];

async function start({ port = 0, answer = (response: ServerResponse): void => void response.end('here') } = {}): Promise<{ port: number; server: Server }> {
  const server = createServer((_request, response) => answer(response));
  const taken = await listen(server, HOST, port);
  running.push(server);
  return { port: taken, server };
}

afterEach(() => Promise.all(running.splice(0).map(closed)));

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => void server.close(() => resolve()));
}

function textAt(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host: HOST, port, agent: false }, (response) => response.setEncoding('utf8').once('data', resolve)).once('error', reject);
  });
}

describe('listening', () => {
  it('answers whichever socket a connection comes by', async () => {
    const { port } = await start();
    expect(new Set(await Promise.all(Array.from({ length: 300 }, () => textAt(port))))).toEqual(new Set(['here']));
  });

  if (process.platform === 'linux') it('takes many connections in a turn of the loop', async () => {
    const { port, server } = await start();
    let taken = 0;
    server.on('connection', () => (taken += 1));
    const clients = Array.from({ length: 256 }, () => connect(port, HOST));
    await Promise.all(clients.map((client) => once(client, 'connect')));
    // The clients' own connecting takes turns too, in which some have been taken.
    const [left, turnsFor] = [256 - taken, async (): Promise<number> => {
      let turns = 0;
      for (; taken < 256; turns += 1) await new Promise((resolve) => setImmediate(resolve));
      return turns;
    }];
    expect(await turnsFor()).toBeLessThanOrEqual(Math.max(1, left / 4));
    clients.forEach((client) => client.destroy());
  });

  it('is refused an address that is taken, also by one that shares it', async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(await textAt(port)).toBe('here');
  });

  it('takes nothing more once it is closed', async () => {
    const { port, server } = await start();
    await closed(server);
    await expect(textAt(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('is closed when all is answered, whichever socket it came by', async () => {
    const asked: ServerResponse[] = [];
    const { port, server } = await start({ answer: (response) => void asked.push(response) });
    const answers = Array.from({ length: 16 }, () => textAt(port));
    await vi.waitUntil(() => asked.length === answers.length);
    let left = asked.length;
    const leftWhenClosed = closed(server).then(() => left);
    for (const response of asked) {
      await new Promise((resolve) => setImmediate(resolve));
      left -= 1;
      response.end('here');
    }
    expect(await Promise.all(answers)).toEqual(answers.map(() => 'here'));
    expect(await leftWhenClosed).toBe(0);
  });
});
