import { isAcknowledgement } from './acknowledgements.js';
import { saysInterrupted, withoutScaffolding } from './scaffolding.js';
import { capitalised, clamp, linesOf, oneLine, sentencesOf } from './text.js';

/**
 * What a prompt is to the story. `ask`: the person's own words, a candidate for the goal. `paste`: only output or code.
 * `acknowledgement`: agrees or says "go on". `scaffolding`: nothing of it is the person's.
 */
export interface Prompt {
  kind: 'ask' | 'paste' | 'acknowledgement' | 'scaffolding';
  /** The person's words without pasted output and code; for a paste, the paste. */
  text: string;
  isInterruption: boolean;
}

const LOG_LINES = [
  /^\s*at .+[:(]\d+/,
  /^\s*\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d/,
  /^\s*\[?\d\d:\d\d:\d\d/,
  /^\s*\[?(?:ERROR|WARN(?:ING)?|INFO|DEBUG|TRACE|FATAL)\b[\]:\s]/,
  /^\s*File ".+", line \d+/,
  /^Traceback \(most recent/,
  /^\s*npm (?:ERR!|error|warn)/i,
  /^\s*\w*(?:Error|Exception)(?: \[\w+\])?:\s/,
  /^\s*(?:error|warning)(?:\[\w+\])?:\s/,
  /^\s*\d+ \|/,
  /^\s*[\^~]+\s*$/,
  /^\s*-->? .+:\d+/,
  /^(?:@@|\+\+\+|---|diff --git|index [0-9a-f]{7})/,
  /^[\w.-]+@[\w.-]+[ :].*[$%#](?:\s|$)/,
  /^\s*[$❯›]\s/,
  /^\s*[✓✔✗✘✕×]\s/,
  /^\s*(?:FAIL|PASS|ok|not ok)\s/,
  /^\s*["{}[\]]/,
];
const LOG_LINES_MIN = 3;
const CODE_BLOCK = /^[ \t]*(```+|~~~+)[\s\S]*?(?:^[ \t]*\1[ \t]*$|$(?![\s\S]))/gm;
const FILE_MENTION = /(^|\s)@[\w./-]+/g;

function isLogLine(line: string): boolean {
  return LOG_LINES.some((pattern) => pattern.test(line));
}

/** The lines a person wrote, where enough of the others look like output for it to have been pasted. */
function withoutPastedOutput(text: string): string {
  const lines = linesOf(text.replace(CODE_BLOCK, ''));
  const own = lines.filter((line) => !isLogLine(line));
  const logLines = lines.length - own.length;
  return (logLines < LOG_LINES_MIN ? lines : own).join('\n').trim();
}

/** `/clear`, `/model opus`: a command to the agent's own program. With three words or more it may be a custom one that asks. */
function isSlashCommand(text: string): boolean {
  return /^\/[a-z][\w:-]*(?:\s+\S+){0,1}$/i.test(text);
}

export function readPrompt(body: string): Prompt {
  const isInterruption = saysInterrupted(body);
  const text = withoutScaffolding(body);
  if (text === '' || isSlashCommand(text)) return { kind: 'scaffolding', text: '', isInterruption };
  const own = withoutPastedOutput(text);
  if (own === '') return { kind: 'paste', text, isInterruption };
  const isPointer = own.replace(FILE_MENTION, '').trim() === '';
  return { kind: isPointer || isAcknowledgement(own) ? 'acknowledgement' : 'ask', text: own, isInterruption };
}

const QUESTION_START = new RegExp(`^(?:${[
  'what|why|how|which|who|whose|(?:when|where) (?:is|are|was|were|do|does|did|will|should|can)|is|are|was|were|does|do (?:you|we|i|they)|did|has|have (?:you|we|all|any|the|these|those)|should|would it|could it|can i|can we|any idea|isn\'?t|aren\'?t|doesn\'?t|didn\'?t|wouldn\'?t',
  'was|warum|wieso|wie|welche[rsnm]?|wann|wo|wer|ist|sind|gibt es|hast du|hat|sollen wir',
  'o que|por ?qu[eê]|como|qual|quais|quando|onde|quem|existe|há',
  '¿|qué|por qué|cómo|cuál|cuándo|dónde|quién|hay',
  'pourquoi|comment|quel(?:le)?s?|quand|où|est-ce|y a-t-il|qu\'est-ce',
].join('|')})(?=[\\s,'?¿]|$)`, 'iu');

/** True for words that ask for an answer and not for work. */
export function isQuestion(text: string): boolean {
  const line = oneLine(text.replace(FILE_MENTION, '$1'));
  if (/[?？]["')\]]*$/.test(line) || /(?:吗|呢|吧？|か。?|ですか|ますか|나요|까요)$/.test(line)) return true;
  return QUESTION_START.test(withoutLeadIn(line)) && sentencesOf(line).length === 1;
}

const LEAD_INS = new RegExp(`^(?:(?:${[
  'ok(?:ay)?|so|now|well|great|perfect|nice|cool|thanks|thank you|hi|hello|hey|yes|please|pls|alright|and|then|also|just|actually|next|first',
  'go ahead(?: and)?|go on and|let\'?s|let us|can you|can we|could you|would you|will you|i(?: would|\'d)? (?:want|like|need) (?:you )?to|we (?:want|need) to|you (?:should|need to)|proceed to|start by|help me(?: to)?',
  'bitte|kannst du|könntest du|können wir|lass uns|lasst uns|wir müssen|jetzt|und|dann|also|hallo',
  'por favor|vamos|pode(?:s|ria)?|você pode|agora|preciso que|puedes|podrías|vamos a|ahora|hola|necesito que',
  's\'il te pla[iî]t|peux-tu|pourrais-tu|tu peux|on va|maintenant|il faut',
  '请|帮我|麻烦|你能|能不能|可以',
].join('|')})(?:[\\s,!.:;-]+|(?<=[请我烦能以])))+`, 'iu');

/** The words without greetings and politeness before the verb: `ok, can you please add a test` → `add a test`. */
function withoutLeadIn(text: string): string {
  const rest = text.replace(LEAD_INS, '');
  return rest.length < 3 ? text : rest;
}

function withoutMarkup(line: string): string {
  return line.replace(/^(?:#{1,6}\s+|[-*+]\s+|\d+[.)]\s+|>\s+)+/, '').replace(/\*\*|__/g, '');
}

const TITLE_CHARS_MAX = 80;
const TITLE_WORDS_MIN = 3;

/** A title from the words of a goal: its first telling sentence, as a heading would say it. */
export function titleFrom(text: string): string {
  const lines = linesOf(text).map(withoutMarkup).map(oneLine).filter((line) => line !== '');
  let title = '';
  for (const sentence of lines.flatMap(sentencesOf)) {
    if (isAcknowledgement(sentence)) continue;
    title = title === '' ? asRequest(sentence) : `${title} ${sentence}`;
    if (title.split(' ').length >= TITLE_WORDS_MIN || /[^\u0000-\u02ff]{4}/.test(title)) break;
  }
  const plain = title.replace(/^["“'](.*)["”']$/, '$1').replace(/(^|\s)@(?=[\w./-]+)/g, '$1').replace(/[\s.:;,。]+$/, '');
  return capitalised(clamp(firstClause(plain), TITLE_CHARS_MAX));
}

/** `Can you add a test?` asks for work and is no question. */
function asRequest(sentence: string): string {
  const request = withoutLeadIn(sentence);
  return request === sentence || QUESTION_START.test(request) ? request : request.replace(/[?？]$/, '');
}

/** A title that is too long ends with its first clause, where that says enough. */
function firstClause(title: string): string {
  if (title.length <= TITLE_CHARS_MAX * 0.8) return title;
  const clause = /^(.{16,80}?)(?:[,;:，、；]\s*|\s[–—(-]\s?)/u.exec(title)?.[1] ?? title;
  return (clause.match(/`/g)?.length ?? 0) % 2 === 0 ? clause : title;
}
