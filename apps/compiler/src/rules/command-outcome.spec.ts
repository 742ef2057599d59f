import type { ToolUse } from '#libs/contracts';
import { describe, expect, it } from 'vitest';
import { readCommand } from './command-line.js';
import { commandOutcome, type CommandOutcome } from './command-outcome.js';

function outcomeOf(command: string, excerpt: string, outcome: ToolUse['outcome'] = 'unknown'): CommandOutcome {
  return commandOutcome({ name: 'Bash', family: 'shell', command, outcome, excerpt }, readCommand(command).kind);
}

describe('the reason of a failure', () => {
  it.each([
    ['fatal first', './x', 'error: Command failed: git clone\nfatal: repository does not exist\n    at run (a.js:1:2)', 'fatal: repository does not exist'],
    ['past the echoed prompt', './x', 'dev@host proj % ./x --bad\nerror: unknown option\ndev@host proj %', 'error: unknown option'],
    ['TypeScript', 'npx tsc', "a.ts(1,2): error TS2345: Argument 'x'", "a.ts(1,2): error TS2345: Argument 'x'"],
    ['eslint', 'npm run lint', '/a.ts\n  3:1  error  Nope  rule\n✖ 1 problem (1 error)', '3:1 error Nope rule'],
    ['Python', 'python a.py', 'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\npsycopg.errors.DeadlockDetected: deadlock', 'psycopg.errors.DeadlockDetected: deadlock'],
    ['Rust', 'cargo run', "thread 'main' panicked at src/main.rs:2:5:\nindex out of bounds", "thread 'main' panicked at src/main.rs:2:5:"],
    ['npm', 'npm run x', 'npm ERR! code ELIFECYCLE\nnpm ERR! Missing script: "x"', 'Missing script: "x"'],
    ['source lines are not reasons', 'bun a.ts', '12 |   throw new Error("x")\nError: x happened', 'Error: x happened'],
    ['git', 'git merge x', 'Auto-merging a\nCONFLICT (content): Merge conflict in a\nAutomatic merge failed', 'CONFLICT (content): Merge conflict in a'],
    ['the shell', './x', 'zsh: command not found: foo', 'zsh: command not found: foo'],
    ['colours', './x', '\u001b[31merror: red\u001b[0m', 'error: red'],
    ['nothing telling', './x', 'Exit code 1\nsomething odd', 'something odd'],
    ['no output', './x', '', ''],
  ])('%s', (_, command, excerpt, reason) => {
    expect(outcomeOf(command, excerpt, 'error')).toMatchObject({ hasFailed: true, reason });
  });

  it('names the test that failed and what it found', () => {
    const output = ' FAIL  a.test.ts > adds\nAssertionError: expected 1 to be 2 // Object.is equality\n     Tests  1 failed | 3 passed (4)';
    expect(outcomeOf('npm test', output, 'error')).toEqual({
      hasFailed: true, reason: 'a.test.ts > adds: AssertionError: expected 1 to be 2', tests: { passed: 3, failed: 1 },
    });
  });

  it('is never longer than a line can be', () => {
    expect(outcomeOf('./x', `error: ${'x'.repeat(5_000)}`).reason.length).toBeLessThanOrEqual(200);
  });
});

it.each([
  ['a failing test run reported as a success', 'bun test', ' 3 pass\n 2 fail', 'success', true],
  ['a passing test run whose output speaks of errors', 'bun test', 'error: shown by a test\n 3 pass\n 0 fail', 'unknown', false],
  ['an error at the end, reported as a success', 'git pull', 'hint: …\nfatal: Need to specify how', 'success', true],
  ['an error in the middle, reported as a success', './x', 'start\nerror: one of many\ndone', 'success', false],
  ['the same with no report', './x', 'start\nerror: one of many\ndone', 'unknown', true],
  ['an exit code', './x', 'Process exited with code 2\nOutput: hm', 'unknown', true],
  ['exit code zero', './x', 'error: ignored\nexit code: 0', 'unknown', false],
  ['cancelled', './x', 'q^C\n', 'unknown', true],
  ['looking at errors', 'cat log', 'error: in the log', 'unknown', false],
  ['looking that failed', 'grep x y', '', 'error', true],
  ['plain output', './x', 'deployed', 'unknown', false],
  ['words about failure', './x', '0 failed jobs', 'unknown', false],
] as const)('%s: failed is %5$s', (_, command, excerpt, outcome, hasFailed) => {
  expect(outcomeOf(command, excerpt, outcome).hasFailed).toBe(hasFailed);
});
