import type { ToolUse } from '#libs/contracts';
import { describe, expect, it } from 'vitest';
import { CommandLedger } from './commands.js';

type Run = [command: string, outcome: ToolUse['outcome'], excerpt?: string];

function ledgerOf(runs: readonly Run[]): CommandLedger {
  const ledger = new CommandLedger();
  for (const [index, [command, outcome, excerpt = '']] of runs.entries()) {
    ledger.add({ tool: { name: 'Bash', family: 'shell', command, outcome, excerpt }, title: '', place: index + 1, endPlace: index + 1, isSubagent: false, isFinished: true });
  }
  return ledger;
}

function unresolved(runs: readonly Run[]): string[] {
  return ledgerOf(runs).unresolved.map((history) => history.line.text);
}

describe('what became of a failure', () => {
  it('is a fix where the same command succeeds later, with the files changed since it last failed', () => {
    const ledger = new CommandLedger();
    const run = (place: number, outcome: ToolUse['outcome'], excerpt: string): unknown =>
      ledger.add({ tool: { name: 'Bash', family: 'shell', command: 'npm test', outcome, excerpt }, title: '', place, endPlace: place, isSubagent: false, isFinished: true });
    run(1, 'error', 'Tests  2 failed | 1 passed (3)\nAssertionError: a');
    ledger.noteChange('wrong.ts');
    run(2, 'error', 'Tests  1 failed | 2 passed (3)\nAssertionError: b');
    ledger.noteChange('right.ts');
    run(3, 'success', 'Tests  3 passed (3)');
    expect(ledger.histories[0]).toMatchObject({
      runs: 3, failures: 2, isFailing: false, fixedPlace: 3, changedBetween: ['right.ts'],
      firstFailure: { place: 1, reason: 'AssertionError: a' }, testsFirst: { failed: 2, passed: 1 }, testsLast: { failed: 0, passed: 3 },
    });
  });

  it.each<[string, Run[], string | undefined]>([
    ['another form of the same attempt', [['depot pr', 'error', 'Error: x'], ['depot pr --path .', 'success']], 'depot pr --path .'],
    ['another subcommand', [['depot pr', 'error', 'Error: x'], ['depot list', 'success']], undefined],
    ['a push again', [['git push', 'error', 'fatal: no upstream'], ['git push -u origin a', 'success']], 'git push -u origin a'],
    ['another checkout', [['git checkout a', 'error', 'error: local changes'], ['git checkout b', 'success']], undefined],
    ['a merge that is committed', [['git merge a', 'error', 'CONFLICT (content): a'], ['git commit -m "merge"', 'success']], 'git commit -m "merge"'],
    ['a merge that is given up', [['git merge a', 'error', 'CONFLICT (content): a'], ['git merge --abort', 'success']], 'git merge --abort'],
    ['all tests after some of them', [['bun test a.ts', 'error', '1 fail'], ['bun test', 'success', '9 pass']], 'bun test'],
    ['some tests after all of them', [['bun test', 'error', '1 fail'], ['bun test a.ts', 'success', '9 pass']], undefined],
  ])('%s', (_, runs, followUp) => {
    expect(ledgerOf(runs).histories[0]?.followUp?.text).toBe(followUp);
  });
});

it.each<[string, Run[], string[]]>([
  ['a test that fails to the end', [['npm test', 'error', 'Error: x']], ['npm test']],
  ['a test that fails again after passing', [['npm test', 'success'], ['npm test', 'error']], ['npm test']],
  ['an option that does not exist', [['foo --bad', 'error', "error: unknown option '--bad'"]], []],
  ['a program that is not there', [['foo', 'error', 'zsh: command not found: foo']], []],
  ['looking for nothing', [['grep x y', 'error'], ['ls nowhere', 'error', 'No such file or directory']], []],
  ['two failures, the later one last', [['./a', 'error', 'Error: a'], ['./b', 'error', 'Error: b'], ['./a', 'error', 'Error: a']], ['./b', './a']],
])('leaves open: %s', (_, runs, expected) => {
  expect(unresolved(runs)).toEqual(expected);
});

it('remembers failures and tests longer than what went well', () => {
  const others = Array.from({ length: 1_000 }, (_, index): Run => [`./step-${index}`, 'success']);
  const ledger = ledgerOf([['npm test', 'success', 'Tests  3 passed (3)'], ['./deploy', 'error', 'Error: no route'], ...others]);
  expect(ledger.histories.length).toBeLessThanOrEqual(240);
  expect(ledger.histories.map((history) => history.line.text)).toEqual(expect.arrayContaining(['npm test', './deploy']));
  expect(ledger.runs).toBe(1_002);
});
