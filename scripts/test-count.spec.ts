import { expect, it } from 'vitest';
import { countTests } from './test-count.mjs';

const file = (status: string, ...tests: string[]) => ({ status, assertionResults: tests.map((test) => ({ status: test })) });

it.each([
  ['all passed', [file('passed', 'passed', 'passed')], 0, { passed: 2, failed: 0 }],
  ['one failed', [file('failed', 'passed', 'failed')], 1, { passed: 1, failed: 1 }],
  ['skipped tests', [file('passed', 'passed', 'skipped', 'todo')], 0, { passed: 1, failed: 2 }],
  ['a file that does not load', [file('passed', 'passed'), file('failed')], 1, { passed: 1, failed: 1 }],
  ['a hook that failed after its tests', [file('failed', 'passed')], 1, { passed: 1, failed: 1 }],
  ['an error outside of tests', [file('passed', 'passed')], 1, { passed: 1, failed: 1 }],
])('counts %s', (_, testResults, exitCode, expected) => {
  expect(countTests({ testResults }, exitCode)).toEqual(expected);
});

it('counts a run without a report as one failure', () => {
  expect(countTests(undefined, 1)).toEqual({ passed: 0, failed: 1 });
});
