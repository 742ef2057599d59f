import type { SessionFacts } from './compiled-session.js';
import { openFailures, openQuestions } from './open-questions.js';
import type { Story } from './story.js';
import { testResultText } from './test-results.js';
import { counted, listed, listedUpTo, shortPaths } from './text.js';

const NAMES_MAX = 3;

/** `12 min`, `3 h 5 min`, `2 d 4 h`; empty under a minute or where the times contradict each other. */
export function durationText(fromAt: string, toAt: string): string {
  const minutes = Math.floor((Date.parse(toAt) - Date.parse(fromAt)) / 60_000);
  if (!(minutes >= 1)) return '';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** What came of the session's work, as clauses without a subject. */
function deeds({ files, git, commands, actions, hasMessages }: Story): string[] {
  const clauses: string[] = [];
  const changed = shortPaths(files.changed.map((file) => file.path));
  const total = changed.length + files.forgotten;
  if (total > 0) clauses.push(`changed ${counted(total, 'file')} (${listedUpTo(changed, NAMES_MAX, total)})`);
  else if (files.changesWithoutPath > 0) clauses.push(`made ${counted(files.changesWithoutPath, 'edit')}`);
  if (git.commitCount > 0) clauses.push(`made ${counted(git.commitCount, 'commit')}`);
  if (commands.runs > 0) clauses.push(`ran ${counted(commands.runs, 'command')}`);
  if (clauses.length === 0) clauses.push(actions === 0 ? (hasMessages ? 'answered without using tools' : 'used no tools') : `made ${counted(actions, 'tool call')}`);
  if (total === 0 && files.changesWithoutPath === 0 && actions > 0) clauses.push('changed no files');
  return clauses;
}

function ending(story: Story): string {
  const tests = story.commands.lastTests?.testsLast;
  const parts: string[] = [];
  if (tests !== undefined) parts.push(tests.failed === 0 ? `the last test run passed (${counted(tests.passed, 'test')})` : `the last test run had ${testResultText(tests)}`);
  else if (openFailures(story).length > 0) parts.push(`${counted(openFailures(story).length, 'command')} still failed at the end`);
  const open = openQuestions(story).length;
  if (open > 0) parts.push(`${counted(open, 'point')} stayed open`);
  return parts.length === 0 ? '' : `; ${parts.join(', ')}`;
}

/** The session in one sentence of plain text: who, how long, what was done, how it ended. */
export function summarySentence(facts: SessionFacts, story: Story): string {
  const duration = durationText(facts.startedAt, facts.endedAt ?? story.lastAt);
  const span = [counted(story.prompts, 'prompt'), ...(duration === '' ? [] : [duration])].join(' and ');
  return `Over ${span}, ${facts.agent} ${listed(deeds(story))}${ending(story)}.`;
}
