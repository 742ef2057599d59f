import { SESSION_PAGE_BYTES_MAX, type SessionFacts } from './compiled-session.js';
import type { CommandHistory } from './commands.js';
import type { FileHistory } from './files.js';
import { cited, codeSpan, prose } from './markdown.js';
import { isStanding } from './open-questions.js';
import type { Story } from './session-digest.js';
import { testResultText } from './test-results.js';
import { clamp, counted, linesOf, listed, listedUpTo } from './text.js';
import { timelineLines } from './timeline.js';

/** What the page's sections are made of, besides the story. */
export interface PageTexts {
  title: string;
  summary: string;
  openQuestions: readonly string[];
  nextSteps: readonly string[];
}

const GOAL_CHARS_MAX = 700;
const GOAL_LINES_MAX = 10;
const LINE_CHARS_MAX = 400;
const PATH_CHARS_MAX = 160;
const COMMAND_CHARS_MAX = 140;
const FILES_MAX = 25;
const READ_FILES_MAX = 8;
const DECISIONS_MAX = 14;
const FAILURES_MAX = 12;
const OTHER_COMMANDS_MAX = 6;
const COMMITS_MAX = 8;
/** Turns that are told, from the most to the fewest; the first number with which the page fits is taken. */
const TURNS_MAX = [24, 18, 12, 8, 5, 2];

/** The session's page. At most `SESSION_PAGE_BYTES_MAX` bytes: the middle of the timeline gives way. */
export function pageBody(facts: SessionFacts, story: Story, texts: PageTexts): string {
  let body = '';
  for (const turnsMax of TURNS_MAX) {
    body = pageWith(turnsMax, facts, story, texts);
    if (Buffer.byteLength(body) <= SESSION_PAGE_BYTES_MAX) break;
  }
  return body;
}

function pageWith(turnsMax: number, facts: SessionFacts, story: Story, texts: PageTexts): string {
  const sections = [
    section('Goal', goalLines(story)),
    section('What was done', timelineLines(story.turns, turnsMax)),
    section('Decisions', decisionLines(story)),
    section('Files', fileLines(story)),
    section('Commands', commandLines(story)),
    section('Git', gitLines(story)),
    section('Open questions', bullets(texts.openQuestions)),
    section('Next steps', bullets(texts.nextSteps)),
  ];
  const head = `# ${prose(texts.title, LINE_CHARS_MAX)}\n\n${prose(texts.summary, LINE_CHARS_MAX)}\n\n*${byLine(facts, story)}*\n`;
  return head + sections.join('');
}

function section(heading: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n## ${heading}\n\n${lines.join('\n')}\n`;
}

function bullets(texts: readonly string[]): string[] {
  return texts.map((text) => `- ${prose(text, LINE_CHARS_MAX)}`);
}

function byLine(facts: SessionFacts, { lastAt, git }: Story): string {
  const start = facts.startedAt.slice(0, 16).replace('T', ' ');
  const end = (facts.endedAt ?? lastAt).slice(0, 16).replace('T', ' ');
  const until = end === start ? '' : `–${end.slice(0, 10) === start.slice(0, 10) ? end.slice(11) : end}`;
  const model = facts.model === null ? '' : ` (${prose(facts.model, PATH_CHARS_MAX)})`;
  const branch = git.branch === '' ? '' : ` · branch ${codeSpan(git.branch, PATH_CHARS_MAX)}`;
  return `${prose(facts.agent, PATH_CHARS_MAX)}${model} for ${prose(facts.ownerName, PATH_CHARS_MAX)} · ${start}${until} UTC${branch}`;
}

function goalLines({ goal }: Story): string[] {
  if (goal === undefined) return [];
  const lines = linesOf(clamp(goal.text, GOAL_CHARS_MAX)).map((line) => line.trim()).filter((line) => line !== '');
  const shown = lines.slice(0, GOAL_LINES_MAX).map((line) => `> ${prose(line, LINE_CHARS_MAX)}  `);
  if (lines.length > shown.length) shown.push('> …');
  return shown.map((line, index) => (index === shown.length - 1 ? `${line.trimEnd()}${cited(goal.place)}` : line));
}

function decisionLines({ decisions }: Story): string[] {
  const kept = decisions.kept;
  const shown = kept.length <= DECISIONS_MAX ? kept : [...kept.slice(0, DECISIONS_MAX / 2), ...kept.slice(-DECISIONS_MAX / 2)];
  const lines = shown.map(({ text, by, place }) => `- ${by === 'agent' ? 'Agent: ' : ''}“${prose(text, LINE_CHARS_MAX)}”${cited(place)}`);
  const leftOut = decisions.leftOut + kept.length - shown.length;
  if (leftOut > 0) lines.splice(DECISIONS_MAX / 2, 0, `- … and ${leftOut} more in between`);
  return lines;
}

function fileLines({ files }: Story): string[] {
  const changed = files.changed;
  const shown = changed.length <= FILES_MAX ? changed : changed.toSorted((a, b) => b.changes - a.changes).slice(0, FILES_MAX);
  const lines = shown.map((file) => `- ${codeSpan(file.path, PATH_CHARS_MAX)}${changeText(file)}`);
  const others = changed.length - shown.length + files.forgotten;
  if (others > 0) lines.push(`- … and ${counted(others, 'other changed file')}`);
  if (files.changesWithoutPath > 0) lines.push(`- ${counted(files.changesWithoutPath, 'edit')} whose file was not recorded`);
  const read = files.onlyRead;
  if (read.length > 0) lines.push(`- Only read: ${listedUpTo(read.slice(0, READ_FILES_MAX).map((file) => codeSpan(file.path, PATH_CHARS_MAX)), READ_FILES_MAX, read.length)}`);
  return lines;
}

function changeText({ changes, isCreated, isDeleted, isStaged }: FileHistory): string {
  const facts = [
    ...(isCreated ? ['new'] : []),
    ...(isDeleted ? ['deleted'] : []),
    ...(changes > (isCreated || isDeleted ? 1 : 0) ? [counted(changes, 'edit')] : []),
    ...(changes === 0 && isStaged ? ['added to git'] : []),
  ];
  return facts.length === 0 ? '' : ` – ${facts.join(', ')}`;
}

function commandLines({ commands }: Story): string[] {
  const histories = commands.histories;
  const failed = histories.filter((history) => history.failures > 0).toSorted((a, b) => urgency(a) - urgency(b));
  const lines = failed.slice(0, FAILURES_MAX).map(failureLine);
  if (failed.length > FAILURES_MAX) lines.push(`- … and ${counted(failed.length - FAILURES_MAX, 'other command')} that failed`);
  const tests = histories.filter((history) => history.failures === 0 && history.testsLast !== undefined);
  lines.push(...tests.slice(-2).map((history) => `- ${codeSpan(history.line.text, COMMAND_CHARS_MAX)}: ${testsText(history)}${cited(history.lastPlace)}`));
  const others = histories.filter((history) => history.failures === 0 && history.line.kind !== 'git' && !tests.slice(-2).includes(history)).toSorted((a, b) => b.runs - a.runs);
  return others.length === 0 ? lines : [...lines, `- Without a failure: ${listedUpTo(others.slice(0, OTHER_COMMANDS_MAX).map(runsText), OTHER_COMMANDS_MAX, others.length)}`];
}

/** What still fails comes first, then what was mended, then what was let be. */
function urgency(history: CommandHistory): number {
  if (isStanding(history)) return 0;
  return history.fixedPlace !== undefined || history.followUp !== undefined ? 1 : 2;
}

function runsText({ line, runs }: CommandHistory): string {
  return `${codeSpan(line.text, 70)}${runs > 1 ? ` ×${runs}` : ''}`;
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
  if (followUp !== undefined) return `${tests} – ${followUp.isSuccess ? 'later' : 'given up with'} ${codeSpan(followUp.text, COMMAND_CHARS_MAX)}${followUp.isSuccess ? ' succeeded' : ''}`;
  return isStanding(history) ? `${tests} – **still failing at the end**` : tests;
}

function gitLines({ git }: Story): string[] {
  const commits = git.commits.slice(-COMMITS_MAX);
  const lines = commits.map(({ hash, subject, place }) => `- ${hash === '' ? 'Commit' : codeSpan(hash.slice(0, 10), 12)} ${codeSpan(subject, PATH_CHARS_MAX)}${cited(place)}`);
  const earlier = git.commitCount - commits.length;
  if (earlier > 0) lines.unshift(`- … ${counted(earlier, 'earlier commit')}`);
  lines.push(...git.pullRequests.map((url) => `- Pull request: ${codeSpan(url, PATH_CHARS_MAX)}`));
  if (commits.length > 0) lines.push(git.hasUnpushedCommits ? '- No push was seen after the last commit' : '- Pushed after the last commit');
  return lines;
}
