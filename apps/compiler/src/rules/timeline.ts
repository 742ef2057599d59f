import { cited, citedRange, codeSpan, prose } from './markdown.js';
import { counted, flattened, listed, listedUpTo } from './text.js';
import type { Turn, TurnRun } from './turn.js';
import { merged, type Turns, type TurnsBetween } from './turns.js';

const ASK_CHARS_MAX = 240;
const REPLY_CHARS_MAX = 420;
const PATH_CHARS_MAX = 80;
const COMMAND_CHARS_MAX = 110;
const REASON_CHARS_MAX = 160;
const NAMES_MAX = 4;
const CHANGED_NAMES_MAX = 6;
const RUNS_MAX = 5;

/** The turn that the page's title is taken from is told by the title. */
interface Titled {
  title: string;
  place: number | undefined;
}

/** The story turn by turn, at most `turnsMax` of them; the middle gives way and is counted. */
export function timelineLines(turns: Turns, turnsMax: number, titled: Titled): string[] {
  const told = turns.kept.filter((turn) => turn.ask !== '' || !turn.isEmpty);
  const [first, last, between] = withoutMiddle(turns, told, turnsMax);
  let number = 0;
  const numbered = (turn: Turn): string[] => turnLines(turn, ++number, titled);
  const lines = first.flatMap(numbered);
  if (between !== undefined) {
    number += between.turns;
    // Outside of the list, so that the list after it may start with its own number.
    lines.push('', betweenLine(between), '');
  }
  return [...lines, ...last.flatMap(numbered)];
}

function withoutMiddle(turns: Turns, told: readonly Turn[], turnsMax: number): [Turn[], Turn[], TurnsBetween | undefined] {
  const firstKept = turns.first.filter((turn) => told.includes(turn));
  const lastKept = turns.last.filter((turn) => told.includes(turn));
  const shownFirst = Math.min(firstKept.length, Math.ceil(turnsMax / 2));
  const shownLast = Math.min(lastKept.length + firstKept.length - shownFirst, turnsMax - shownFirst);
  if (shownFirst + shownLast >= told.length) return [firstKept, lastKept, turns.between];
  const hidden = told.slice(shownFirst, told.length - shownLast);
  const between = hidden.reduce<TurnsBetween | undefined>((sum, turn) => merged(sum, turn), turns.between);
  return [told.slice(0, shownFirst), told.slice(told.length - shownLast), between];
}

function betweenLine({ turns, actions, changes, firstPlace, lastPlace }: TurnsBetween): string {
  const what = [counted(actions, 'action'), ...(changes === 0 ? [] : [counted(changes, 'edit')])].join(', ');
  return `*… ${counted(turns, 'request')} left out here, with ${what}${citedRange(firstPlace, lastPlace)} …*`;
}

function turnLines(turn: Turn, number: number, titled: Titled): string[] {
  const marker = `${number}. `;
  const reply = turn.reply === '' ? [] : [`Agent: ${prose(turn.reply, REPLY_CHARS_MAX)}${cited(turn.replyPlace)}`];
  return [`${marker}${heading(turn, titled)}`, ...[...doneLines(turn), ...reply].map((line) => `${' '.repeat(marker.length)}- ${line}`)];
}

function heading(turn: Turn, titled: Titled): string {
  const place = citedRange(turn.place, turn.lastPlace);
  if (turn.ask === '') return turn.isPaste ? `*Pasted output*${place}` : '*Before the first request*';
  if (turn.isPaste) return `*Pasted output:* ${codeSpan(turn.ask, ASK_CHARS_MAX)}${place}`;
  const often = turn.repeats > 1 ? ` (sent ${times(turn.repeats)})` : '';
  return `**${prose(turn.place === titled.place ? titled.title : flattened(turn.ask), ASK_CHARS_MAX)}**${often}${place}`;
}

function doneLines(turn: Turn): string[] {
  return [looked(turn), ...delegated(turn), ...used(turn), changed(turn), ...ran(turn), cutShort(turn), ...turn.notes.map((note) => `*${prose(note, REPLY_CHARS_MAX)}*`)].filter((line) => line !== '');
}

function paths(names: Iterable<string>, namesMax: number, total: number): string {
  const shown = [...names].slice(0, namesMax).map((name) => codeSpan(name, PATH_CHARS_MAX));
  return listedUpTo(shown, namesMax, total);
}

function looked(turn: Turn): string {
  const parts: string[] = [];
  if (turn.reads.size > 0) parts.push(`read ${paths(turn.reads.keys(), NAMES_MAX, turn.reads.size)}`);
  else if (turn.readCount > 0) parts.push(`read ${counted(turn.readCount, 'file')}`);
  if (turn.searches > 0) parts.push(`searched the code ${times(turn.searches)}`);
  if (turn.webLookups > 0) parts.push(`looked on the web ${times(turn.webLookups)}`);
  if (turn.lookingCommands > turn.looks.length) parts.push(`looked around with ${counted(turn.lookingCommands, 'command')}`);
  else if (turn.looks.length > 0) parts.push(`looked around with ${listed(turn.looks.map((text) => codeSpan(text, COMMAND_CHARS_MAX)))}`);
  return sentence(parts);
}

function delegated(turn: Turn): string[] {
  if (turn.delegationCount === 0 && turn.subagentActions === 0) return [];
  const subjects = turn.delegations.map((subject) => `“${prose(subject, PATH_CHARS_MAX)}”`);
  const to = turn.delegationCount === 0 ? 'sub-agents' : counted(turn.delegationCount, 'sub-agent');
  const what = subjects.length === 0 ? '' : `: ${listed(subjects)}`;
  const calls = turn.subagentActions === 0 ? '' : ` (${counted(turn.subagentActions, 'tool call')} of theirs)`;
  return [`Handed work to ${to}${what}${calls}`];
}

function used(turn: Turn): string[] {
  if (turn.otherTools.size === 0) return [];
  const tools = [...turn.otherTools].map(([name, count]) => `${codeSpan(name, PATH_CHARS_MAX)}${count > 1 ? ` ${times(count)}` : ''}`);
  return [`Used ${listedUpTo(tools, NAMES_MAX)}`];
}

function changed(turn: Turn): string {
  const parts: string[] = [];
  if (turn.changes.size > 0) {
    const names = [...turn.changes].map(([path, count]) => `${codeSpan(path, PATH_CHARS_MAX)}${count > 1 ? ` (${counted(count, 'edit')})` : ''}`);
    parts.push(`changed ${listedUpTo(names, CHANGED_NAMES_MAX)}`);
  }
  if (turn.changesWithoutPath > 0) parts.push(`made ${counted(turn.changesWithoutPath, 'edit')}${turn.changes.size > 0 ? ' more' : ''} whose file was not recorded`);
  if (turn.failedChanges > 0) parts.push(`${counted(turn.failedChanges, 'edit')} did not go through`);
  return sentence(parts);
}

function cutShort({ openCalls, openCallCount }: Turn): string {
  if (openCallCount === 0) return '';
  return `No outcome was recorded for ${listedUpTo(openCalls.map((call) => codeSpan(call, COMMAND_CHARS_MAX)), openCalls.length, openCallCount)}`;
}

/** What a reader most wants to know of the runs: what fails in the end, then what was mended, then tests, then the rest. */
function importance(run: TurnRun): number {
  if (run.isFailing) return 0;
  if (run.hasFailed) return 1;
  return run.kind === 'test' ? 2 : run.kind === 'git' ? 3 : 4;
}

function ran(turn: Turn): string[] {
  const runs = [...turn.runs.values()];
  const shown = new Set(runs.toSorted((a, b) => importance(a) - importance(b)).slice(0, RUNS_MAX));
  const lines = runs.filter((run) => shown.has(run)).map(runLine);
  const others = runs.length - shown.size + turn.otherRuns;
  return others === 0 ? lines : [...lines, `Ran ${counted(others, 'other command')}`];
}

function runLine(run: TurnRun): string {
  const ending = endingOf(run);
  const how = ending === '' ? '' : `: ${ending}`;
  const count = run.count > 1 ? ` ${times(run.count)}` : '';
  return `Ran ${codeSpan(run.text, COMMAND_CHARS_MAX)}${count}${how}${run.hasFailed ? cited(run.firstPlace, run.lastPlace === run.firstPlace ? undefined : run.lastPlace) : ''}`;
}

function endingOf({ endings, reason, hasFailed }: TurnRun): string {
  const chain = endings.length === 1 && endings[0] === 'ran' ? '' : endings.join(' → ').replace(/ → ran$/, ' → succeeded');
  const why = hasFailed && reason !== '' ? codeSpan(reason, REASON_CHARS_MAX) : '';
  return [chain, why].filter((part) => part !== '').join(', ');
}

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

function sentence(parts: readonly string[]): string {
  const text = parts.join('; ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
