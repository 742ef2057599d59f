import { cited } from './markdown.js';
import { leadOf } from './message-lead.js';
import type { HandoffContent } from './compiled-session.js';
import type { Story } from './story.js';
import { testResultText } from './test-results.js';
import type { Turn } from './turn.js';
import { clamp, counted, flattened, listedUpTo, oneLine, sentencesOf, shortPaths } from './text.js';

const GOAL_CHARS_MAX = 400;
const ASK_CHARS_MAX = 240;
const MESSAGE_CHARS_MAX = 700;
const DECISIONS_MAX = 6;
const STEPS_MAX = 6;
const STEP_ASK_CHARS_MAX = 110;
const STEP_OUTCOME_CHARS_MAX = 200;
const FILES_MAX = 20;
const READ_FILES_MAX = 8;

/** What the next agent needs to go on, as plain text. */
export function handoffContent(story: Story, texts: { title: string; summary: string; openQuestions: string[]; nextSteps: string[] }): HandoffContent {
  const paragraphs = [goal(story), texts.summary, steps(story), lastExchange(story), decided(story), state(story)];
  return {
    title: texts.title,
    summary: paragraphs.filter((paragraph) => paragraph !== '').join('\n\n'),
    openQuestions: texts.openQuestions,
    nextSteps: texts.nextSteps,
    filesTouched: filesTouched(story),
  };
}

function goal(story: Story): string {
  return story.goal === undefined ? '' : `Goal: ${clamp(flattened(story.goal.text), GOAL_CHARS_MAX)}${cited(story.goal.place)}`;
}

/** What was reached on the way, by the latest asks before the last that led to work. */
function steps({ turns }: Story): string {
  const done = turns.kept.slice(0, -1).filter((turn) => turn.ask !== '' && !turn.isPaste && outcomeOf(turn) !== '').slice(-STEPS_MAX);
  const lines = done.map((turn) => `- ${clamp(flattened(turn.ask), STEP_ASK_CHARS_MAX)} → ${outcomeOf(turn)}${cited(turn.place)}`);
  return lines.length === 0 ? '' : `On the way:\n${lines.join('\n')}`;
}

/** What came of a turn: the facts, then what the agent said first. */
function outcomeOf(turn: Turn): string {
  const tests = [...turn.runs.values()].findLast((run) => run.kind === 'test');
  const names = shortPaths([...turn.changes.keys()]);
  const edits = names.length > 0 ? `changed ${listedUpTo(names, 3)}` : turn.changesWithoutPath > 0 ? `made ${counted(turn.changesWithoutPath, 'edit')}` : '';
  if (edits === '' && turn.runs.size === 0) return '';
  const said = clamp(sentencesOf(turn.reply)[0] ?? '', STEP_OUTCOME_CHARS_MAX);
  return [edits, tests === undefined ? '' : `tests ${tests.endings.at(-1)}`, said].filter((part) => part !== '').join('; ');
}

/** The last thing that was asked and what the agent said to it, or before it. */
function lastExchange({ turns, lastMessage, lastMessagePlace, isLastAskAnswered, goal: first }: Story): string {
  const last = turns.kept.findLast((turn) => turn.ask !== '' && !turn.isPaste);
  const isGoal = last === undefined || last.place === first?.place;
  const asked = isGoal ? '' : `Last asked: ${clamp(flattened(last.ask), ASK_CHARS_MAX)}${cited(last.place)}`;
  const said = leadOf(lastMessage, MESSAGE_CHARS_MAX);
  const answer = said === '' ? '' : `${isLastAskAnswered ? 'The agent reported' : 'Before that, the agent had reported'}: ${said}${cited(lastMessagePlace)}`;
  return [asked, answer].filter((part) => part !== '').join('\n');
}

function decided({ decisions }: Story): string {
  const said = decisions.kept.slice(-DECISIONS_MAX).map(({ text, by, place }) => `- ${by === 'agent' ? '(by the agent) ' : ''}${text}${cited(place)}`);
  return said.length === 0 ? '' : `Decisions and instructions of the user:\n${said.join('\n')}`;
}

function state({ git, commands }: Story): string {
  const parts: string[] = [];
  const tests = commands.lastTests;
  const commit = git.commits.at(-1);
  if (git.branch !== '') parts.push(`branch ${git.branch}`);
  if (commit !== undefined) parts.push(`last commit ${commit.hash === '' ? '' : `${commit.hash.slice(0, 10)} `}"${commit.subject}"${git.hasUnpushedCommits ? ', no push seen since' : ', pushed'}`);
  if (git.pullRequests.length > 0) parts.push(`pull request ${git.pullRequests.at(-1)}`);
  if (tests?.testsLast !== undefined) parts.push(`\`${clamp(tests.line.text, ASK_CHARS_MAX)}\` last had ${testResultText(tests.testsLast)}`);
  return parts.length === 0 ? '' : `State: ${parts.join('; ')}.`;
}

function filesTouched({ files }: Story): string[] {
  const changed = files.changed.toSorted((a, b) => b.lastPlace - a.lastPlace).slice(0, FILES_MAX);
  if (changed.length > 0) return changed.map((file) => oneLine(file.path));
  return files.onlyRead.slice(0, READ_FILES_MAX).map((file) => `${oneLine(file.path)} (read)`);
}
