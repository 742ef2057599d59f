import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileSession } from '../../apps/compiler/src/rules/compile-session.js';
import { readWritten } from '../../apps/compiler/src/rules/golden/written-session.js';
import { coverageOfWritten, failuresIn, STORIES } from './coverage-of-sessions.js';
import { eventsOfExport } from './cursor-export.js';
import { sessionOf } from './exported-session.js';
import { coverageOf, share, SUBJECTS, totalOf } from './session-key.js';

describe('what pages say of the written sessions, against keys made by hand', () => {
  it('has a key for every story', async () => {
    expect([...(await coverageOfWritten()).keys()]).toEqual(readdirSync(STORIES).filter((file) => file.endsWith('.story.txt')).map((file) => file.replace('.story.txt', '')).toSorted());
  });

  it('is at least 95 % of the keys, and at most 2 % of it is in none', async () => {
    const measured = await coverageOfWritten();
    const coverages = [...measured.values()];
    const failures = failuresIn(measured);
    const { found, expected, wrong, stated } = totalOf(coverages);
    expect(found / expected, failures.join('\n')).toBeGreaterThanOrEqual(0.95);
    expect(wrong / stated, failures.join('\n')).toBeLessThanOrEqual(0.02);
    for (const subject of SUBJECTS) expect(share(coverages, subject).expected, subject).toBeGreaterThan(10);
  });

  it('counts what a key misses and what it does not have', async () => {
    const compiled = await compileSession(sessionOf('codex', readWritten('user: Fix the login\nedit src/a.ts\nagent: Done.'), '/home/dev/shop'));
    if (compiled.kind === 'ephemeral') throw new Error('It left nothing.');
    const { files, goal } = coverageOf(compiled, { goal: ['the login'], files: ['src/b.ts'], failures: [], decisions: [], next: [], also: [] });
    expect(goal).toMatchObject({ missing: [], wrong: [] });
    expect(files).toMatchObject({ expected: 1, missing: ['src/b.ts'], stated: 1, wrong: ['- `src/a.ts` – 1 edit [#3]'] });
  });
});

it('reads an export as the events that its agent would have sent', () => {
  const text = ['# T', '_**User**_', 'fix it', '---', '_**Assistant**_', 'I look.', '---', 'Read file: a.ts', '---', '```bash', 'npm test', '```', '', '```', '1 pass', '```', '---', '```diff', '+ ```x', '+ a', '```', '---', 'Done.'].join('\n');
  expect(eventsOfExport(text)).toEqual([
    { event: 'UserPromptSubmit', payload: { prompt: 'fix it' } },
    { event: 'PostToolUse', payload: { tool_name: 'Read', tool_input: { file_path: 'a.ts' }, tool_response: '' } },
    { event: 'PostToolUse', payload: { tool_name: 'Bash', tool_input: { command: 'npm test' }, tool_response: '1 pass\n' } },
    { event: 'PostToolUse', payload: { tool_name: 'Edit', tool_input: {}, tool_response: '+ ```x\n+ a' } },
    { event: 'Stop', payload: { last_assistant_message: 'Done.' } },
    { event: 'SessionEnd', payload: { reason: 'other' } },
  ]);
});
