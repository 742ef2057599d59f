import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { FaultProxy } from './fault-proxy.js';

let echo: Server;
let proxy: FaultProxy;
let clients: Socket[];
let owners: Map<number, string>;

beforeEach(async () => {
  echo = createServer((socket) => void socket.on('error', () => undefined).pipe(socket));
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  [clients, owners] = [[], new Map()];
  proxy = await FaultProxy.listen((echo.address() as AddressInfo).port, () => owners);
});
afterEach(async () => {
  clients.forEach((client) => client.destroy());
  await proxy.close();
  echo.close();
});

function dialled(): Socket {
  const socket = connect(proxy.port, '127.0.0.1');
  clients.push(socket);
  return socket.on('error', () => undefined);
}

async function client(): Promise<Socket> {
  const socket = dialled();
  await once(socket, 'connect');
  return socket;
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => (socket.closed ? resolve() : socket.once('close', () => resolve())));
}

async function echoed(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  let heard = '';
  while (heard.length < text.length) heard += String((await once(socket, 'data'))[0]);
  return heard;
}

describe('the fault proxy', () => {
  it('lets pass', async () => {
    expect(await echoed(await client(), 'hello')).toBe('hello');
  });

  it('resets what is there and what comes while it is cut, and lets pass afterwards', async () => {
    const first = await client();
    await echoed(first, 'here');
    proxy.set('cut');
    await closed(first);
    await closed(dialled());
    proxy.set('open');
    expect(await echoed(await client(), 'again')).toBe('again');
  });

  it('leaves without a word what was silent, also afterwards, while new connections are served', async () => {
    const first = await client();
    await echoed(first, 'here');
    proxy.set('silent');
    first.write('lost');
    const second = await client();
    second.write('lost');
    await eventually(() => expect(proxy.connections).toBe(2));
    proxy.set('open');
    expect(await echoed(await client(), 'served')).toBe('served');
    expect([first.destroyed, second.destroyed, first.bytesRead, second.bytesRead]).toEqual([false, false, 'here'.length, 0]);
  });

  it('delivers late and in order, and what comes after the delay not before what came during it', async () => {
    const socket = await client();
    proxy.set({ delayMs: 30 });
    const startedAt = Date.now();
    expect(await echoed(socket, 'first,')).toBe('first,');
    expect(Date.now() - startedAt).toBeGreaterThan(50);
    const all = echoed(socket, 'second,third');
    proxy.set('open');
    expect(await all).toBe('second,third');
  });

  it('does it to one owner alone', async () => {
    const [mine, other] = [await client(), await client()];
    await Promise.all([echoed(mine, 'here'), echoed(other, 'here')]);
    owners.set((mine.address() as AddressInfo).port, 'ingest');
    proxy.set('cut', 'ingest');
    await closed(mine);
    expect(await echoed(other, 'still here')).toBe('still here');
  });
});
