import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Laptop } from './command-line.js';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

describe('the npm package', () => {
  it('holds all that the command needs, with the versions of the product', async () => {
    const laptop = new Laptop();
    const folder = join(laptop.homeDir, 'package');
    execFileSync(process.execPath, [fromRoot('apps/cli/npm/pack.mjs'), folder]);
    const { dependencies, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { dependencies: Record<string, string>; version: string };
    expect(Object.keys(dependencies)).toContain('commander');
    symlinkSync(fromRoot('node_modules'), join(folder, 'node_modules'));
    const ran = execFileSync(process.execPath, [join(folder, 'dist/apps/cli/src/main.js'), 'install-hooks', '--agent', 'codex', '--apply', '--json'], { env: laptop.environment(), encoding: 'utf8' });
    expect(JSON.parse(ran)).toMatchObject({ outcomes: [{ agent: 'codex', is_applied: true }] });
    expect(execFileSync(process.execPath, [join(folder, 'dist/apps/cli/src/main.js'), '--version'], { encoding: 'utf8' }).trim()).toBe(version);
  });
});
