import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { accepted, HookServer, type Item, type Reply } from './hook-server.js';
import { Laptop, toolboxes } from './laptop.js';

let laptop: Laptop;
let server: HookServer;

beforeEach(async () => {
  server = await HookServer.start();
});
afterEach(() => {
  laptop.stop();
  server.stop();
});

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

const now = (): number => Math.floor(Date.now() / 1_000);

function refuseWhere(isRefused: (items: readonly Item[]) => boolean, reply: Reply): void {
  server.answerBatch = (items) => (isRefused(items) ? reply : null);
}

describe.each(toolboxes)('the spool, by $name', (toolbox) => {
  beforeEach(() => {
    laptop = new Laptop(toolbox);
    laptop.connect(server.url);
  });

  it('is sent to the server, the oldest event first, as many at a time as it takes', async () => {
    laptop.spoolIds(600);
    await laptop.drain();
    expect(server.ids).toEqual(range(600));
    expect(server.batchSizes).toEqual([256, 256, 88]);
    expect(server.items[7]).toEqual({ url: '/hook?event=Stop&agent=claude-code&ingest_key=k-7', body: { id: 7 } });
    expect([laptop.events(), laptop.state('drain.lock'), laptop.state('last-error')]).toEqual([[], undefined, undefined]);
    expect(Number(laptop.state('last-success'))).toBeGreaterThan(now() - 60);
  });

  it("keeps a session's events together and in order", async () => {
    const bodies = ['{"id":1,"session_id":"a"}', '{"id":2,"sessionId": "b"}', '{"id":3,"session_id":"a"}', '{"id":4}', '{"id":5,"sessionId": "b"}', '{"id":6}'];
    laptop.spool(bodies.map((body, index) => ({ query: `event=Stop${[3, 5].includes(index) ? '&session_id=c' : ''}`, body })));
    server.answerBatch = (items) => (items.length === 6 ? accepted(3) : null);
    await laptop.drain();
    expect(server.ids).toEqual([4, 6, 5]);
  });

  it('goes in requests of at most 8 MiB', async () => {
    laptop.spoolIds(5, (id) => JSON.stringify({ id, text: 'x'.repeat(3_000_000) }));
    await laptop.drain();
    expect([server.ids, server.batchSizes]).toEqual([range(5), [2, 2, 1]]);
  });

  it('loses what is no JSON, and nothing else', async () => {
    const broken = new Set([0, 3, 19]);
    laptop.spoolIds(20, (id) => (broken.has(id) ? '{"id": "half' : JSON.stringify({ id, text: '"quoted" \\ é' })));
    laptop.write(`.ai-memory/spool/${Date.now()}999999-2.event`, '');
    await laptop.drain();
    expect(server.ids).toEqual(range(20).filter((id) => !broken.has(id)));
    expect([laptop.events(), laptop.state('dropped/http-400')?.length, laptop.state('dropped/empty')?.length]).toEqual([[], 3, 1]);
  });

  it('goes in smaller requests where the server says so', async () => {
    refuseWhere((items) => items.length > 3, { status: 413 });
    laptop.spoolIds(20);
    await laptop.drain();
    expect([server.ids, laptop.events()]).toEqual([range(20), []]);
  });

  it.each([400, 409, 413, 422])('loses the one event that is refused with %i', async (status) => {
    refuseWhere((items) => items.some(({ body }) => body.id === 5), { status });
    laptop.spoolIds(9);
    await laptop.drain();
    expect([server.ids, laptop.events(), laptop.state(`dropped/http-${status}`)?.length]).toEqual([[0, 1, 2, 3, 4, 6, 7, 8], [], 1]);
  });

  it.each<[string, Reply, number[]]>([
    ['up to where the server stopped', accepted(2, { failed_index: 2 }), [2, 3, 4]],
    ['but for the holes that the server left', { status: 200, body: '{"accepted":1, "accepted_indices": [0, 2, 4], "results":[]}' }, [1, 3]],
    ['not at all where it took none', accepted(0), range(5)],
  ])('is settled %s', async (_what, reply, left) => {
    server.answerBatch = (items) => (items.length === 5 ? reply : { status: 503 });
    laptop.spoolIds(5);
    await laptop.drainUntilFailure();
    expect(laptop.leftIds()).toEqual(left);
  });

  it('counts what the server will not keep, as it calls it', async () => {
    server.answerBatch = (items) => accepted(items.length, { results: ['stored', 'dropped_policy', 'dropped_unauthorized', 'dropped_policy'].map((outcome, index) => ({ index, outcome })) });
    laptop.spoolIds(4);
    await laptop.drain();
    expect([laptop.events(), laptop.state('dropped/dropped_policy')?.length, laptop.state('dropped/dropped_unauthorized')?.length]).toEqual([[], 2, 1]);
  });

  it.each([['120', 120], ['99999', 3_600], ['Wed, 21 Oct 2026 07:28:00 GMT', 1]])('is left alone for as long as the server asks for (%s)', async (asked, expected) => {
    server.answerBatch = () => ({ status: 429, headers: { 'Retry-After': asked } });
    laptop.spoolIds(1);
    await laptop.drainUntilFailure();
    expect([expected, expected + 1]).toContain(laptop.backoff().seconds);
  });

  it('is bounded in age, the oldest events going first', async () => {
    laptop.spool([{ query: 'event=Stop', body: '{"id":"old"}' }], { at: Date.now() - 8 * 86_400_000 });
    laptop.spool([{ query: 'event=Stop', body: '{"id":"week"}' }], { at: Date.now() - 6 * 86_400_000 });
    await laptop.drain();
    expect([server.ids, laptop.state('dropped/evicted-age')?.length]).toEqual([['week'], 1]);
  });

  it.each([['FILES', 3, 'evicted-files'], ['BYTES', 200, 'evicted-bytes']])('is bounded in %s, the oldest events going first', async (bound, value, reason) => {
    const part = readFileSync(join(laptop.home, 'hook.d/drain.sh'), 'utf8');
    laptop.write('.ai-memory/hook.d/drain.sh', part.replace(new RegExp(`^SPOOL_${bound}_MAX=\\d+$`, 'm'), `SPOOL_${bound}_MAX=${value}`));
    laptop.spoolIds(8);
    await laptop.drain();
    expect([server.ids, laptop.state(`dropped/${reason}`)?.length]).toEqual([[5, 6, 7], 5]);
  });

  it.each<[string, () => string]>([
    ['was killed', () => `999999999 ${now()}\n`],
    ['has said nothing for long', () => `${process.pid} ${now() - 200}\n`],
    ['was killed before it had said who it is', () => ''],
  ])('is taken over from a drainer that %s', async (_what, lock) => {
    laptop.write('.ai-memory/state/drain.lock', lock());
    laptop.spoolIds(1);
    await laptop.drain();
    expect([server.ids, laptop.state('drain.lock')]).toEqual([[0], undefined]);
  });

  it('may be somewhere with blanks and quotes in its name', async () => {
    const home = join(laptop.userHome, `a b'c"d\\e`);
    laptop.write(`a b'c"d\\e/config.toml`, `server_url = '${server.url}'\n`);
    await laptop.hook('claude-code', 'Stop', { id: 1 }, { env: { AI_MEMORY_HOME: home } });
    await eventually(() => expect(server.ids).toEqual([1]));
    await eventually(() => expect(laptop.events(home)).toEqual([]));
  });
});

describe('the spool', () => {
  beforeEach(() => {
    laptop = new Laptop();
    laptop.connect(server.url);
  });

  it.each<[string, Reply, string]>([
    ['408', { status: 408 }, '408 curl-0'],
    ['425', { status: 425 }, '425 curl-0'],
    ['429', { status: 429 }, '429 curl-0'],
    ['500', { status: 500 }, '500 curl-0'],
    ['503', { status: 503 }, '503 curl-0'],
    ['a redirection', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, '302 curl-0'],
    ['the page of a network to sign in to', { status: 200, body: '<html>"accepted"</html>' }, '200 nothing-accepted'],
    ['nothing', { status: 0 }, '000 curl-52'],
  ])('is kept for later where the server answers %s', async (_what, reply, error) => {
    server.answerBatch = () => reply;
    laptop.spoolIds(3);
    await laptop.drainUntilFailure();
    expect([laptop.leftIds(), laptop.state('last-error')!.replace(/^\d+ /, '').trim()]).toEqual([range(3), error]);
    expect(laptop.backoff()).toEqual({ seconds: expect.toSatisfy((seconds: number) => seconds >= 1 && seconds <= 2), fails: 1 });
  });

  it.each([401, 403, 404, 405])('is kept for when a person has seen to it where the server answers %i, and not sent again at once', async (status) => {
    server.answerBatch = () => ({ status });
    laptop.spoolIds(3);
    await laptop.drain();
    expect([laptop.leftIds(), server.requests.length]).toEqual([range(3), 1]);
    expect(laptop.state('last-error')).toMatch(new RegExp(`^\\d+ ${status} `));
    expect(laptop.backoff().seconds).toBeGreaterThanOrEqual(150);
  });

  it('is kept where nobody listens', async () => {
    laptop.connect('http://127.0.0.1:1');
    laptop.spoolIds(3);
    await laptop.drainUntilFailure();
    expect([laptop.leftIds(), laptop.state('last-error')!.replace(/^\d+ /, '')]).toEqual([range(3), '000 curl-7\n']);
  });

  it.each([
    [1, 2, 4], [4, 16, 32], [7, 128, 256], [8, 150, 300], [40, 150, 300],
  ])('is left alone after %i failures for between %i and %i seconds', async (fails, from, to) => {
    server.answerBatch = () => ({ status: 503 });
    laptop.write('.ai-memory/state/retry-after', `1 ${fails}\n`);
    laptop.spoolIds(1);
    await laptop.drainUntilFailure();
    expect(laptop.backoff()).toEqual({ seconds: expect.toSatisfy((seconds: number) => seconds >= from && seconds <= to), fails: fails + 1 });
  });

  it('is sent by itself when the server is back', async () => {
    let isBack = false;
    server.answerBatch = () => (isBack ? null : { status: 503 });
    laptop.takesItsTime();
    laptop.spoolIds(3);
    const drainer = laptop.startDrain();
    await eventually(() => expect(laptop.state('last-error')).toContain(' 503 '));
    isBack = true;
    expect((await drainer.ended).code).toBe(0);
    expect([server.ids, laptop.events(), laptop.state('retry-after'), laptop.state('last-error')]).toEqual([range(3), [], undefined, undefined]);
  });

  it('is left to the drainer that is at it', async () => {
    laptop.write('.ai-memory/state/drain.lock', `${process.pid} ${now()}\n`);
    laptop.spoolIds(1);
    await laptop.drain();
    expect([laptop.leftIds(), server.requests]).toEqual([[0], []]);
  });

  it('gives way to whoever has taken it over', async () => {
    server.answerBatch = () => {
      laptop.write('.ai-memory/state/drain.lock', `${process.pid} ${now()}\n`);
      return null;
    };
    laptop.spoolIds(600);
    await laptop.drain();
    expect([server.ids.length, laptop.state('drain.lock')]).toEqual([256, expect.stringContaining(String(process.pid))]);
  });
});
