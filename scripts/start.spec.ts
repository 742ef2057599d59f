import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const start = (...args: string[]) => spawnSync(process.execPath, [join(import.meta.dirname, 'start.mjs'), ...args], { encoding: 'utf8' });

it('refuses an option that it does not know in one line', () => {
  expect(start('--nonsense')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/^.*--nonsense.*\n$/) });
});

it('explains its options and settings', () => {
  expect(start('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('AI_MEMORY_DATA_DIR') });
});
