import type { Action } from './actions.js';
import { readCommand, type CommandLine } from './command-line.js';
import { followUpOf, isMisstep, type FollowUp } from './command-follow-ups.js';
import { commandOutcome, type CommandOutcome } from './command-outcome.js';
import type { TestResult } from './test-results.js';

/** One run of a command, as the story tells it. */
export interface CommandRun extends CommandOutcome {
  line: CommandLine;
  place: number;
}

/** All runs of one command in a session. */
export interface CommandHistory {
  line: CommandLine;
  runs: number;
  failures: number;
  lastPlace: number;
  firstFailure?: { place: number; reason: string };
  /** The reason of the latest failure. */
  reason: string;
  isFailing: boolean;
  /** The run that succeeded after the first failure. */
  fixedPlace?: number;
  /** Files that were changed between the last failure and the run that succeeded. */
  changedBetween: string[];
  /** Another command that reached the same later, or gave it up. */
  followUp?: FollowUp;
  /** True where the command itself was wrong, such as an option that does not exist: that calls for no repair. */
  isMisstep: boolean;
  testsFirst?: TestResult;
  testsLast?: TestResult;
}

/** Different commands that are remembered; of more, those that never failed are forgotten first. */
const COMMANDS_MAX = 240;
const CHANGED_BETWEEN_MAX = 4;

/** Remembers what was run, what failed, and what became of it. Memory is bounded, whatever the number of runs. */
export class CommandLedger {
  readonly #byKey = new Map<string, CommandHistory>();
  #runs = 0;
  #lookCount = 0;

  add({ tool, place }: Action): CommandRun {
    const line = readCommand(tool.command ?? '');
    const outcome = commandOutcome(tool, line.kind);
    const run = { ...outcome, line, place };
    this.#runs++;
    if (line.kind === 'look') this.#lookCount++;
    const history = this.#historyOf(line);
    record(history, run);
    if (!run.hasFailed) this.#resolveOthers(run);
    return run;
  }

  noteChange(path: string): void {
    for (const history of this.#byKey.values()) {
      const { isFailing, changedBetween } = history;
      if (isFailing && !changedBetween.includes(path) && changedBetween.length < CHANGED_BETWEEN_MAX) changedBetween.push(path);
    }
  }

  get runs(): number {
    return this.#runs;
  }

  /** In order of their first run. Commands that only look around are not among them. */
  get histories(): CommandHistory[] {
    return [...this.#byKey.values()].filter((history) => isTelling(history.line));
  }

  /** How often a command only looked around. */
  get lookCount(): number {
    return this.#lookCount;
  }

  get looks(): CommandLine[] {
    return [...this.#byKey.values()].map((history) => history.line).filter((line) => line.kind === 'look');
  }

  /** The failures nothing later made good, the latest last. */
  get unresolved(): CommandHistory[] {
    return this.histories.filter(isUnresolved).toSorted((a, b) => a.lastPlace - b.lastPlace);
  }

  /** The last test run that reported counts. */
  get lastTests(): CommandHistory | undefined {
    return this.histories.filter((history) => history.testsLast !== undefined).toSorted((a, b) => a.lastPlace - b.lastPlace).at(-1);
  }

  #historyOf(line: CommandLine): CommandHistory {
    const known = this.#byKey.get(line.key);
    if (known !== undefined) return known;
    const history: CommandHistory = { line, runs: 0, failures: 0, lastPlace: 0, reason: '', isFailing: false, isMisstep: false, changedBetween: [] };
    if (this.#byKey.size >= COMMANDS_MAX) this.#forgetOne();
    this.#byKey.set(line.key, history);
    return history;
  }

  #forgetOne(): void {
    const entries = [...this.#byKey];
    const [key] = entries.find(([, history]) => history.failures === 0 && history.line.kind !== 'test')
      ?? entries.find(([, history]) => !history.isFailing) ?? entries[0] ?? [];
    if (key !== undefined) this.#byKey.delete(key);
  }

  #resolveOthers(run: CommandRun): void {
    for (const other of this.#byKey.values()) {
      if (!other.isFailing || other.followUp !== undefined || other.line.key === run.line.key) continue;
      const followUp = followUpOf(other.line, other.reason, run.line);
      if (followUp !== undefined) other.followUp = { ...followUp, place: run.place };
    }
  }
}

function record(history: CommandHistory, run: CommandRun): void {
  history.runs++;
  history.lastPlace = run.place;
  if (run.tests !== undefined) {
    history.testsFirst ??= run.tests;
    history.testsLast = run.tests;
  }
  if (run.hasFailed) {
    history.failures++;
    history.firstFailure ??= { place: run.place, reason: run.reason };
    history.reason = run.reason;
    history.isMisstep = isMisstep(run.reason);
    history.changedBetween = [];
    delete history.followUp;
    delete history.fixedPlace;
  } else if (history.isFailing) {
    history.fixedPlace = run.place;
  }
  history.isFailing = run.hasFailed;
}

function isTelling(line: CommandLine): boolean {
  return line.kind !== 'look' && line.kind !== 'minor';
}

/** Failing to the end, and for a cause that needs a repair. */
export function isUnresolved(history: CommandHistory): boolean {
  return history.isFailing && history.followUp === undefined && !history.isMisstep;
}
