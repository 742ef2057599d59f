import { linesOf } from './text.js';

/** What a test run reported of itself. */
export interface TestResult {
  passed: number;
  failed: number;
}

type Reading = { pattern: RegExp; passed?: string; failed?: string };

/** Summary lines of test runners; the last line that one of them knows wins. */
const SUMMARIES: readonly Reading[] = [
  // vitest: `Tests  2 failed | 10 passed (12)`, jest: `Tests: 1 failed, 5 passed, 6 total`
  { pattern: /^\s*Tests:?\s+(?:(?<failed>\d+) failed)?(?:[\s|,]*\d+ (?:skipped|todo))*[\s|,]*(?:(?<passed>\d+) passed)?.*(?:\(\d+\)|total)/ },
  // pytest: `== 1 failed, 12 passed in 0.3s ==`; also `12 passed, 1 failed` as many scripts print
  { pattern: /(?:^|[\s=])(?<failed>\d+) failed,? (?:and )?(?<passed>\d+) passed\b/ },
  { pattern: /(?:^|[\s=])(?<passed>\d+) passed,? (?:and )?(?<failed>\d+) failed\b/ },
  { pattern: /^=+ (?<passed>\d+) passed\b.* in .*s/ },
  { pattern: /^=+ (?<failed>\d+) failed\b.* in .*s/ },
  // cargo: `test result: FAILED. 3 passed; 1 failed; …`
  { pattern: /^test result: \w+\. (?<passed>\d+) passed; (?<failed>\d+) failed/ },
  // rspec, ExUnit, minitest, PHPUnit, .NET, Maven
  { pattern: /(?<total>\d+) (?:examples?|tests?|runs?)(?:, \d+ assertions)?, (?<failed>\d+) failures?/ },
  { pattern: /^Tests: (?<total>\d+), Assertions: \d+(?:, \w+: \d+)*, Failures: (?<failed>\d+)/ },
  { pattern: /^OK \((?<passed>\d+) tests?/ },
  { pattern: /(?:Passed|Failed)!\s+-\s+Failed:\s+(?<failed>\d+), Passed:\s+(?<passed>\d+)/ },
  { pattern: /Tests run: (?<total>\d+), Failures: (?<failed>\d+)/ },
];

/** Runners that print one count a line: bun, mocha and node's own. */
const PASSED_LINE = /^\s*(?:(\d+) pass(?:ing)?\b|[#ℹ] pass (\d+)$)/;
const FAILED_LINE = /^\s*(?:(\d+) fail(?:ing)?\b|[#ℹ] fail (\d+)$)/;

function fromSummary(lines: readonly string[]): TestResult | undefined {
  for (const line of lines.toReversed()) {
    for (const { pattern } of SUMMARIES) {
      const groups = pattern.exec(line)?.groups;
      if (groups === undefined || (groups.passed ?? groups.failed ?? groups.total) === undefined) continue;
      const failed = Number(groups.failed ?? 0);
      return { passed: groups.total === undefined ? Number(groups.passed ?? 0) : Number(groups.total) - failed, failed };
    }
  }
  return undefined;
}

function lastCount(lines: readonly string[], pattern: RegExp): number | undefined {
  for (const line of lines.toReversed()) {
    const match = pattern.exec(line);
    if (match !== null) return Number(match[1] ?? match[2]);
  }
  return undefined;
}

/** The counts that a test runner's output ends with; undefined where it names none. */
export function readTestResult(output: string): TestResult | undefined {
  const lines = linesOf(output);
  const passed = lastCount(lines, PASSED_LINE);
  const failed = lastCount(lines, FAILED_LINE);
  if (passed !== undefined) return { passed, failed: failed ?? 0 };
  return fromSummary(lines) ?? (failed === undefined ? undefined : { passed: 0, failed });
}

export function testResultText({ passed, failed }: TestResult): string {
  if (failed === 0) return `${passed} passed`;
  return passed === 0 ? `${failed} failed` : `${failed} failed, ${passed} passed`;
}
