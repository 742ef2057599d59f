import type { ToolUse } from '#libs/contracts';
import type { CommandKind } from './command-line.js';
import { readTestResult, type TestResult } from './test-results.js';
import { clamp, linesOf, oneLine } from './text.js';

export interface CommandOutcome {
  hasFailed: boolean;
  /** The line of the output that tells why, as it was printed; empty where none does. */
  reason: string;
  tests?: TestResult;
}

/** How test runners mark a test that failed. */
const FAILED_TEST = /^\s*(?:FAIL|FAILED|✗|✘|×|✖|●|not ok(?: \d+ -)?|--- FAIL:|\(fail\))\s+(?!Tests?\b)(\S.*)/;

/** How a line shows an error, the most telling first. */
const TELLING: readonly RegExp[] = [
  /^\s*(?:fatal|panic|Fatal error|FATAL ERROR|FATAL)\b[: ]/,
  /^\s*\d+:\d+\s+error\s+\S|\bpanicked at\b|^Exception in thread\b|\berror(?: TS\d+|\[E\d+\]|\[\w+\]):|^\S+:\d+(?::\d+)?: (?:fatal )?error: /,
  /^\s*(?:\w+\.)*\w*(?:Error|Exception)(?: \[\w+\])?: \S/,
  /^\s*(?:E {2,}|Error |error:|ERROR:|ERROR )\s*\S/,
  /^CONFLICT \(|^Automatic merge failed|\[rejected\]|[Pp]ermission denied\b|command not found|is not recognized as|[Nn]o such file or directory|^\S+: not found$|Module not found|Cannot find module|Script not found|Connection refused|ECONNREFUSED|EADDRINUSE|Segmentation fault|^Killed$|^Aborting$/,
  /\b(?:error|ERROR|Error): \S/,
  /^\s+[\w./-]+_test\.go:\d+: \S/,
  /\bAssertion\b|\bexpected\b.*\b(?:received|to (?:be|equal|match|throw|have)|but got|actual)\b/i,
  FAILED_TEST,
  /\bnpm ERR! (?!code|errno|path|command|A complete log)|\bUnable to\b|\bCould not\b|\bCouldn'?t\b|\bcannot\b|\bnot found\b|\btimed? ?out\b|\bfailed\b/i,
];
/** The ranks below this one are errors even where no exit code was reported. */
const BEYOND_DOUBT = 5;
const NOISE = /^\s*(?:at\s|Traceback \(most recent|✖ \d+ problems?|Tests?(?: Files| Suites)?:?\s+\d|npm (?:ERR!|error) (?:code|errno|path|command|A complete log)|\d+ \||[\^~-]+$|Exit code:? \d+$|node:internal|Node\.js v|error Command failed with exit code|\[truncated|Process exited)/i;
const SOURCE_LINE = /^\s*\d+ \||\bthrow new |\bconsole\.error\(/;
const PROMPT_LINE = /^[\w.-]+@[\w.-]+[ :].*?[%$#](?:\s|$)/;
const EXIT_CODE = /(?:exit(?:ed)?(?: with)?(?: code| status)?|"?exit_code"?)[:=\s]+(?:code\s+)?(-?\d+)\b/i;
const CANCELLED = /(?:^|\s|[a-z])\^C\s*$|\bCommand timed out\b|\bInterrupted by user\b|\buser (?:rejected|interrupted|doesn't want)/im;
const REASON_CHARS_MAX = 200;

/** How much a line of output says about an error: 0 is most, undefined nothing. */
function rankOf(line: string): number | undefined {
  if (NOISE.test(line) || SOURCE_LINE.test(line) || PROMPT_LINE.test(line)) return undefined;
  const rank = TELLING.findIndex((pattern) => pattern.test(line));
  return rank === -1 ? undefined : rank;
}

function mostTelling(output: string): { line: string; rank: number } | undefined {
  let best: { line: string; rank: number } | undefined;
  let isInTraceback = false;
  for (const line of linesOf(output)) {
    // A Python traceback says what happened in its first line that is not indented.
    const endsTraceback: boolean = isInTraceback && /^\S/.test(line);
    isInTraceback = line.startsWith('Traceback (most recent') || (isInTraceback && !endsTraceback);
    const rank = endsTraceback ? 0 : rankOf(line);
    if (rank !== undefined && (best === undefined || rank < best.rank)) best = { line, rank };
  }
  return best;
}

function tidied(line: string): string {
  const bare = line.replace(/^\s*(?:E {2,}|npm (?:ERR!|error)\s+)/, '').replace(/ \/\/ Object\.is equality$/, '');
  return clamp(oneLine(bare).replace(/\s*(?:\[\d+(?:\.\d+)?m?s\]|\(\d+(?:\.\d+)?m?s\))$/, ''), REASON_CHARS_MAX);
}

function meaningfulLines(output: string): string[] {
  return linesOf(output).filter((line) => line.trim() !== '' && !NOISE.test(line) && !PROMPT_LINE.test(line));
}

/** Whether the output opens or closes with an error: what a program says in between may be about something else. */
function isFramedByError(output: string): boolean {
  const lines = meaningfulLines(output);
  return [lines[0], lines.at(-1)].some((line) => (rankOf(line ?? '') ?? BEYOND_DOUBT) < BEYOND_DOUBT);
}

/**
 * Why a command failed, if it did. What the agent reported counts first; where it reported nothing, or reports success of
 * a command whose output opens or closes with an error, the output decides. A command that only looks never fails by its output.
 */
export function commandOutcome(tool: ToolUse, kind: CommandKind): CommandOutcome {
  const output = tool.excerpt ?? '';
  const tests = kind === 'test' ? readTestResult(output) : undefined;
  const hasFailed = tests !== undefined && tool.outcome !== 'error' ? tests.failed > 0 : hasErrorIn(output, tool.outcome, kind);
  return { hasFailed, reason: hasFailed ? reasonIn(output, kind) : '', ...(tests === undefined ? {} : { tests }) };
}

function hasErrorIn(output: string, outcome: ToolUse['outcome'], kind: CommandKind): boolean {
  if (outcome === 'error') return true;
  if (kind === 'look' || kind === 'minor') return false;
  if (CANCELLED.test(output)) return true;
  if (outcome === 'success') return isFramedByError(output);
  const exitCode = EXIT_CODE.exec(output)?.[1];
  if (exitCode !== undefined) return exitCode !== '0';
  return (mostTelling(output)?.rank ?? BEYOND_DOUBT) < BEYOND_DOUBT;
}

function reasonIn(output: string, kind: CommandKind): string {
  const telling = mostTelling(output)?.line;
  const test = kind === 'test' ? linesOf(output).map((line) => FAILED_TEST.exec(line)?.[1]).find((name) => name !== undefined) : undefined;
  if (telling !== undefined && test !== undefined && !telling.includes(test)) return tidied(`${tidied(test)}: ${tidied(telling)}`);
  if (test !== undefined) return tidied(test);
  if (telling !== undefined) return tidied(telling);
  const cancelled = CANCELLED.exec(output)?.[0];
  return cancelled === undefined ? tidied(meaningfulLines(output)[0] ?? '') : tidied(cancelled.includes('^C') ? 'cancelled with ^C' : cancelled);
}
