import { closingIntention, closingQuestion, statedNextSteps } from './message-endings.js';
import { failureText, openFailures, quoted } from './open-questions.js';
import { isQuestion } from './prompts.js';
import type { Story } from './story.js';
import { cited } from './markdown.js';
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
  return plan.open.slice(0, PLAN_STEPS_MAX).map(({ text, status }) => `${clamp(text, ASK_CHARS_MAX)}${status === 'in-progress' ? ' (in progress)' : ''}${cited(plan.place)}`);
}

/** The last ask, where the agent never came to the end of it. */
function unfinishedAsk({ turns, hasMessages, isLastAskAnswered, unfinished, isInterrupted }: Story): string[] {
  const last = turns.current;
  if (last === undefined || last.ask === '' || last.isPaste || isLastAskAnswered) return [];
  const ask = `${clamp(flattened(last.ask), ASK_CHARS_MAX)}${cited(last.place)}`;
  if (unfinished[0] !== undefined) return [`Find out how ${quoted(callText(unfinished[0]))} ended, then finish what was asked last: ${ask}`];
  if (last.actions === 0) return [isQuestion(last.ask) ? `Answer: ${ask}` : `Act on what was asked last: ${ask}`];
  return hasMessages || isInterrupted ? [`Finish what was asked last: ${ask}`] : [];
}

function stated({ lastMessage, lastMessagePlace, isLastAskAnswered }: Story): string[] {
  if (!isLastAskAnswered) return [];
  const steps = statedNextSteps(lastMessage).map((step) => `${step}${cited(lastMessagePlace)}`);
  const question = closingQuestion(lastMessage);
  const intention = closingIntention(lastMessage);
  if (steps.length > 0) return steps;
  if (question !== '') return [`Answer the agent's question: ${question}${cited(lastMessagePlace)}`];
  return intention === '' ? [] : [`Carry on where the agent stopped: ${intention}${cited(lastMessagePlace)}`];
}

function toFix(story: Story): string[] {
  return openFailures(story).map((history) => {
    const detail = failureText(history);
    return `Make ${quoted(history.line.text)} succeed${detail === '' ? '' : ` (${detail})`}${cited(history.lastPlace)}`;
  });
}

/** Where no answers are recorded, nobody can tell whether the last ask is done; where the last one is answered, nothing is left to do. */
function continuation({ turns, goal, isLastAskAnswered }: Story): string[] {
  if (isLastAskAnswered) return [];
  const asks = turns.kept.filter((turn) => turn.ask !== '' && !turn.isPaste).map(({ ask, place }) => ({ text: ask, place }));
  const ask = asks.findLast(({ text }) => !isQuestion(text)) ?? goal;
  return ask === undefined ? [] : [`Check whether this is done, and go on from there: ${clamp(firstPart(flattened(ask.text)), ASK_CHARS_MAX)}${cited(ask.place)}`];
}

/** The first sentence where it says enough, else all. */
function firstPart(ask: string): string {
  const first = sentencesOf(ask)[0] ?? ask;
  return first.length < FIRST_SENTENCE_CHARS_MIN ? ask : first;
}
