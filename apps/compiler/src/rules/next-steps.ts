import { closingIntention, statedNextSteps } from './message-endings.js';
import { failureText, openFailures, quoted } from './open-questions.js';
import { isQuestion } from './prompts.js';
import type { Story } from './story.js';
import { clamp, flattened, sentencesOf } from './text.js';
import { callText } from './turn.js';

const STEPS_MAX = 8;
const PLAN_STEPS_MAX = 6;
const ASK_CHARS_MAX = 240;
const FIRST_SENTENCE_CHARS_MIN = 24;

/** What to do next, as plain text, in order: the agent's open plan, what was asked last, what it named, what fails. */
export function nextSteps(story: Story): string[] {
  const steps = [...unfinishedAsk(story), ...openPlan(story), ...stated(story), ...toFix(story)];
  const distinct = [...new Map(steps.map((step) => [step.toLowerCase(), step])).values()];
  return distinct.length > 0 ? distinct.slice(0, STEPS_MAX) : continuation(story);
}

function openPlan({ plan }: Story): string[] {
  return plan.open.slice(0, PLAN_STEPS_MAX).map(({ text, status }) => (status === 'in-progress' ? `${clamp(text, ASK_CHARS_MAX)} (in progress)` : clamp(text, ASK_CHARS_MAX)));
}

/** The last ask, where the agent never came to the end of it. */
function unfinishedAsk({ turns, hasMessages, isLastAskAnswered, unfinished, isInterrupted }: Story): string[] {
  const last = turns.current;
  if (last === undefined || last.ask === '' || last.isPaste || isLastAskAnswered) return [];
  const ask = clamp(flattened(last.ask), ASK_CHARS_MAX);
  if (unfinished[0] !== undefined) return [`Find out how ${quoted(callText(unfinished[0]))} ended, then finish what was asked last: ${ask}`];
  if (last.actions === 0) return [isQuestion(last.ask) ? `Answer: ${ask}` : `Do what was asked last: ${ask}`];
  return hasMessages || isInterrupted ? [`Finish what was asked last: ${ask}`] : [];
}

function stated({ lastMessage, isLastAskAnswered }: Story): string[] {
  if (!isLastAskAnswered) return [];
  const steps = statedNextSteps(lastMessage);
  const intention = closingIntention(lastMessage);
  return steps.length > 0 || intention === '' ? steps : [`Carry on where the agent stopped: ${intention}`];
}

function toFix(story: Story): string[] {
  return openFailures(story).map((history) => {
    const detail = failureText(history);
    return `Make ${quoted(history.line.text)} succeed${detail === '' ? '' : ` (${detail})`}`;
  });
}

/** After an answered question in a session that did nothing else, nothing is left to do. */
function continuation({ turns, goal, isLastAskAnswered, actions }: Story): string[] {
  if (actions === 0 && isLastAskAnswered) return [];
  const asks = turns.kept.filter((turn) => turn.ask !== '' && !turn.isPaste).map((turn) => turn.ask);
  const ask = asks.findLast((text) => !isQuestion(text)) ?? goal?.text;
  return ask === undefined ? [] : [`Continue from: ${clamp(firstPart(flattened(ask)), ASK_CHARS_MAX)}`];
}

/** The first sentence where it says enough, else all. */
function firstPart(ask: string): string {
  const first = sentencesOf(ask)[0] ?? ask;
  return first.length < FIRST_SENTENCE_CHARS_MIN ? ask : first;
}
