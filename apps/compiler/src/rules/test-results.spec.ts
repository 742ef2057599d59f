import { expect, it } from 'vitest';
import { readTestResult, testResultText } from './test-results.js';

it.each([
  ['vitest', ' Test Files  1 failed | 3 passed (4)\n      Tests  2 failed | 10 passed (12)\n   Start at  10:00', 10, 2],
  ['vitest, all passing', '      Tests  23 passed (23)', 23, 0],
  ['vitest with skipped', '      Tests  1 failed | 4 skipped | 10 passed (15)', 10, 1],
  ['jest', 'Tests:       1 failed, 5 passed, 6 total', 5, 1],
  ['jest, all passing', 'Test Suites: 3 passed, 3 total\nTests:       148 passed, 148 total', 148, 0],
  ['bun', ' 28 pass\n 0 fail\n 64 expect() calls', 28, 0],
  ['bun, failing', ' 2 pass\n 3 fail', 2, 3],
  ['mocha', '  12 passing (30ms)\n  1 failing', 12, 1],
  ['node', 'ℹ tests 3\nℹ pass 2\nℹ fail 1', 2, 1],
  ['node, tap', '# pass 12\n# fail 0', 12, 0],
  ['pytest', '=========== 1 failed, 12 passed in 0.30s ===========', 12, 1],
  ['pytest, all passing', '============= 31 passed in 12.40s =============', 31, 0],
  ['pytest, all failing', '============= 2 failed in 0.10s =============', 0, 2],
  ['cargo', 'test result: FAILED. 3 passed; 1 failed; 0 ignored', 3, 1],
  ['rspec', '10 examples, 2 failures', 8, 2],
  ['PHPUnit', 'Tests: 10, Assertions: 20, Failures: 1.', 9, 1],
  ['PHPUnit, all passing', 'OK (10 tests, 20 assertions)', 10, 0],
  ['.NET', 'Failed!  - Failed:     1, Passed:    11, Skipped:     0', 11, 1],
  ['Maven', 'Tests run: 12, Failures: 2, Errors: 0', 10, 2],
  ['a plain script', '12 passed, 1 failed', 12, 1],
])('reads the counts of %s', (_, output, passed, failed) => {
  expect(readTestResult(output)).toEqual({ passed, failed });
});

it.each(['', 'all good', 'bun test v1.2', 'Tests are in the folder tests', 'passed'])('reads nothing out of %j', (output) => {
  expect(readTestResult(output)).toBeUndefined();
});

it.each([[{ passed: 3, failed: 0 }, '3 passed'], [{ passed: 0, failed: 2 }, '2 failed'], [{ passed: 3, failed: 2 }, '2 failed, 3 passed']])('%j reads %j', (result, text) => {
  expect(testResultText(result)).toBe(text);
});
