import { PageTrust } from '#libs/contracts';
import type { Trusts } from './commit-message.js';

/** Fields of a commit in `git log`'s format, divided by NUL, which none of them can hold. The message is the last. */
const FIELDS = ['%H', '%ct', '%an', ...['Agent', 'Session', 'Trust'].map((key) => `%(trailers:key=${key},valueonly,unfold,separator=%x0A)`)];

/**
 * Arguments of `git log` for what each commit changed: along the line of heads, where a merge counts as one change of it,
 * or of every commit, where a merge has changed what none of its parents has. Options only: revisions and paths come after
 * `--end-of-options`.
 */
export function logArguments({ hasMessage, isEveryCommit = false }: { hasMessage: boolean; isEveryCommit?: boolean }): string[] {
  const format = [...FIELDS, hasMessage ? '%B' : ''].join('%x00');
  const merges = isEveryCommit ? ['--diff-merges=combined'] : ['--first-parent', '--diff-merges=first-parent'];
  return [...merges, '--raw', '--no-renames', '--no-abbrev', '--no-color', '-z', `--format=tformat:${format}`];
}

export interface FileChange {
  readonly path: string;
  /** `100644` and the like; `000000` for a deleted file. */
  readonly mode: string;
  readonly blob: string;
  readonly status: string;
}

export interface LoggedCommit {
  readonly commit: string;
  readonly committedAt: Date;
  readonly author: string;
  readonly agent: string | null;
  readonly sessionId: string | null;
  /** As the commit says; of one that was pushed, as its author liked. */
  readonly trusts: Trusts;
  readonly message: string;
  readonly changes: readonly FileChange[];
}

/** Reads what `git log` prints with `logArguments`. */
export function parseLog(output: string): LoggedCommit[] {
  const tokens = output.split('\0');
  const commits: LoggedCommit[] = [];
  for (let at = 0; tokens[at];) {
    const [commit, seconds, author, agents, sessions, trusts, message] = tokens.slice(at, at + FIELDS.length + 1) as [string, string, string, string, string, string, string];
    const start = firstAfter(tokens, at + FIELDS.length + 1);
    const changes = changesAt(tokens, start);
    commits.push({ commit, committedAt: instant(seconds), author, agent: lastLine(agents), sessionId: lastLine(sessions), trusts: trustsIn(trusts), message: message.trim(), changes });
    at = start + changes.length * 2;
  }
  return commits;
}

/** After the message of a merge stands an empty token, whether it has changes or not; and one stands at the end. */
function firstAfter(tokens: readonly string[], at: number): number {
  let next = at;
  while (tokens[next] === '') next += 1;
  return next;
}

/** Pairs of `:<old mode> <mode> <old blob> <blob> <status>` and path; a merge has a colon, an old mode and an old blob for each parent. */
function changesAt(tokens: readonly string[], start: number): FileChange[] {
  const changes: FileChange[] = [];
  for (let at = start; /^\n?:+\d{6} /.test(tokens[at] ?? ''); at += 2) {
    const [colons = ''] = /:+/.exec(tokens[at]!) ?? [];
    const fields = tokens[at]!.trim().split(' ');
    const [mode = '', blob = '', status = ''] = [fields[colons.length], fields[colons.length * 2 + 1], fields[colons.length * 2 + 2]];
    changes.push({ path: tokens[at + 1]!, mode, blob, status });
  }
  return changes;
}

/** Clocks of people who push may say anything; what no calendar holds becomes the nearest year that Postgres and JSON can. */
function instant(seconds: string): Date {
  const bounded = Math.min(Math.max(Number(seconds) || 0, 0), Date.UTC(9999, 11, 31) / 1_000);
  return new Date(bounded * 1_000);
}

function trustsIn(lines: string): Trusts {
  return new Map(lines.split('\n').flatMap((line) => {
    const [, level, path] = /^(\w+) (\S+)$/.exec(line.trim()) ?? [];
    const trust = PageTrust.safeParse(level).data;
    return path && trust ? [[path, trust] as const] : [];
  }));
}

function lastLine(values: string): string | null {
  return values.trim().split('\n').at(-1)?.trim() || null;
}
