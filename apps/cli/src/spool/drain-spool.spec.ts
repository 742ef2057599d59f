import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../client/server-client.js';
import { drainSpool, type Drained, type DrainOptions } from './drain-spool.js';
import { serverHomesOf } from './spool-paths.js';
import { readSpoolState } from './spool-state.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const SECONDS = NOW.getTime() / 1_000;

interface Item {
  url: string;
  body: { id: unknown };
}

let home: string;
let batches: Item[][];
let answerTo: (items: readonly Item[]) => Partial<Answer>;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'spool-'));
  batches = [];
  answerTo = (items) => accepted(items.length);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function accepted(count: number, more: object = {}): Partial<Answer> {
  return { text: JSON.stringify({ accepted: count, results: Array.from({ length: count }, (_, index) => ({ index, outcome: 'stored' })), ...more }) };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
}

function spool(bodies: readonly string[]): void {
  bodies.forEach((body, index) => write(`spool/${NOW.getTime()}${String(index).padStart(6, '0')}-7.event`, `event=Stop&ingest_key=k-${index}\n${body}\n`));
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

const spoolIds = (count: number): void => spool(range(count).map((id) => JSON.stringify({ id })));
const sentIds = (): unknown[] => batches.flat().map(({ body }) => body.id);
const state = (name: string): string | undefined => (existsSync(join(home, 'state', name)) ? readFileSync(join(home, 'state', name), 'utf8') : undefined);

function drain(more: Partial<DrainOptions> = {}): Promise<Drained> {
  const server: DrainOptions['server'] = {
    send: (path, request) => {
      const items = request!.body as Item[];
      const answer = { status: 200, text: '', headers: new Headers(), ...answerTo(items) };
      if (answer.status === 0) return Promise.reject(new Error('no answer'));
      if (answer.status === 200) batches.push(items);
      return path === '/hook/batch' && request!.method === 'POST' ? Promise.resolve(answer) : Promise.reject(new Error(path));
    },
  };
  return drainSpool({ home, server, now: () => NOW, random: () => 0.5, ...more });
}

describe('draining a spool', () => {
  it('sends all events, the oldest first, as many at a time as the server takes', async () => {
    spoolIds(600);
    const seen: string[] = [];
    expect(await drain({ onProgress: (done, events) => seen.push(`${done}/${events}`) })).toEqual({ sent: 600, dropped: {}, left: 0 });
    expect(batches.map((batch) => batch.length)).toEqual([256, 256, 88]);
    expect(sentIds()).toEqual(range(600));
    expect(batches[0]![3]).toEqual({ url: '/hook?event=Stop&ingest_key=k-3', body: { id: 3 } });
    expect([seen, state('drain.lock'), state('last-success')]).toEqual([['256/600', '512/600', '600/600'], undefined, `${SECONDS}\n`]);
  });

  it('does nothing where there is nothing', async () => {
    expect(await drain()).toEqual({ sent: 0, dropped: {}, left: 0 });
  });

  it('sends no request over 8 MiB but for an event that is larger alone', async () => {
    spool([3e6, 3e6, 3e6, 9e6, 1].map((bytes, id) => JSON.stringify({ id, text: 'x'.repeat(bytes) })));
    await drain();
    expect(batches.map((batch) => batch.map(({ body }) => body.id))).toEqual([[0, 1], [2], [3], [4]]);
  });

  it("keeps a session's events together and in order", async () => {
    spool(['{"id":1,"session_id":"a"}', '{"id":2,"sessionId":"b"}', '{"id":3,"session_id":"a"}', '{"id":4}', '{"id":5,"sessionId":"b"}', 'null']);
    await drain();
    expect(batches.flat().map(({ body }) => body?.id)).toEqual([1, 3, 2, 5, 4, undefined]);
  });

  it('gives up what is no event, counts it, and sends the rest', async () => {
    spool(['{"id":0}', '{"id":', '', '{"id":3}']);
    write('spool/notes.txt', 'not ours');
    expect(await drain()).toEqual({ sent: 2, dropped: { 'not-json': 1, empty: 1 }, left: 0 });
    expect([sentIds(), state('dropped/not-json'), readdirSync(join(home, 'spool'))]).toEqual([[0, 3], ' ', ['notes.txt']]);
  });

  it.each([400, 413, 422])('finds the one event that the server refuses with %i', async (status) => {
    answerTo = (items) => (items.some(({ body }) => body.id === 11) ? { status } : accepted(items.length));
    spoolIds(20);
    expect(await drain()).toEqual({ sent: 19, dropped: { [`http-${status}`]: 1 }, left: 0 });
    expect(sentIds()).toEqual(range(20).filter((id) => id !== 11));
  });

  it('counts what the server does not keep', async () => {
    answerTo = () => accepted(2, { results: [{ outcome: 'dropped_policy' }, { outcome: 'stored' }] });
    spoolIds(2);
    expect(await drain()).toEqual({ sent: 1, dropped: { dropped_policy: 1 }, left: 0 });
  });

  it.each<[string, Partial<Answer>, number[]]>([
    ['a first part of them', accepted(2, { failed_index: 2 }), [2, 3, 4]],
    ['some of them', { text: '{"accepted":1,"accepted_indices":[0,3,99,-1,"1"]}' }, [1, 2, 4]],
  ])('sends again what is left where the server answers for %s', async (_what, answer, left) => {
    answerTo = (items) => (batches.length === 0 ? answer : accepted(items.length));
    spoolIds(5);
    expect(await drain()).toMatchObject({ sent: 5, left: 0 });
    expect(batches[1]!.map(({ body }) => body.id)).toEqual(left);
  });

  it.each<[string, Partial<Answer>, string, number]>([
    ['503', { status: 503 }, '503 http', 2],
    ['429 with a time', { status: 429, headers: new Headers({ 'retry-after': '90' }) }, '429 http', 90],
    ['429 with an age', { status: 429, headers: new Headers({ 'retry-after': '86400' }) }, '429 http', 3_600],
    ['a redirection', { status: 302 }, '302 http', 2],
    ['401', { status: 401 }, '401 http', 225],
    ['404', { status: 404 }, '404 http', 225],
    ['another page', { status: 200, text: '<html>' }, '200 nothing-accepted', 2],
    ['null', { status: 200, text: 'null' }, '200 nothing-accepted', 2],
    ['nothing', { status: 0 }, '000 no-answer', 2],
  ])('keeps everything, and says for how long, where the server answers %s', async (_what, answer, error, seconds) => {
    answerTo = () => answer;
    spoolIds(3);
    expect(await drain()).toEqual({ sent: 0, dropped: {}, left: 3, status: answer.status });
    expect([state('retry-after'), state('last-error'), state('drain.lock')]).toEqual([`${SECONDS + seconds} 1\n`, `${SECONDS} ${error}\n`, undefined]);
  });

  it.each([[1, 3], [6, 96], [7, 192], [8, 225], [99, 225]])('waits longer after %i failures: %i seconds', async (failures, seconds) => {
    write('state/retry-after', `1 ${failures}\n`);
    answerTo = () => ({ status: 500 });
    spoolIds(1);
    await drain();
    expect(state('retry-after')).toBe(`${SECONDS + seconds} ${failures + 1}\n`);
  });

  it('forgets failures with the first success', async () => {
    write('state/retry-after', '1 5\n');
    write('state/last-error', '1 503 http\n');
    spoolIds(1);
    await drain();
    expect([state('retry-after'), state('last-error')]).toEqual([undefined, undefined]);
  });

  it("takes over from a hook's drainer, and gives way to one that takes over from it", async () => {
    write('state/drain.lock', `1 ${SECONDS}\n`);
    answerTo = (items) => {
      expect(state('drain.lock')).toBe(`${process.pid} ${SECONDS}\n`);
      write('state/drain.lock', `1 ${SECONDS}\n`);
      return accepted(items.length);
    };
    spoolIds(300);
    expect(await drain()).toEqual({ sent: 256, dropped: {}, left: 44 });
    expect(state('drain.lock')).toBe(`1 ${SECONDS}\n`);
  });

  it('passes over what another has sent meanwhile', async () => {
    answerTo = (items) => {
      rmSync(join(home, 'spool'), { recursive: true });
      return accepted(items.length);
    };
    spoolIds(300);
    expect(await drain()).toMatchObject({ left: 0 });
    expect(batches).toHaveLength(1);
  });

  it('leaves nothing that others could read', async () => {
    answerTo = () => ({ status: 500 });
    spool(['x', '{}']);
    await drain();
    const modeOf = (path: string): string => (statSync(join(home, 'state', path)).mode & 0o777).toString(8);
    expect(['retry-after', 'last-error', 'dropped', 'dropped/not-json'].map(modeOf)).toEqual(['600', '600', '700', '600']);
  });
});

describe('the state of a spool', () => {
  it('is empty where there is none', () => {
    expect(readSpoolState(home)).toEqual({ events: 0, bytes: 0, oldestAt: null, lastSuccessAt: null, lastError: null, retryAt: null, failures: 0, drainer: null, dropped: [] });
  });

  it('is what hooks and drainers have written', () => {
    spool(['{"id":1}', '{"id":2}']);
    const files = { 'last-success': '1700000000', 'last-error': '1700000100 000 curl-7', 'retry-after': '1700000200 4', 'drain.lock': '4711 1700000300', 'dropped/http-400': '   ' };
    for (const [name, text] of Object.entries(files)) write(`state/${name}`, name.startsWith('dropped') ? text : `${text}\n`);
    expect(readSpoolState(home)).toEqual({
      events: 2, bytes: 70, oldestAt: NOW, lastSuccessAt: new Date(1_700_000_000_000), lastError: { at: new Date(1_700_000_100_000), status: 0, detail: 'curl-7' },
      retryAt: new Date(1_700_000_200_000), failures: 4, drainer: { pid: 4711, beatAt: new Date(1_700_000_300_000) }, dropped: [{ reason: 'http-400', events: 3, lastAt: expect.any(Date) }],
    });
  });

  it.each(['', ' ', 'x', '1'])('is read from files with %j in them, as a write that was cut short leaves them', (text) => {
    for (const name of ['last-success', 'last-error', 'retry-after', 'drain.lock']) write(`state/${name}`, text);
    expect(readSpoolState(home)).toMatchObject({ events: 0, drainer: null, failures: 0 });
  });
});

describe('client homes', () => {
  it('are the one, and those of the servers that markers may name', () => {
    expect(serverHomesOf(home)).toEqual([home]);
    for (const name of ['work', 'lab']) write(`servers/${name}/config.toml`, '');
    expect(serverHomesOf(home)).toEqual([home, join(home, 'servers/lab'), join(home, 'servers/work')]);
  });
});
