import { existsSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { HookServer, type Reply } from './hook-server.js';
import { Laptop } from './laptop.js';

let laptop: Laptop;
let server: HookServer;

beforeEach(async () => {
  server = await HookServer.start();
  laptop = new Laptop();
  laptop.connect(server.url, 'secret-token');
});
afterEach(() => {
  laptop.stop();
  server.stop();
});

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

const now = (): number => Math.floor(Date.now() / 1_000);

describe('sending', () => {
  it('shows neither token nor address to the other people of the machine', async () => {
    const seen = join(laptop.userHome, 'seen');
    laptop.writeProgram('curl', `#!/bin/sh\n{ printf '%s ' "$@"; env; } >>'${seen}'\nPATH='${process.env.PATH}' exec curl "$@"\n`);
    await laptop.hook('claude-code', 'SessionStart', { id: 0 });
    await laptop.drain();
    expect(new Set(server.requests.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer secret-token']));
    expect(readFileSync(seen, 'utf8')).toContain('--max-time');
    expect(readFileSync(seen, 'utf8')).not.toMatch(new RegExp(`secret-token|${new URL(server.url).host}`));
  });

  it('needs no token where there is none', async () => {
    laptop.write('.ai-memory/token', '');
    laptop.spoolIds(1);
    await laptop.drain();
    expect(server.requests).toEqual([{ line: 'POST /hook/batch', authorization: undefined }]);
  });

  it('takes what another settles while it reads it for done, and goes on', async () => {
    laptop.spoolIds(3);
    laptop.writeProgram('awk', `#!/bin/sh\ncase "$*" in *batch.awk*) [ -e '${laptop.userHome}/settled' ] || { : >'${laptop.userHome}/settled'; rm -f "$(ls [1-9]*.event | head -1)"; } ;; esac\nPATH='${process.env.PATH}' exec awk "$@"\n`);
    laptop.writeProgram('sleep', `#!/bin/sh\necho "$1" >>'${laptop.userHome}/slept'\n`);
    await laptop.drain();
    expect([server.ids, laptop.events()]).toEqual([[1, 2], []]);
    // For a moment each, in case more comes; not as after a failure.
    expect(new Set(readFileSync(join(laptop.userHome, 'slept'), 'utf8').trim().split('\n'))).toEqual(new Set(['1']));
  });

  it('waits until there is a server to send to', async () => {
    laptop = new Laptop();
    await laptop.hook('claude-code', 'Stop', { id: 0 });
    await laptop.drain();
    expect([laptop.leftIds(), laptop.state('drain.lock')]).toEqual([[0], undefined]);
  });

  it('does not bring back a client home that is gone', async () => {
    expect(await laptop.drain()).toMatchObject({ code: 0 });
    expect(existsSync(join(laptop.home, 'spool'))).toBe(false);
  });

  it('works by Node where there is no curl', async () => {
    laptop.hasOnly('sh', 'awk', 'cat', 'mv', 'rm', 'date', 'find', 'wc', 'ls', 'od', 'tr', 'sed', 'sleep', 'mkdir', 'ln', 'node');
    laptop.spoolIds(3);
    await laptop.drain();
    expect([server.ids, server.requests[0]]).toEqual([range(3), { line: 'POST /hook/batch', authorization: 'Bearer secret-token' }]);
    server.answerBatch = () => ({ status: 429, headers: { 'retry-after': '77' } });
    laptop.spoolIds(3);
    await laptop.drainUntilFailure();
    expect([laptop.leftIds(), laptop.backoff().seconds]).toEqual([range(3), 77]);
  });

  it('begins with the event, in the background, also while the server is slow', async () => {
    let release = (): void => undefined;
    server.answerBatch = () => new Promise((resolve) => (release = () => resolve(null)));
    for (const id of range(3)) expect(await laptop.hook('claude-code', 'Stop', { id })).toEqual({ code: 0, stdout: '', stderr: '' });
    await eventually(() => expect(server.requests).toHaveLength(1));
    expect(laptop.leftIds()).toEqual(range(3));
    server.answerBatch = () => null;
    release();
    await eventually(() => expect([[...new Set(server.ids)], laptop.events()]).toEqual([range(3), []]));
  });

  it.each<[string, Reply]>([['500', { status: 500 }], ['401', { status: 401 }]])('is not begun by an event while the server is left alone after a %s, and is by a new token', async (_what, reply) => {
    server.answerBatch = () => reply;
    laptop.write('.ai-memory/state/retry-after', `${now() + 200} 8\n`);
    await laptop.hook('claude-code', 'Stop', { id: 0 });
    expect([laptop.leftIds(), laptop.state('drain.lock'), server.requests]).toEqual([[0], undefined, []]);
    server.answerBatch = () => null;
    utimesSync(join(laptop.home, 'token'), now() + 5, now() + 5);
    await laptop.hook('claude-code', 'Stop', { id: 1 });
    await eventually(() => expect(server.ids).toEqual([0, 1]));
  });

  it('goes to the server that a marker names, with the token of that one alone', async () => {
    const other = await HookServer.start();
    try {
      laptop.write('work/.ai-memory.toml', 'server = "work"');
      laptop.write('.ai-memory/servers/work/config.toml', `server_url = "${other.url}"\n`);
      laptop.write('.ai-memory/servers/work/token', 'token-of-work\n');
      await laptop.hook('claude-code', 'Stop', { id: 1, cwd: join(laptop.userHome, 'work') });
      await eventually(() => expect(other.ids).toEqual([1]));
      expect([other.requests[0]!.authorization, server.requests]).toEqual(['Bearer token-of-work', []]);
    } finally {
      other.stop();
    }
  });
});
