import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ServerClient } from '../client/server-client.js';
import { BatchSender } from './batch-sender.js';

let http: Server;
afterEach(() => http.close());

/** Answers each batch by what `answer` says of its events' numbers: outcomes, or a status. */
async function senderTo(answer: (numbers: number[], request: number) => string[] | number, headers: Record<string, string> = {}): Promise<{ sender: BatchSender; batches: number[][]; pauses: number[] }> {
  const batches: number[][] = [];
  const pauses: number[] = [];
  const listener: RequestListener = async (request, response) => {
    const items = JSON.parse(Buffer.concat((await request.toArray()) as Buffer[]).toString()) as { body: { n: number } }[];
    const numbers = items.map(({ body }) => body.n);
    batches.push(numbers);
    const given = answer(numbers, batches.length);
    response.writeHead(typeof given === 'number' ? given : 200, headers).end(JSON.stringify(typeof given === 'number' ? {} : { accepted: given.length, results: given.map((outcome, index) => ({ index, outcome })) }));
  };
  http = createServer((request, response) => void listener(request, response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => http.once('listening', resolve));
  return { sender: new BatchSender(new ServerClient(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, undefined), 1, async (ms) => void pauses.push(ms)), batches, pauses };
}

async function send(sender: BatchSender, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await sender.add({ url: '/hook', body: { n } });
  await sender.flush();
}

const stored = (numbers: number[]): string[] => numbers.map(() => 'stored');

describe('BatchSender', () => {
  it('sends in order, as many as a batch may hold', async () => {
    const { sender, batches } = await senderTo(stored);
    await send(sender, 600);
    expect(batches.map((each) => each.length)).toEqual([256, 256, 88]);
    expect(batches.flat()).toEqual(Array.from({ length: 600 }, (_, n) => n));
    expect(sender.sent).toEqual({ new: 600, there: 0, dropped: 0 });
  });

  it('goes on after what the server has taken of a batch, and comes again where it takes none', async () => {
    const { sender, batches } = await senderTo((numbers, request) => (request === 1 ? ['stored', 'replayed'] : request === 2 ? 503 : numbers.map(() => 'dropped_policy')));
    await send(sender, 3);
    expect(batches).toEqual([[0, 1, 2], [2], [2]]);
    expect(sender.sent).toEqual({ new: 1, there: 1, dropped: 1 });
  });

  it('gives up the one event that is refused, and no other', async () => {
    const { sender } = await senderTo((numbers) => (numbers.includes(5) ? 413 : stored(numbers)));
    await send(sender, 9);
    expect(sender.sent).toEqual({ new: 8, there: 0, dropped: 1 });
  });

  it('waits as long as the server asks where a limit is reached, and loses nothing', async () => {
    const { sender, batches, pauses } = await senderTo((numbers, request) => (request === 2 ? 429 : stored(numbers.slice(0, 2))), { 'retry-after': '37' });
    await send(sender, 4);
    expect([batches, pauses, sender.sent.new]).toEqual([[[0, 1, 2, 3], [2, 3], [2, 3]], [37_000], 4]);
  });

  it('ends where it is asked to wait for longer than a person would', async () => {
    const { sender, pauses } = await senderTo(() => 429, { 'retry-after': '600' });
    await expect(send(sender, 1)).rejects.toMatchObject({ message: expect.stringContaining('run the same command again to go on') });
    expect(pauses).toEqual([]);
  });

  it.each([[500, 5], [401, 4]])('ends where the server keeps answering %i', async (status, exitCode) => {
    const { sender } = await senderTo(() => status);
    await expect(send(sender, 1)).rejects.toMatchObject({ exitCode });
  });
});
