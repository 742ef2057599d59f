import { REPORTS_FOLDER } from '#libs/wiki-format';
import { codeSpan, prose } from '../rules/markdown.js';
import { clamp, counted, listed, oneLine } from '../rules/text.js';
import { changedPages, type ChangedPage, type FeedbackOfDay, lastSessions, type ReportedDay, type SessionOfDay } from './reported-day.js';

/** A report as a page; the same day gives the same bytes. */
export interface ReportPage {
  readonly path: string;
  readonly frontmatter: Readonly<Record<string, unknown>>;
  readonly body: string;
}

interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
  readonly linesMax: number;
}

const BYTES_MAX = 60 * 1024;
/** Of the lines of each section, from the most to the fewest; the first share with which the page fits is taken. */
const SHARES = [1, 0.5, 0.2, 0.1];
const SESSIONS_MAX = 40;
const PAGES_MAX = 60;
const LINES_MAX = 20;
const LINE_CHARS_MAX = 300;
const GOAL_CHARS_MAX = 240;
const TITLE_CHARS_MAX = 120;
const NAMES_MAX = 4;
/** What is kept to be followed or known later; told before the other pages. */
const LEARNED: readonly string[] = ['decision', 'rule', 'gotcha', 'procedure', 'concept'];

export function reportPath(day: string): string {
  return `${REPORTS_FOLDER}${day}.md`;
}

/** Null for a day on which nothing happened. No day makes a page of more than 60 KiB: lines are cut, and what is left out is counted. */
export function reportPage(day: ReportedDay): ReportPage | null {
  const pages = changedPages(day.commits).filter(({ path }) => !path.startsWith('sessions/'));
  if (day.sessions.length + pages.length + day.feedback.length === 0) return null;
  const [learned, others] = [pages.filter((page) => isLearned(page, day)), pages.filter((page) => !isLearned(page, day))];
  const summary = summaryOf(day, pages.length, learned.length);
  const sections = sectionsOf(day, learned, others);
  const head = `# Report of ${day.day}\n\n${summary}\n\n*${prose(day.projectName, LINE_CHARS_MAX)} on a day in UTC. Put together by rules from other pages: it proves nothing that they don't.*\n`;
  return {
    path: reportPath(day.day),
    frontmatter: { title: `Report of ${day.day}`, kind: 'report', tier: 'episodic', date: day.day, summary, generated_by: 'rules' },
    body: head + fitting(sections, BYTES_MAX - Buffer.byteLength(head)),
  };
}

function sectionsOf(day: ReportedDay, learned: readonly ChangedPage[], others: readonly ChangedPage[]): Section[] {
  const last = lastSessions(day.sessions);
  return [
    { heading: 'Sessions', linesMax: SESSIONS_MAX, lines: day.sessions.map((session) => sessionLine(session, day)) },
    { heading: 'Decided and learned', linesMax: PAGES_MAX, lines: learned.map((page) => pageLine(page, day)) },
    { heading: 'Pages changed', linesMax: PAGES_MAX, lines: others.map((page) => pageLine(page, day)) },
    { heading: 'Open questions', linesMax: LINES_MAX, lines: last.flatMap((session) => session.openQuestions.map((text) => leftLine(text, session))) },
    { heading: 'Next steps', linesMax: LINES_MAX, lines: last.flatMap((session) => session.nextSteps.map((text) => leftLine(text, session))) },
    { heading: 'What readers said', linesMax: LINES_MAX, lines: day.feedback.map(feedbackLine) },
    { heading: 'Newly found by lint', linesMax: LINES_MAX, lines: day.findings.map(({ severity, code, pages: [path = ''], what }) => `- ${severity} ${code}: ${codeSpan(path, LINE_CHARS_MAX)} ${prose(what, LINE_CHARS_MAX)}`) },
  ];
}

function fitting(sections: readonly Section[], bytesMax: number): string {
  let text = '';
  for (const share of SHARES) {
    text = sections.map((each) => sectionText(each, Math.ceil(each.linesMax * share))).join('');
    if (Buffer.byteLength(text) <= bytesMax) break;
  }
  return text;
}

function summaryOf({ sessions, feedback, findings }: ReportedDay, pages: number, learned: number): string {
  const people = new Set(sessions.map(({ ownerName }) => ownerName)).size;
  const parts = [
    ...(sessions.length > 0 ? [`${counted(sessions.length, 'session')} of ${counted(people, 'person', 'people')}`] : []),
    ...(pages > 0 ? [`${counted(pages, 'page')} changed${learned > 0 ? `, ${learned} of them new decisions, rules and the like` : ''}`] : []),
    ...(feedback.length > 0 ? [`${counted(feedback.length, 'judgement')} by readers`] : []),
    ...(findings.length > 0 ? [`${counted(findings.length, 'new finding')} of lint`] : []),
  ];
  return `${listed(parts)}.`;
}

function isLearned({ path, change }: ChangedPage, { titles }: ReportedDay): boolean {
  return change === 'added' && (path.startsWith('_rules/') || LEARNED.includes(titles.get(path)?.kind ?? ''));
}

function sectionText({ heading, lines }: Section, linesMax: number): string {
  if (lines.length === 0) return '';
  const more = lines.length > linesMax ? `\n- and ${lines.length - linesMax} more` : '';
  return `\n## ${heading}\n\n${lines.slice(0, linesMax).join('\n')}${more}\n`;
}

function sessionLine(session: SessionOfDay, day: ReportedDay): string {
  const path = `sessions/${session.sessionId}.md`;
  const goal = /^Goal: (.+)$/m.exec(session.summary)?.[1] ?? session.summary.split('\n')[0] ?? '';
  const said = clamp(oneLine(goal).replace(/ \[#\d+\]$/, ''), GOAL_CHARS_MAX);
  return `- ${link(path, day)}: ${prose(session.ownerName, TITLE_CHARS_MAX)} with ${prose(session.agent, TITLE_CHARS_MAX)}, until ${session.leftAt.slice(11, 16)}. ${prose(said, GOAL_CHARS_MAX)}`;
}

function pageLine({ path, change, by }: ChangedPage, day: ReportedDay): string {
  const kind = path.startsWith('_rules/candidates/') ? 'candidate for a rule' : day.titles.get(path)?.kind;
  const who = listed(by.length > NAMES_MAX ? [...by.slice(0, NAMES_MAX), `${by.length - NAMES_MAX} more`] : by);
  return `- ${change === 'deleted' ? codeSpan(path, LINE_CHARS_MAX) : link(path, day)}${kind === undefined ? '' : ` (${kind})`}: ${change} by ${prose(who, LINE_CHARS_MAX)}`;
}

function feedbackLine({ path, signal, reason, by }: FeedbackOfDay): string {
  return `- ${codeSpan(path, LINE_CHARS_MAX)}: ${signal.replace('_', ' ')}${reason === null ? '' : `, “${prose(reason, LINE_CHARS_MAX)}”`} (${prose(by, TITLE_CHARS_MAX)})`;
}

function leftLine(text: string, { sessionId, ownerName }: SessionOfDay): string {
  return `- ${prose(text, LINE_CHARS_MAX)} (${prose(ownerName, TITLE_CHARS_MAX)}, [[sessions/${sessionId}.md|session]])`;
}

/** A page that is not there any more has no title, and is named. */
function link(path: string, { titles }: ReportedDay): string {
  const title = titles.get(path)?.title;
  if (title === undefined) return codeSpan(path, LINE_CHARS_MAX);
  const label = clamp(oneLine(title).replace(/[[\]|`]/g, ' ').replace(/\s+/g, ' ').trim(), TITLE_CHARS_MAX);
  return label === '' ? `[[${path}]]` : `[[${path}|${prose(label, TITLE_CHARS_MAX)}]]`;
}
