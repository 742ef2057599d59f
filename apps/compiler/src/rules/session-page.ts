import { SESSION_PAGE_BYTES_MAX, type SessionFacts } from './compiled-session.js';
import { commandLines } from './commands-section.js';
import type { FileHistory } from './files.js';
import { cited, codeSpan, prose } from './markdown.js';
import type { Story } from './story.js';
import { clamp, counted, linesOf, listedUpTo } from './text.js';
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
const FILES_MAX = 25;
const READ_FILES_MAX = 8;
const DECISIONS_MAX = 14;
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
    section('What was done', timelineLines(story.turns, turnsMax, { title: texts.title, place: story.goal?.place })),
    section('Decisions', decisionLines(story)),
    section('Files', fileLines(story)),
    section('Commands', commandLines(story.commands)),
    section('Git', gitLines(story)),
    section('Open questions', bullets(texts.openQuestions)),
    section('Next steps', bullets(texts.nextSteps)),
  ];
  const head = `# ${prose(texts.title, LINE_CHARS_MAX)}\n\n${prose(texts.summary, LINE_CHARS_MAX)}\n\n*${byLine(facts, story)}*\n`;
  return head + sections.join('') + legend(facts);
}

/** How a reader gets from a number to what it stands for. */
function legend({ sessionId }: SessionFacts): string {
  return `\n---\n\n*[#n] is the n-th event of the session in order of time: \`GET /api/v1/sessions/${sessionId}/observations?limit=1&offset=\` n−1.*\n`;
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
  const shown = lines.slice(0, GOAL_LINES_MAX).map(quotedLine);
  if (lines.length > shown.length) shown.push('> …');
  return shown.map((line, index) => (index === shown.length - 1 ? `${line.trimEnd()}${cited(goal.place)}` : line));
}

/** A list stays a list; other lines keep their break. */
function quotedLine(line: string): string {
  const item = /^[-*+•]\s+(.+)$/.exec(line)?.[1];
  return item === undefined ? `> ${prose(line, LINE_CHARS_MAX)}  ` : `> - ${prose(item, LINE_CHARS_MAX)}`;
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
  const lines = shown.map((file) => `- ${codeSpan(file.path, PATH_CHARS_MAX)}${changeText(file)}${cited(file.lastPlace)}`);
  const others = changed.length - shown.length + files.forgotten;
  if (others > 0) lines.push(`- … and ${counted(others, 'other changed file')}`);
  if (files.changesWithoutPath > 0) lines.push(`- ${counted(files.changesWithoutPath, 'edit')} whose file was not recorded`);
  const read = files.onlyRead;
  if (read.length > 0) lines.push(`- Only read: ${listedUpTo(read.slice(0, READ_FILES_MAX).map((file) => `${codeSpan(file.path, PATH_CHARS_MAX)}${cited(file.lastPlace)}`), READ_FILES_MAX, read.length)}`);
  return lines;
}

function changeText({ changes, isCreated, isDeleted, isStaged, isNamed }: FileHistory): string {
  const facts = [
    ...(isCreated ? ['new'] : []),
    ...(isDeleted ? ['deleted'] : []),
    ...(changes > (isCreated || isDeleted ? 1 : 0) ? [counted(changes, 'edit')] : []),
    ...(changes === 0 && isStaged ? ['added to git'] : []),
    ...(isNamed ? ['changed, as the agent said'] : []),
  ];
  return facts.length === 0 ? '' : ` – ${facts.join(', ')}`;
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
