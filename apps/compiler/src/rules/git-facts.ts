import type { ToolUse } from '#libs/contracts';
import { linesOf, oneLine } from './text.js';

export interface Commit {
  /** Abbreviated hash; empty where the output did not show it. */
  hash: string;
  subject: string;
  place: number;
}

/** A file that somebody else changed, as a pull or a merge showed it. */
export interface PulledFile {
  path: string;
  /** Abbreviated hash of where the branch then was; null where it was not shown. */
  commit: string | null;
  place: number;
  at: string;
}

const COMMITS_MAX = 20;
const PULLED_MAX = 200;
const PULL_REQUESTS_MAX = 5;
const COMMIT_LINE = /^\[([^\s\]]+)(?: \([^)]+\))? ([0-9a-f]{7,40})\] (.+)$/;
const NEW_BRANCH = /\bgit\s+(?:checkout\s+-[bB]|switch\s+(?:-c|-C|--create))\s+(['"]?)([^\s'";&|$]+)\1/;
const BRANCH_LINES = [/^Switched to (?:a new )?branch '([^']+)'/, /^On branch (\S+)$/, /^Already on '([^']+)'/];
const COMMIT_MESSAGE = /\bgit\s+(?:-C\s+\S+\s+)?commit\b[^|;]*?\s-[a-z]*m\s*(?:"\$\(cat <<-?\s*['"]?\w+['"]?\n)?["']?([^\n"']+)/;
const ADDED = /\bgit\s+(?:-C\s+\S+\s+)?add\s+([^|;&\n]+)/g;
const CREATED_LINE = /^ ?create mode \d{6} (.+)$/;
const PULLS = /\bgit\b[^|;&]*\b(?:pull|merge|rebase)\b/;
/** Git shortens the front of long paths to an ellipsis; a rename has both names in one, and is passed over. */
const STAT_LINE = /^ (?:\.\.\.\/)?([^|>]+?) +\| +(?:\d+ [+-]*|Bin .*)$/;
const UPDATING_LINE = /^Updating [0-9a-f]{7,40}\.\.([0-9a-f]{7,40})$/;
const PULL_REQUEST = /https:\/\/[^\s"'<>]+\/(?:pull|merge_requests|pull-requests)\/\d+/;

/** What the session's git commands showed: branch, commits, what was pushed. Nothing is known of git outside of them. */
export class GitFacts {
  branch = '';
  readonly commits: Commit[] = [];
  readonly pullRequests: string[] = [];
  /** Each once, the last that was told of it. */
  readonly pulled = new Map<string, PulledFile>();
  /** Place of the last push that succeeded; 0 before the first. */
  pushedPlace = 0;
  #commitCount = 0;

  get commitCount(): number {
    return this.#commitCount;
  }

  /** Whether commits were made and none of the pushes came after the last of them. */
  get hasUnpushedCommits(): boolean {
    return (this.commits.at(-1)?.place ?? 0) > this.pushedPlace;
  }

  /** Takes in a git command that did not fail, and gives the files it named as changed. */
  add(tool: ToolUse, place: number, at: string): string[] {
    const command = tool.command ?? '';
    if (!/\b(?:git|gh|glab)\b/.test(command)) return [];
    const lines = linesOf(tool.excerpt ?? '');
    this.#noteCommits(command, lines, place);
    this.#noteBranch(command, lines);
    if (PULLS.test(command)) this.#notePulled(lines, place, at);
    if (/\bgit\b[^|;&]*\bpush\b/.test(command)) this.pushedPlace = place;
    const pullRequest = /\b(?:pr|mr) create\b/.test(command) ? PULL_REQUEST.exec(lines.join('\n'))?.[0] : undefined;
    if (pullRequest !== undefined && !this.pullRequests.includes(pullRequest) && this.pullRequests.length < PULL_REQUESTS_MAX) this.pullRequests.push(pullRequest);
    return [...addedPaths(command), ...lines.flatMap((line) => CREATED_LINE.exec(line)?.[1] ?? [])];
  }

  #noteBranch(command: string, lines: readonly string[]): void {
    const created = NEW_BRANCH.exec(command)?.[2];
    if (created !== undefined) this.branch = created;
    for (const line of lines) {
      const shown = BRANCH_LINES.map((pattern) => pattern.exec(line)?.[1]).find((name) => name !== undefined);
      if (shown !== undefined) this.branch = shown;
    }
  }

  #noteCommits(command: string, lines: readonly string[], place: number): void {
    if (!/\bgit\b[\s\S]*\b(?:commit|merge|cherry-pick|revert|rebase)\b/.test(command)) return;
    let isShown = false;
    for (const line of lines) {
      const [, branch, hash, subject] = COMMIT_LINE.exec(line) ?? [];
      if (branch === undefined || hash === undefined || subject === undefined) continue;
      isShown = true;
      if (branch !== 'detached') this.branch = branch;
      this.#push({ hash, subject: oneLine(subject), place });
    }
    const message = COMMIT_MESSAGE.exec(command)?.[1];
    const isNothingDone = lines.some((line) => /^(?:nothing (?:added )?to commit|no changes added)/.test(line));
    if (!isShown && !isNothingDone && message !== undefined) this.#push({ hash: '', subject: oneLine(message), place });
  }

  #notePulled(lines: readonly string[], place: number, at: string): void {
    const commit = lines.map((line) => UPDATING_LINE.exec(line)?.[1]).find((hash) => hash !== undefined) ?? null;
    for (const path of lines.flatMap((line) => STAT_LINE.exec(line)?.[1]?.trim() ?? [])) {
      if (this.pulled.has(path) || this.pulled.size < PULLED_MAX) this.pulled.set(path, { path, commit, place, at });
    }
  }

  #push(commit: Commit): void {
    this.#commitCount++;
    this.commits.push(commit);
    if (this.commits.length > COMMITS_MAX) this.commits.shift();
  }
}

/** The files that `git add` was told by name. */
function addedPaths(command: string): string[] {
  const operands = [...command.matchAll(ADDED)].flatMap((match) => (match[1] ?? '').trim().split(/\s+/));
  return operands.map((operand) => operand.replace(/^['"]|['"]$/g, '')).filter((operand) => /^[^-*$]/.test(operand) && /[^./]/.test(operand) && /\.\w+$|\/\w+$/.test(operand));
}
