import { closingQuestion } from './message-endings.js';
import { isUnresolved, type CommandHistory } from './commands.js';
import { isQuestion } from './prompts.js';
import type { Story } from './story.js';
import { testResultText } from './test-results.js';
import { cited } from './markdown.js';
import { clamp, flattened } from './text.js';
import { callText } from './turn.js';

const QUESTIONS_MAX = 8;
const FAILURES_MAX = 4;
const QUOTED_CHARS_MAX = 200;
const ASK_CHARS_MAX = 300;

/** What stayed open when the session ended, as plain text, the most pressing first. Each comes from something recorded. */
export function openQuestions(story: Story): string[] {
  return [...endings(story), ...asked(story), ...failures(story)].slice(0, QUESTIONS_MAX);
}

/** Whether it failed to the end, and is of a kind whose failing matters wherever in the session it was. */
export function isStanding(history: CommandHistory): boolean {
  const { kind } = history.line;
  return isUnresolved(history) && (kind === 'test' || kind === 'check' || kind === 'build');
}

/** Failing commands that nothing made good later, the latest first. Others than tests, checks and builds count only in the last turn. */
export function openFailures({ commands, turns }: Story): CommandHistory[] {
  const lastTurnFrom = turns.current?.place ?? 0;
  return commands.unresolved.filter((history) => isStanding(history) || history.lastPlace >= lastTurnFrom).toReversed().slice(0, FAILURES_MAX);
}

export function failureText(history: CommandHistory): string {
  const tests = history.testsLast === undefined || history.testsLast.failed === 0 ? '' : testResultText(history.testsLast);
  const reason = history.reason === '' ? '' : quoted(history.reason);
  return [tests, reason].filter((part) => part !== '').join('; ');
}

/** As inline code of plain text, which has no way to hold a backtick. */
export function quoted(text: string): string {
  return `\`${clamp(text, QUOTED_CHARS_MAX).replaceAll('`', "'")}\``;
}

function failures(story: Story): string[] {
  return openFailures(story).map((history) => {
    const detail = failureText(history);
    return `${quoted(history.line.text)} was still failing when it last ran${detail === '' ? '' : `: ${detail}`}${cited(history.lastPlace)}`;
  });
}

/** How the session broke off, if it did. */
function endings({ unfinished, isInterrupted }: Story): string[] {
  if (unfinished.length > 0) {
    const calls = unfinished.slice(0, 2).map((action) => quoted(callText(action)));
    return [`The session ended while ${calls.join(' and ')} ${calls.length === 1 ? 'was' : 'were'} under way; the outcome is not known${cited(...unfinished.slice(0, 2).map((action) => action.place))}`];
  }
  return isInterrupted ? ['The user interrupted the agent and the session ended there'] : [];
}

function asked(story: Story): string[] {
  const last = story.turns.current;
  if (story.isLastAskAnswered) {
    const question = closingQuestion(story.lastMessage);
    if (question === '') return [];
    const reply = story.acknowledgement;
    return [reply === '' ? `The agent asked and got no answer: ${question}${cited(story.lastMessagePlace)}` : `The agent asked: ${question} The answer was "${clamp(flattened(reply), ASK_CHARS_MAX)}", and nothing is recorded after it${cited(story.lastMessagePlace)}`];
  }
  if (last === undefined || last.ask === '' || last.isPaste) return [];
  const ask = `${clamp(flattened(last.ask), ASK_CHARS_MAX)}${cited(last.place)}`;
  // Where no answers are recorded at all, a missing one means something only if nothing was done either.
  if (last.actions > 0 && !story.hasMessages) return [];
  if (isQuestion(last.ask)) return [`No answer is recorded to: ${ask}`];
  return last.actions === 0 ? [`Nothing is recorded after: ${ask}`] : [];
}
