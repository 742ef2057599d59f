import type { Action } from './actions.js';
import type { CommandRun } from './commands.js';
import { isChange, pathsOf } from './files.js';
import { testResultText } from './test-results.js';
import { clamp, oneLine } from './text.js';

/** The runs of one command within a turn. */
export interface TurnRun {
  text: string;
  kind: CommandRun['line']['kind'];
  count: number;
  /** How the runs ended, first to last; of many the first and the last. */
  endings: string[];
  reason: string;
  hasFailed: boolean;
  isFailing: boolean;
  firstPlace: number;
  lastPlace: number;
}

const DIFFERENT_MAX = 40;
const ENDINGS_MAX = 6;
const DELEGATIONS_MAX = 5;
const NOTES_MAX = 4;
const OPEN_CALLS_MAX = 2;
const LOOKS_MAX = 2;
export const ASK_CHARS_MAX = 1_200;
const REPLY_CHARS_MAX = 420;

/** A call in one line: its command, else its file, else its title. */
export function callText({ tool, title }: Action): string {
  return oneLine(tool.command ?? tool.path ?? (title === '' ? tool.name : title));
}

function count(counts: Map<string, number>, key: string): void {
  if (counts.has(key) || counts.size < DIFFERENT_MAX) counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** From one ask of the user to the next: what was asked, what was done, what the agent said in the end. Memory is bounded. */
export class Turn {
  readonly ask: string;
  /** Times that the same words were sent in a row. */
  repeats = 1;
  reads = new Map<string, number>();
  readCount = 0;
  searches = 0;
  webLookups = 0;
  lookingCommands = 0;
  looks: string[] = [];
  minorCommands = 0;
  changes = new Map<string, number>();
  changesWithoutPath = 0;
  failedChanges = 0;
  runs = new Map<string, TurnRun>();
  otherRuns = 0;
  delegations: string[] = [];
  delegationCount = 0;
  subagentActions = 0;
  /** Calls whose end was not seen. */
  openCalls: string[] = [];
  openCallCount = 0;
  otherTools = new Map<string, number>();
  notes: string[] = [];
  reply = '';
  replyPlace: number | undefined;
  actions = 0;
  /** Place of the latest event that belongs to the turn. */
  lastPlace: number;

  constructor(ask: string, readonly isPaste: boolean, readonly place: number) {
    this.ask = clamp(ask, ASK_CHARS_MAX);
    this.lastPlace = place;
  }

  get isEmpty(): boolean {
    return this.actions === 0 && this.reply === '' && this.notes.length === 0;
  }

  setReply(lead: string, place: number): void {
    this.lastPlace = place;
    if (lead === '') return;
    this.reply = clamp(lead, REPLY_CHARS_MAX);
    this.replyPlace = place;
  }

  note(text: string): void {
    if (!this.notes.includes(text) && this.notes.length < NOTES_MAX) this.notes.push(text);
  }

  add(action: Action, paths: readonly string[], run: CommandRun | undefined): void {
    this.actions++;
    this.lastPlace = Math.max(this.lastPlace, action.place);
    const { family } = action.tool;
    if (action.isSubagent) this.subagentActions++;
    if (!action.isFinished && !action.isSubagent) return this.#addOpenCall(action);
    if (isChange(family)) this.#addChange(action, paths);
    else if (action.isSubagent) return;
    else if (run !== undefined) this.#addRun(run);
    else this.#addLook(action, paths);
  }

  /** Of looking without an outcome there is nothing to tell. */
  #addOpenCall(action: Action): void {
    if (action.tool.family !== 'shell' && !isChange(action.tool.family)) return;
    this.openCallCount++;
    if (this.openCalls.length < OPEN_CALLS_MAX) this.openCalls.push(callText(action));
  }

  #addChange({ tool }: Action, paths: readonly string[]): void {
    if (tool.outcome === 'error') this.failedChanges++;
    else if (pathsOf(tool.path).length === 0) this.changesWithoutPath++;
    for (const path of paths) count(this.changes, path);
  }

  #addLook(action: Action, paths: readonly string[]): void {
    const { family, name } = action.tool;
    if (family === 'read') this.readCount++;
    if (family === 'read') for (const path of paths) count(this.reads, path);
    if (family === 'search') this.searches++;
    if (family === 'web') this.webLookups++;
    if (family === 'agent') this.#addDelegation(action);
    if ((family === 'mcp' || family === 'other') && !/(?:^|[_:./-])memory_[a-z_]+$/.test(name)) count(this.otherTools, name);
  }

  #addDelegation({ title, tool }: Action): void {
    this.delegationCount++;
    const subject = oneLine(title.startsWith(`${tool.name}: `) ? title.slice(tool.name.length + 2) : '');
    if (subject !== '' && !this.delegations.includes(subject) && this.delegations.length < DELEGATIONS_MAX) this.delegations.push(subject);
  }

  #addRun(run: CommandRun): void {
    const { kind, key } = run.line;
    if (kind === 'look') this.#addLookingCommand(run);
    else if (kind === 'minor') this.minorCommands++;
    else if (!this.runs.has(key) && this.runs.size >= DIFFERENT_MAX) this.otherRuns++;
    else this.#noteRun(run);
  }

  #addLookingCommand({ line }: CommandRun): void {
    this.lookingCommands++;
    if (this.looks.length < LOOKS_MAX) this.looks.push(line.text);
  }

  #noteRun(run: CommandRun): void {
    const known = this.runs.get(run.line.key);
    const entry: TurnRun = known ?? {
      text: run.line.text, kind: run.line.kind, count: 0, endings: [], reason: '', hasFailed: false, isFailing: false, firstPlace: run.place, lastPlace: run.place,
    };
    entry.count++;
    entry.lastPlace = run.place;
    entry.isFailing = run.hasFailed;
    entry.hasFailed ||= run.hasFailed;
    if (run.reason !== '') entry.reason = run.reason;
    const ending = endingOf(run);
    if (entry.endings.at(-1) !== ending) entry.endings.push(ending);
    if (entry.endings.length > ENDINGS_MAX) entry.endings.splice(ENDINGS_MAX / 2, 1);
    this.runs.set(run.line.key, entry);
  }
}

function endingOf(run: CommandRun): string {
  if (run.tests !== undefined) return testResultText(run.tests);
  return run.hasFailed ? 'failed' : 'ran';
}
