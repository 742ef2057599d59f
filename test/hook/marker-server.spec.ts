import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { HookServer } from './hook-server.js';
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

describe('an event', () => {
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
