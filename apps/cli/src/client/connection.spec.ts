import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ClientHome } from './client-home.js';
import { connectionOf } from './connection.js';
import { EXIT } from './failure.js';

const STORED = 'https://memory.example.com';
const OTHER = 'https://other.example.com';
const TOKEN = 'stored-token-of-thirty-two-characters';

let home: ClientHome;

beforeEach(() => {
  home = new ClientHome(join(mkdtempSync(join(tmpdir(), 'cli-home-')), 'home'));
});

describe('a command', () => {
  it.each([
    ['the option', { AI_MEMORY_SERVER_URL: 'https://env.example.com' }, OTHER, OTHER],
    ['the environment', { AI_MEMORY_SERVER_URL: OTHER }, undefined, OTHER],
    ['what is stored', {}, undefined, STORED],
  ])('asks the server that %s names', async (_what, config, named, expected) => {
    await home.keepLogin(STORED, undefined, new Date());
    expect(connectionOf(home, config, named).serverUrl).toBe(expected);
  });

  it('asks the local server where nothing is stored', () => {
    expect(connectionOf(home, {})).toEqual({ serverUrl: 'http://127.0.0.1:49374', token: undefined, tokenFrom: 'nowhere' });
  });

  it.each([[STORED, TOKEN, 'file'], [`${STORED}/memory`, TOKEN, 'file'], [OTHER, undefined, 'withheld'], ['http://memory.example.com', undefined, 'withheld']])('that is pointed at %s sends the stored token: %s', async (named, token, tokenFrom) => {
    await home.keepLogin(STORED, TOKEN, new Date());
    expect(connectionOf(home, {}, named)).toEqual({ serverUrl: named, token, tokenFrom });
  });

  it('sends the token of the environment before the stored one', async () => {
    await home.keepLogin(STORED, TOKEN, new Date());
    expect(connectionOf(home, { AI_MEMORY_AUTH_TOKEN: 'from-env' }, OTHER)).toMatchObject({ token: 'from-env', tokenFrom: 'environment' });
  });

  it('refuses an address that is none', () => {
    expect(() => connectionOf(home, {}, 'example.com')).toThrow(expect.objectContaining({ exitCode: EXIT.usage }));
  });
});
