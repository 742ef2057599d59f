import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isOlder, readVersion } from './agent-version.js';

describe('a version', () => {
  it.each([['0.144.9', '0.145.0', true], ['0.145.0', '0.145.0', false], ['0.169.0', '0.145.0', false], ['1.9', '1.10', true], ['2', '1.9.9', false], ['2.1', '2.1.76', true], ['2026.9.6', '2026.9.10', true]])('%s is older than %s: %j', (version, minimum, expected) => {
    expect(isOlder(version, minimum)).toBe(expected);
  });

  it.each([['echo "codex-cli 0.169.0"', '0.169.0'], ['echo "2.1.330 (Claude Code)"', '2.1.330'], ['echo 1.2 >&2', '1.2'], ['echo none', undefined], ['exit 1', undefined]])('is what the program says: %s', async (script, expected) => {
    const folder = mkdtempSync(join(tmpdir(), 'version-'));
    writeFileSync(join(folder, 'agent'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'agent'), 0o755);
    expect(await readVersion({ platform: 'linux', home: folder, variables: { PATH: `/nowhere:${folder}` } }, ['other', 'agent'])).toBe(expected);
  });
});
