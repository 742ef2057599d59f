import { choiceOf, isContrary, type Choice } from './choices.js';
import type { CommandHistory } from './commands.js';
import type { Decision } from './decisions.js';
import { citedRange, cited, codeSpan, prose } from './markdown.js';
import type { Story } from './story.js';
import { capitalised, clamp, listed, oneLine } from './text.js';
import type { Turn } from './turn.js';

/** Something in a session that is worth a page of its own, with what it rests on. */
export interface Finding {
  kind: 'decision' | 'gotcha' | 'procedure' | 'rule';
  /** One line of plain text. */
  title: string;
  /** Lines of markdown, each with its citation. */
  statements: string[];
  /** The events that the statements cite. */
  events: number[];
  /** The least trusted source that a statement rests on. */
  trust: 'user' | 'agent' | 'tool';
}

const NO_CHOICE: Choice = { taken: [], left: [] };
const FINDINGS_MAX = 6;
const TITLE_CHARS_MAX = 90;
const QUOTE_CHARS_MAX = 300;
const COMMAND_CHARS_MAX = 160;
const GOTCHA_FAILURES_MIN = 2;

const STANDING = /\b(?:from now on|going forward|in (?:the )?future|as a (?:global )?rule|make it a rule|always|never|whenever|every time|ab jetzt|künftig|grundsätzlich|immer|nie|niemals|sempre|nunca|a partir de (?:agora|ahora)|siempre|jamás|désormais|toujours|jamais)\b|以后|总是|永远|一律|必ず|今後|항상|절대/iu;
/** Words that tie an order to the work at hand, so that it stands for nothing else. */
const PASSING = /\b(?:this (?:file|function|test|one|time|branch|commit|task|session)|these (?:files|tests)|that (?:file|function|test|one)|again|yet|diese[rsnm]? (?:datei|test)|aqui|here)\b/i;
/** `never run it there`, `record this as a rule`: what is meant stands elsewhere. */
const DANGLING = /\b(?:never|always|ever)\s+\p{L}+\s+(?:it|them|this|that|those|these)(?=[\s.,!]+(?:on|in|to|for|against|from|with|at|by|as|again|until|before|after|when|if|out|up)\b|[\s.,!]*$)/iu;
const POINTING = /^(?:please |also )*(?:record|document|note|save|remember|add|write|make|put) (?:this|that|it|them)\b/i;
const REASON = /\b(?:because|since|so that|otherwise|as (?:it|they|we) |due to|weil|denn|damit|sonst|porque|pois|para que|parce que|car)\b|因为|所以|ため|から|때문/iu;
const DECIDED = /\b(?:decided|agreed|settled|decision:|entschieden|beschlossen|decidimos|décidé)\b|决定|決め|결정/iu;
const CAUSE = /\b(?:because|caused by|due to|root cause|the cause|the reason|turned out|was that|weil|lag an|ursache|porque|à cause|parce que)\b/i;
/** What poses as an order to a model is no evidence of anything. */
const INSTRUCTION = /\b(?:ignore|disregard|forget) (?:all |any |the )*(?:previous|prior|above|earlier)|\b(?:system|developer) (?:prompt|message)\b|_rules\b|\byou (?:must|are now)\b|<\/?[a-z!]/i;
const NEEDS_NO_PAGE = /conflict|would be overwritten|nothing to commit|did not match|pathspec|\^C|cancelled|timed? ?out|not a git repository|already exists/i;

/** What is worth keeping beyond the session, only where the evidence is strong; at most `FINDINGS_MAX`, the user's words first. */
export function findingsOf(story: Story): Finding[] {
  const said = story.decisions.kept.filter(({ by, text }) => by === 'user' && !INSTRUCTION.test(text));
  const rules = said.filter(isStanding).map((decision) => ofWords('rule', decision));
  const decisions = said.filter((decision) => !isStanding(decision) && isReasoned(decision)).filter(isLastWord).map((decision) => ofWords('decision', decision));
  const gotchas = story.commands.histories.flatMap((history) => wrongCall(history) ?? mended(history, story.turns.kept) ?? []);
  return [...rules, ...decisions, ...story.howTos.map(procedure), ...gotchas.filter(isFirstOfItsEnd)].slice(0, FINDINGS_MAX);
}

/** Several wrong ways to one right one are one lesson. */
function isFirstOfItsEnd({ events }: Finding, index: number, findings: readonly Finding[]): boolean {
  return findings.findIndex((other) => other.events.at(-1) === events.at(-1)) === index;
}

function isStanding({ text }: Decision): boolean {
  return STANDING.test(text) && !PASSING.test(text) && !POINTING.test(text) && !DANGLING.test(text) && !/\b(?:it|they|you|we)(?:'ve| have)? (?:always|never)\b/i.test(text);
}

/** A choice that has a name and a reason, or that was called a decision. */
function isReasoned({ text }: Decision): boolean {
  return choiceOf(text) !== undefined && (REASON.test(text) || DECIDED.test(text));
}

/** Whoever changed their mind within the session has decided once. */
function isLastWord({ text }: Decision, index: number, decisions: readonly Decision[]): boolean {
  const choice = choiceOf(text);
  return choice !== undefined && !decisions.slice(index + 1).some((later) => isContrary(choiceOf(later.text) ?? NO_CHOICE, choice));
}

const LEAD_IN = /^(?:(?:no|yes|ok(?:ay)?|so|and|but|also|then|please|actually|go ahead(?: and)?|from now on|going forward|ab jetzt|bitte|also bitte)[\s,:–—-]+)+/i;

function ofWords(kind: 'rule' | 'decision', { text, place }: Decision): Finding {
  const title = clamp(capitalised(oneLine(text).replace(LEAD_IN, '').replace(/[\s.!]+$/, '')), TITLE_CHARS_MAX);
  return { kind, title, statements: [`The user said: “${prose(text, QUOTE_CHARS_MAX)}”${cited(place)}`], events: [place], trust: 'user' };
}

/** A way of calling a program that is refused, and the one that is not. */
function wrongCall({ line, reason, failures, runs, firstFailure, followUp, isMisstep }: CommandHistory): Finding | undefined {
  const isOfUse = isMisstep && failures === runs && followUp?.isSuccess === true && firstFailure !== undefined && line.kind !== 'test';
  if (!isOfUse || reason === '' || INSTRUCTION.test(reason) || NEEDS_NO_PAGE.test(reason)) return undefined;
  return {
    kind: 'gotcha',
    title: clamp(`${line.text}: ${reason}`, TITLE_CHARS_MAX),
    statements: [
      `${codeSpan(line.text, COMMAND_CHARS_MAX)} failed; it printed ${codeSpan(reason, QUOTE_CHARS_MAX)}${cited(firstFailure.place)}`,
      `${codeSpan(followUp.text, COMMAND_CHARS_MAX)} succeeded${cited(followUp.place)}`,
    ],
    events: [firstFailure.place, followUp.place],
    trust: 'tool',
  };
}

/** A failure that took more than one attempt, was mended by known changes, and whose cause the agent then named. */
function mended(history: CommandHistory, turns: readonly Turn[]): Finding | undefined {
  const { line, reason, failures, firstFailure, fixedPlace, changedBetween } = history;
  if (failures < GOTCHA_FAILURES_MIN || firstFailure === undefined || fixedPlace === undefined || changedBetween.length === 0) return undefined;
  const explained = turns.find((turn) => turn.place < fixedPlace && turn.lastPlace >= fixedPlace && turn.replyPlace !== undefined && turn.replyPlace > fixedPlace);
  if (explained?.replyPlace === undefined || !CAUSE.test(explained.reply) || INSTRUCTION.test(reason) || NEEDS_NO_PAGE.test(reason)) return undefined;
  return {
    kind: 'gotcha',
    title: clamp(reason, TITLE_CHARS_MAX),
    statements: [
      `${codeSpan(line.text, COMMAND_CHARS_MAX)} failed ${failures} times; it printed ${codeSpan(reason, QUOTE_CHARS_MAX)}${citedRange(firstFailure.place, fixedPlace)}`,
      `It succeeded after changes to ${listed(changedBetween.map((path) => codeSpan(path, COMMAND_CHARS_MAX)))}${cited(fixedPlace)}`,
      `The agent's explanation: ${prose(explained.reply, QUOTE_CHARS_MAX)}${cited(explained.replyPlace)}`,
    ],
    events: [firstFailure.place, fixedPlace, explained.replyPlace],
    trust: 'tool',
  };
}

/** What the user said is to be run for a purpose, and what was then run with success. */
export interface HowTo {
  purpose: string;
  sentence: string;
  command: string;
  saidPlace: number;
  ranPlace: number;
}

function procedure({ purpose, sentence, command, saidPlace, ranPlace }: HowTo): Finding {
  return {
    kind: 'procedure',
    title: clamp(`To ${purpose}, run ${command}`, TITLE_CHARS_MAX),
    statements: [`The user said: “${prose(sentence, QUOTE_CHARS_MAX)}”${cited(saidPlace)}`, `${codeSpan(command, COMMAND_CHARS_MAX)} was run and succeeded${cited(ranPlace)}`],
    events: [saidPlace, ranPlace],
    trust: 'user',
  };
}
