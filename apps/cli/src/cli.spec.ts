import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { Cli, type GlobalOptions } from './cli.js';
import type { World } from './world.js';

let homeDir: string;

beforeEach(() => {
  homeDir = realpathSync(mkdtempSync(join(tmpdir(), 'cli-')));
});

function cli(options: GlobalOptions = {}, config: World['config'] = {}): Cli {
  const sink = { write: () => true };
  return new Cli({ config, variables: {}, self: ['ai-memory'], cwd: homeDir, homeDir, platform: 'linux', stdin: Readable.from([]), stdout: sink, stderr: sink, now: () => new Date() }, options);
}

async function setUp(profile?: string): Promise<void> {
  const { home } = cli();
  await (profile ? home.profile(profile) : home).keepLogin(`https://${profile ?? 'main'}.example.com`, `token-of-${profile ?? 'main'}`, new Date());
}

function mark(text: string): void {
  writeFileSync(join(homeDir, '.ai-memory.toml'), text);
}

describe('one run of a command', () => {
  it('keeps its things in the home folder, or where it is told', () => {
    expect([cli().home.path, cli({}, { AI_MEMORY_HOME: '/srv/memory' }).home.path, cli({}, { AI_MEMORY_HOME: 'here' }).home.path]).toEqual([join(homeDir, '.ai-memory'), '/srv/memory', join(homeDir, 'here')]);
  });

  it.each([
    ['none', undefined, {}, 'main'], ["the marker's", 'server = "work"', {}, 'work'], ["the option's", undefined, { profile: 'work' }, 'work'], ["the option's before the marker's", 'server = "other"', { profile: 'work' }, 'work'],
  ])('speaks to the server of %s profile, with its token', async (_what, marker, options, expected) => {
    await setUp();
    await setUp('work');
    if (marker) mark(marker);
    expect(cli(options).connection()).toMatchObject({ serverUrl: `https://${expected}.example.com`, token: `token-of-${expected}` });
  });

  it('speaks to none where the marker names one that is not set up', async () => {
    await setUp();
    mark('server = "work"');
    expect(() => cli().connection()).toThrow('ai-memory login --profile work');
  });

  it.each(['../..', 'A', ''])('takes no profile called %j', (profile) => {
    expect(() => cli({ profile }).connection()).toThrow('profile');
  });

  it('reads from the project that the marker names, without asking the server', async () => {
    mark('workspace = "acme"\nproject = "api"');
    expect(await cli().findScope()).toEqual({ workspace: 'acme', project: 'api', from: 'marker' });
  });
});
