import type { CommandHistory, CommandLedger } from './commands.js';
import { cited, codeSpan } from './markdown.js';
import { isStanding } from './open-questions.js';
import { testResultText } from './test-results.js';
import { counted, listed, listedUpTo } from './text.js';

const LINE_CHARS_MAX = 400;
const PATH_CHARS_MAX = 160;
const COMMAND_CHARS_MAX = 140;
const SHORT_COMMAND_CHARS_MAX = 70;
const FAILURES_MAX = 12;
const OTHER_COMMANDS_MAX = 6;
const LOOKS_MAX = 3;
const TESTS_MAX = 2;

/** The page's lines on what was run: failures first with what became of them, then tests, then the rest by count. */
export function commandLines(commands: CommandLedger): string[] {
  const histories = commands.histories;
  const failed = histories.filter((history) => history.failures > 0).toSorted((a, b) => urgency(a) - urgency(b));
  const lines = failed.slice(0, FAILURES_MAX).map(failureLine);
  if (failed.length > FAILURES_MAX) lines.push(`- … and ${counted(failed.length - FAILURES_MAX, 'other command')} that failed`);
  const tests = histories.filter((history) => history.failures === 0 && history.testsLast !== undefined);
  lines.push(...tests.slice(-TESTS_MAX).map((history) => `- ${codeSpan(history.line.text, COMMAND_CHARS_MAX)}: ${testsText(history)}${cited(history.lastPlace)}`));
  const others = histories.filter((history) => history.failures === 0 && history.line.kind !== 'git' && !tests.slice(-TESTS_MAX).includes(history)).toSorted((a, b) => b.runs - a.runs);
  lines.push(...lookLine(commands));
  return others.length === 0 ? lines : [...lines, `- Without a failure: ${listedUpTo(others.slice(0, OTHER_COMMANDS_MAX).map(runsText), OTHER_COMMANDS_MAX, others.length)}`];
}

function lookLine({ lookCount, looks }: CommandLedger): string[] {
  const shown = looks.slice(0, LOOKS_MAX).map((line) => codeSpan(line.text, SHORT_COMMAND_CHARS_MAX));
  return lookCount === 0 ? [] : [`- Looking around: ${listedUpTo(shown, LOOKS_MAX, Math.max(shown.length, lookCount))}`];
}

/** What still fails comes first, then what was mended, then what was let be. */
function urgency(history: CommandHistory): number {
  if (isStanding(history)) return 0;
  return history.fixedPlace !== undefined || history.followUp !== undefined ? 1 : 2;
}

function runsText({ line, runs, lastPlace }: CommandHistory): string {
  return `${codeSpan(line.text, SHORT_COMMAND_CHARS_MAX)}${runs > 1 ? ` ×${runs}` : ''}${cited(lastPlace)}`;
}

function testsText({ testsFirst, testsLast }: CommandHistory): string {
  const texts = [testsFirst, testsLast].filter((result) => result !== undefined).map(testResultText);
  return [...new Set(texts)].join(' → ');
}

function failureLine(history: CommandHistory): string {
  const { line, runs, failures, firstFailure } = history;
  const often = runs === 1 ? 'failed' : failures === runs ? `failed all ${runs} times` : `failed ${failures} of ${runs} times`;
  const why = firstFailure === undefined || firstFailure.reason === '' ? '' : `: ${codeSpan(firstFailure.reason, LINE_CHARS_MAX)}`;
  return `- ${codeSpan(line.text, COMMAND_CHARS_MAX)} ${often}${why}${cited(firstFailure?.place)}${outcomeText(history)}`;
}

/** What became of the failure. */
function outcomeText(history: CommandHistory): string {
  const tests = history.testsFirst === undefined ? '' : `; tests ${testsText(history)}`;
  if (history.fixedPlace !== undefined) {
    const after = history.changedBetween.map((path) => codeSpan(path, PATH_CHARS_MAX));
    return `${tests} – succeeded${after.length === 0 ? ' later' : ` after changes to ${listed(after)}`}${cited(history.fixedPlace)}`;
  }
  const { followUp } = history;
  if (followUp !== undefined) return `${tests} – ${followUp.isSuccess ? 'later' : 'given up with'} ${codeSpan(followUp.text, COMMAND_CHARS_MAX)}${followUp.isSuccess ? ' succeeded' : ''}${cited(followUp.place)}`;
  return isStanding(history) ? `${tests} – **still failing at the end**` : tests;
}
