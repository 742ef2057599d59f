import { once } from 'node:events';
import { createServer, get, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Listening, listen } from './listening.js';

const HOST = '127.0.0.1';
const running: { server: Server; listening: Listening }[] = [];

async function start(port = 0): Promise<Listening> {
  const server = createServer((_request, response) => void response.end('here'));
  const listening = await listen(server, HOST, port);
  running.push({ server, listening });
  return listening;
}

afterEach(async () => {
  for (const { server, listening } of running.splice(0)) {
    server.close();
    await listening.close();
  }
});

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
    const { port } = await start();
    const { server } = running[0]!;
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
    await expect(start(port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(await textAt(port)).toBe('here');
  });

  it('takes nothing more once it is closed', async () => {
    const { port, close } = await start();
    running.pop()!.server.close();
    await close();
    await expect(textAt(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
