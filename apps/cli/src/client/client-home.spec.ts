import { chmodSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ClientHome, digestOf } from './client-home.js';

const URL = 'https://memory.example.com';
const NOW = new Date('2026-11-23T10:00:00Z');
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

let home: ClientHome;

beforeEach(() => {
  home = new ClientHome(join(mkdtempSync(join(tmpdir(), 'cli-home-')), 'home'));
});

describe('what the command keeps', () => {
  it('is for its owner alone', async () => {
    await home.keepLogin(URL, 'secret', NOW);
    expect([home.path, home.configPath, home.tokenPath].map(modeOf)).toEqual(['700', '600', '600']);
  });

  it('is closed to others where it stood open', async () => {
    mkdirSync(home.path, { recursive: true });
    chmodSync(home.path, 0o755);
    writeFileSync(home.tokenPath, 'old', { mode: 0o644 });
    await home.keepLogin(URL, 'secret', NOW);
    expect([home.path, home.tokenPath].map(modeOf)).toEqual(['700', '600']);
  });

  it('has the token, where it is for, and that it was right, but not twice', async () => {
    await home.keepLogin(URL, 'secret', NOW);
    expect(home.readConfig()).toEqual({ server_url: URL });
    expect(home.readToken()).toBe('secret');
    expect(home.readLogin()).toEqual({ server_url: URL, accepted_at: NOW.toISOString(), token_sha256: digestOf('secret') });
    expect(readFileSync(join(home.path, 'state', 'login.json'), 'utf8')).not.toContain('secret"');
  });

  it('loses the token at logout and nothing else', async () => {
    await home.keepLogin(URL, 'secret', NOW);
    expect(await home.forgetToken()).toBe(true);
    expect([home.readToken(), home.readLogin(), home.readConfig()]).toEqual([undefined, undefined, { server_url: URL }]);
    expect(await home.forgetToken()).toBe(false);
  });

  it('never has the old token beside the new server', async () => {
    await home.keepLogin(URL, 'secret', NOW);
    await home.keepLogin('https://other.example.com', undefined, NOW);
    expect(home.readToken()).toBeUndefined();
  });

  it('is not overwritten where it can not be read', async () => {
    await home.ensure();
    writeFileSync(home.configPath, 'server_url = [broken');
    await expect(home.writeSetting('server_url', URL)).rejects.toThrow('is not valid TOML');
    expect(readFileSync(home.configPath, 'utf8')).toBe('server_url = [broken');
  });
});
