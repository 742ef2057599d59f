import { blocksOf } from './message-blocks.js';
import { isQuestion } from './prompts.js';
import { clamp, linesOf, oneLine, sentencesOf, withWholeCode } from './text.js';

const STATEMENT_CHARS_MAX = 280;
const STATEMENT_WORDS_MIN = 3;
const STATEMENTS_PER_MESSAGE_MAX = 6;
/** A sentence longer than this is no sentence, and would take its time. */
const SEARCHED_CHARS_MAX = 600;

/** Where an order may begin: a sentence, or a clause after a comma or a joining word. */
const CLAUSE = String.raw`(?:^|[,;:–—(]\s*|\b(?:and|but|so|please|also|then|instead|just|no)\s+|-\s+)`;

/** What a correction asks for; other words after a "no" or a "just" report. */
const ORDER = '(?:do|use|keep|delete|remove|leave|make|put|go|update|change|create|write|move|run|stop|revert|undo|add|rename|call|merge|split|ignore|skip|drop|exit|check|test|ask|commit|push|close|open|read|show|wait)';

const START = String.raw`(?:^|[,;:–—]\s*(?:please |just |always )?|\bplease\s+|\bso\s+)`;

/** How a person states a choice, a constraint or a standing order. */
const STATED_BY_USER = [
  // English
  String.raw`${CLAUSE}(?:do not|don'?t|dont|never|always|avoid|stop)\s+(?!(?:think|know|see|understand|care|mind|get it|worry|remember|have|need|want)\b)\p{L}+`,
  String.raw`\b(?:you|we|it|they|this|that)\s+(?:should|must)\s+(?:always|never|not|only)\b|\b(?:must|should) ?n[o']t\b|\bmustn'?t\b|\bmust\b`,
  String.raw`\bfrom now on\b|\bgoing forward\b|\bas a (?:global )?rule\b|\bno need to\b|\bis not needed\b|\bnot needed\b|\bnot allowed\b`,
  String.raw`${CLAUSE}(?:let'?s|lets|we(?:'ll| will| should)?|i(?:'d| would)?)\s+(?:use|go with|stick (?:with|to)|keep|switch to|drop|call (?:it|this|them)|name (?:it|this|them)|rather|prefer|leave)\b`,
  String.raw`${START}(?:use|keep)\s+.+\b(?:for|instead|rather|not|because|since|as|everywhere|only|over|when|whenever)\b`,
  String.raw`(?:${START}|\b(?:but|and)\s+)keep\s+.+\s(?:in|until|as|out of|under|below)\b`,
  String.raw`${START}(?:call it|name it|prefer|stick (?:with|to)|go with|switch to)\s+\S+`,
  String.raw`\b(?:instead of|rather than|in favou?r of|over using)\b`,
  String.raw`\b(?:we|i)(?:'ve| have)? (?:decided|agreed|chose|chosen|settled)\b|\bdecision:`,
  String.raw`\bi (?:didn'?t|did not) ask\b|\bi (?:asked|told) (?:you )?(?:to|for)\b.*\bnot\b|\bnot (?:the|a|in the) .+, (?:but|only)\b`,
  String.raw`(?:^|[,;:–—]\s*)(?:let'?s|lets) (?:try|do|make|write|build|run|redo) .+\b(?:with|using|via|without)\s+\S+|\bproceed with (?:that|this|the|your)\b|\bgo with (?:that|this|the|option)\b`,
  String.raw`\b(?:will|should|are|is) (?:be )?\p{L}+(?:ed|en|wn|t) by .+, not\b|\b(?:but|and) ${ORDER}\b.+\bfirst\b|\bbut (?!(?:i|we|it|you|they|he|she|that|this|the|an?|my|our)\b)\p{L}+ .*\bfirst$|^no (?:new )?\p{L}+ (?:changes?|dependenc(?:y|ies))\b|\b(?:asking|ask) me (?:for|before|first|about|if|when)\b`,
  String.raw`(?:^|[,;:–—]\s*|\b(?:but|and)\s+)(?:ignoring|leaving out|skipping|without \p{L}+ing|excluding)\b|^(?:that'?s|this is) not\b.*\b(?:as|in)\b`,
  String.raw`^(?:no,?|no,? just|no,? please|just) ${ORDER}\b`,
  String.raw`(?:^|[,;:–—]\s*|\band\s+)(?:produce|format|write|return|print|output) (?:it|this|that|them) (?:as|in|with|like|to)\b`,
  String.raw`\b(?:i|we) want\b.+\bnot\b|\bshould just\b|\bmake it a rule\b|\bdoesn'?t make sense to\b`,
  // German
  String.raw`\bwir (?:nehmen|verwenden|nutzen|bleiben bei|behalten|setzen auf|machen das mit|haben (?:uns )?.*entschieden|haben beschlossen)\b|\b(?:entscheidung|beschlossen):`,
  String.raw`\b(?:nimm|verwende|verwendet|nutze|benutze|behalte)\s+\S+|\bstatt(?:dessen)?\b|\banstelle\b|\blieber\b|\bab jetzt\b|\bauf keinen fall\b`,
  String.raw`(?:^|[,;:]\s*|\b(?:und|aber|bitte|dort|hier|das|es|dabei|immer)\s+)(?:niemals|nie|immer|kein(?:e[nrs]?)?)\s+\S+|\b(?:nicht|keine?n?)\b.*\b(?:verwenden|benutzen|nutzen|anfassen|ändern|committen|löschen|einbauen)\b|\b(?:darf|dürfen|soll(?:en)?) (?:nicht|kein|nur|nie)`,
  // Portuguese and Spanish
  String.raw`\bvamos (?:a )?(?:usar|manter|mantener|ficar com|trocar)\b|(?:^|[,;:]\s*|\be\s+|\by\s+)(?:usa|usemos|utiliza|utilize) \S+|\bem vez d[eo]\b|\bao invés de\b|\ben (?:vez|lugar) de\b`,
  String.raw`(?:^|[,;:]\s*|\b(?:e|y|mas|pero)\s+)(?:nunca|sempre|siempre|jamás)\b|\b(?:decidimos|hemos decidido|prefiro|prefiero)\b|\bnão (?:use|usa|mexa|mexe|faça|altere|commite)\b|\bno (?:uses|toques|hagas|cambies)\b|\ba partir de (?:agora|ahora)\b`,
  // French
  String.raw`\b(?:utilisons|utilise|utilisez|on utilise|on garde|on part sur|gardons|garde)\s+\S+|\bau lieu de\b|\bplutôt que\b|\b(?:on a|nous avons) décidé\b|\bje préfère\b|\bne \p{L}+ (?:pas|jamais)\b|(?:^|[,;:]\s*)(?:toujours|jamais)\b|\bdésormais\b`,
  // Chinese, Japanese, Korean
  String.raw`不要|不用|别用|必须|必須|务必|总是|永远|一律|改用|而不是|決定|决定|采用|以后|ではなく|の代わりに|必ず|使わない|しないで|にしましょう|にする$|決め|절대|항상|하지 ?마|대신|결정`,
];

/** How a model reports that it chose. */
const STATED_BY_AGENT = [
  String.raw`\b(?:i|we)(?:'ve| have)? (?:decided|chose|chosen|opted|settled|agreed)\b|\b(?:i|we) went with\b|\bgoing with\b|(?:^|\b)decision:`,
  String.raw`\bwir haben uns\b.*\bentschieden\b|\bich habe mich\b.*\bentschieden\b|\bdecidimos\b|\bdecidi\b|\bnous avons (?:décidé|choisi|opté)\b|\bj'ai (?:décidé|choisi|opté)\b|决定(?:使用|采用)|ことにしました`,
];

/** Latin letters without their accents, since `\b` sees no word in `décidé`; other scripts stay as they are. */
function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').normalize('NFC');
}

function anyOf(patterns: readonly string[]): RegExp {
  return new RegExp(withoutAccents(patterns.join('|')), 'iu');
}

const USER_PATTERN = anyOf(STATED_BY_USER);
const AGENT_PATTERN = anyOf(STATED_BY_AGENT);
/** Reports about the past, doubts and conditions sound alike and decide nothing. */
const NO_DECISION = /^(?:(?:it|this|that|there)\s+)?(?:seems?|looks)\b|\bwhy\b|^if you\b|\bi (?:don'?t|do not) think\b|\bi(?:'m| am) not sure\b|\byou (?:did|never|always|didn'?t|forgot|stopped)\b|\bit (?:always|never)\b|^(?:warum|wieso|wenn)\b/i;
const STANDING_ORDER = /\bfrom now on\b|\bab jetzt\b|\ba partir de (?:agora|ahora)\b|\bdésormais\b|以后|今後/i;

function statements(text: string, pattern: RegExp): string[] {
  const found: string[] = [];
  for (const line of linesOf(withWholeCode(text))) {
    if (/^\s*(?:>|\||```|#{1,6}\s)/.test(line)) continue;
    const prose = oneLine(line.replace(/^\s*(?:[-*+•]|\d+[.)])\s+/, '').replace(/\*\*/g, ''));
    for (const sentence of sentencesOf(prose)) {
      const isLongEnough = sentence.split(' ').length >= STATEMENT_WORDS_MIN || /[^\u0000-\u02ff]{4}/.test(sentence);
      if (isLongEnough && pattern.test(withoutAccents(sentence.slice(0, SEARCHED_CHARS_MAX)))) found.push(clamp(sentence, STATEMENT_CHARS_MAX));
    }
  }
  return found.slice(0, STATEMENTS_PER_MESSAGE_MAX);
}

/** Sentences of a prompt that state a choice, a constraint or a standing order, in the person's words. */
export function decisionsOfUser(text: string): string[] {
  return statements(text, USER_PATTERN).filter((sentence) => STANDING_ORDER.test(sentence) || (!isQuestion(sentence) && !NO_DECISION.test(sentence)));
}

/** Sentences of an agent's message that say what was decided. */
export function decisionsOfAgent(message: string): string[] {
  const said = blocksOf(message).map((block) => block.text).join('\n');
  return statements(said, AGENT_PATTERN).filter((sentence) => !isQuestion(sentence));
}

export interface Decision {
  text: string;
  by: 'user' | 'agent';
  place: number;
}

const FIRST_KEPT_MAX = 8;
const LAST_KEPT_MAX = 12;

/** The decisions of a session in order, each once; of very many the first and the last are kept. */
export class Decisions {
  readonly #first: Decision[] = [];
  readonly #last: Decision[] = [];
  #leftOut = 0;

  add(texts: readonly string[], by: Decision['by'], place: number): void {
    for (const text of texts) {
      const same = (other: Decision): boolean => other.text.toLowerCase() === text.toLowerCase();
      if (this.#first.some(same) || this.#last.some(same)) continue;
      if (this.#first.length < FIRST_KEPT_MAX) this.#first.push({ text, by, place });
      else this.#last.push({ text, by, place });
      if (this.#last.length > LAST_KEPT_MAX) {
        this.#last.shift();
        this.#leftOut++;
      }
    }
  }

  get kept(): readonly Decision[] {
    return [...this.#first, ...this.#last];
  }

  get leftOut(): number {
    return this.#leftOut;
  }
}
