import { withoutScaffolding } from './scaffolding.js';
import { clamp, linesOf, oneLine, sentencesOf } from './text.js';

interface Block {
  kind: 'heading' | 'prose' | 'item';
  text: string;
}

const FENCE = /^\s*(?:```|~~~)/;
const ITEM = /^\s*(?:[-*+•]|\d+[.)])\s+/;
const HEADING = /^\s*(?:#{1,6}\s+.*|\*\*[^*]+\*\*:?|__[^_]+__:?)\s*$/;

function withoutEmphasis(line: string): string {
  return oneLine(line.replace(/\*\*([^*]+)\*\*|__([^_]+)__/g, '$1$2').replace(/(^|\s)\*(\S[^*]*)\*(?=\W|$)/g, '$1$2').replace(/^[\s✅☑✔✓❌⚠️🎉🚀📝🔧]+/u, ''));
}

/** The message as headings, lines of prose and list items of the first level; code, tables and quotes are left out. */
function blocksOf(message: string): Block[] {
  const blocks: Block[] = [];
  let isCode = false;
  let listIndent = 0;
  for (const line of linesOf(withoutScaffolding(message))) {
    // A whole answer is sometimes wrapped as a block of markdown; its text is the message.
    const isWrapper = /^\s*```(?:markdown|md)\s*$/.test(line);
    if (FENCE.test(line) && !isWrapper) isCode = !isCode;
    else if (isCode || isWrapper || /^\s*(?:$|\||>|---+\s*$)/.test(line)) continue;
    else if (HEADING.test(line)) blocks.push({ kind: 'heading', text: withoutEmphasis(line.replace(/^\s*#+\s+/, '').replace(/^\d+[.)]\s+/, '')) });
    else if (ITEM.test(line)) {
      const indent = line.length - line.trimStart().length;
      const isNested = blocks.at(-1)?.kind === 'item' && indent > listIndent;
      if (!isNested) blocks.push({ kind: 'item', text: withoutEmphasis(line.replace(ITEM, '')) });
      if (!isNested) listIndent = indent;
    } else if (blocks.at(-1)?.kind !== 'item' || !/^\s{2,}/.test(line)) blocks.push({ kind: 'prose', text: withoutEmphasis(line) });
  }
  return blocks.filter((block) => block.text !== '');
}

/** Openings that praise, agree or announce, and say nothing about the work. */
const PREAMBLE = /^(?:(?:great|perfect|excellent|awesome|wonderful|done|sure|okay|ok|alright|got it|understood|absolutely|of course|certainly|good (?:question|point|idea|catch)|great (?:question|point|idea)|i understand|i see|thank you.*|you(?:'re| are) (?:absolutely |completely |totally )?(?:right|correct)[^.!]*|my apologies[^.!]*|i apologi[sz]e[^.!]*|sorry[^.!]*|let me (?:summari[sz]e|explain|clarify)[^.!]*|to (?:summari[sz]e|clarify|recap)[^.!:]*|in summary|here(?:'s| is| are)[^.!:]*(?:summary|what|overview|recap)[^.!:]*|(?:we|i)(?:'ve| have)? (?:now )?successfully|(?:we|i)(?:'ve| have)|alles klar|klar|gerne|verstanden|erledigt|fertig|perfekt|claro|perfeito|pronto|certo|perfecto|listo|parfait|d'accord|bien sûr|voilà|好的|はい)[!.,:—–-]*\s*)+$/iu;
/** What an agent says before it acts; at the end of a turn it is an intention, not a result. */
const INTENTION = /^(?:now,?\s+|next,?\s+|first,?\s+|okay,?\s+)?(?:let me|let'?s|i'?ll|i will|i'm going to|i am going to|going to|ich werde|vou|voy a|je vais|我来|我将)\b/iu;
const ITEMS_IN_LEAD_MAX = 4;
const ITEM_CHARS_MAX = 110;

export function isIntention(sentence: string): boolean {
  return INTENTION.test(sentence);
}

/** A list item's own point: what stands before its explanation. */
function itemPoint(item: string): string {
  const point = /^(.{12,}?)(?::\s|\s[–—]\s)/.exec(item)?.[1] ?? item;
  return clamp(point.replace(/[:.]$/, '').replace(/\s(?:for|by|with|in|of|to|from|including|using|that)$/, ''), ITEM_CHARS_MAX);
}

function itemsAfter(blocks: readonly Block[], index: number): string[] {
  const rest = blocks.slice(index + 1);
  const end = rest.findIndex((block) => block.kind !== 'item');
  return (end === -1 ? rest : rest.slice(0, end)).map((block) => block.text);
}

/** The points that a sentence announces: the list after it, or the headings of what follows. */
function pointsAfter(blocks: readonly Block[], index: number): string[] {
  const next = blocks[index + 1];
  if (next?.kind !== 'heading') return itemsAfter(blocks, index);
  return blocks.slice(index + 1).filter((block) => block.kind === 'heading').map((block) => block.text);
}

function joinedPoints(points: readonly string[]): string {
  const shown = points.slice(0, ITEMS_IN_LEAD_MAX).map(itemPoint).join('; ');
  return points.length > ITEMS_IN_LEAD_MAX ? `${shown}; …` : shown.replace(/([^.!?…])$/, '$1.');
}

/**
 * What the message says first that is about the work, in at most `charsMax` characters. A sentence that announces a
 * list is completed with the list's points. Intentions count only where nothing else is said.
 */
export function leadOf(message: string, charsMax: number): string {
  const blocks = blocksOf(message);
  let intention = '';
  for (const [index, block] of blocks.entries()) {
    if (block.kind === 'heading') continue;
    const telling = sentencesOf(block.text).filter((sentence) => !PREAMBLE.test(sentence));
    const results = telling.filter((sentence) => !isIntention(sentence) || block.kind === 'item');
    const lead = block.kind === 'item' ? listLead(blocks, index) : proseLead(blocks, index, results);
    if (lead !== '') return clamp(lead, charsMax);
    if (intention === '') intention = telling[0] ?? '';
  }
  return clamp(intention.replace(/:$/, '.'), charsMax);
}

function listLead(blocks: readonly Block[], index: number): string {
  const heading = blocks[index - 1]?.kind === 'heading' ? `${blocks[index - 1]?.text.replace(/:$/, '')}: ` : '';
  return heading + joinedPoints([blocks[index]?.text ?? '', ...itemsAfter(blocks, index)]);
}

function proseLead(blocks: readonly Block[], index: number, results: readonly string[]): string {
  const text = blocks[index]?.text ?? '';
  if (!text.endsWith(':')) return results.join(' ');
  const points = pointsAfter(blocks, index);
  const announcement = sentencesOf(text).at(-1) ?? '';
  if (points.length === 0) return results.filter((sentence) => !sentence.endsWith(':')).join(' ');
  const isTelling = !PREAMBLE.test(announcement);
  const before = [...results.filter((sentence) => sentence !== announcement), ...(isTelling ? [announcement] : [])].join(' ');
  return [before, joinedPoints(points)].filter((part) => part !== '').join(' ');
}

const NEXT_STEPS_HEADING = /^(?:\W*)(?:(?:recommended|suggested|proposed|possible|actionable|immediate|my|the)\s+)*(?:next steps?|what'?s (?:left|next)|left to do|remaining(?: work| tasks| steps| items)?|still (?:to do|open|missing|left)|outstanding(?: work| tasks| items)?|to-?do(?:s)?|follow-?ups?|nächste(?:r|n)? schritte?|noch (?:zu tun|offen)|offene punkte|próximos pas(?:os|sos)|siguientes pasos|pendientes?|pendências|(?:la |les )?prochaines? étapes?|reste à faire|下一步|接下来|后续|待办|次のステップ|残り(?:の作業)?|今後)(?![\p{L}])/iu;
const NEEDED_BEFORE_LIST = /\b(?:need(?:s)? to|have to|should|must|remains?|remaining|left|would be to|you can)\b[^.]*:$/i;
const STEPS_MAX = 6;
const STEP_CHARS_MAX = 240;

/** Steps that the message names as still to be done, in its order. */
export function statedNextSteps(message: string): string[] {
  const blocks = blocksOf(message);
  for (const [index, block] of blocks.entries()) {
    const isHeading = NEXT_STEPS_HEADING.test(block.text);
    if (!isHeading && !(block.kind === 'prose' && NEEDED_BEFORE_LIST.test(block.text))) continue;
    const inline = isHeading ? block.text.replace(NEXT_STEPS_HEADING, '').replace(/^[^:：]*[:：]\s*/, '').trim() : '';
    const steps = inline.length > 8 ? [inline] : stepsAfter(blocks, index);
    if (steps.length > 0) return steps.slice(0, STEPS_MAX).map((step) => clamp(step, STEP_CHARS_MAX));
  }
  return [];
}

function stepsAfter(blocks: readonly Block[], index: number): string[] {
  const items = itemsAfter(blocks, index);
  if (items.length > 0) return items.map((item) => item.replace(/:$/, ''));
  const following = blocks[index + 1];
  return following?.kind === 'prose' && !following.text.endsWith('?') ? [following.text] : [];
}

/** The intention that the message ends with, where the agent got no further. */
export function closingIntention(message: string): string {
  const last = blocksOf(message).at(-1);
  const sentence = last?.kind === 'prose' ? sentencesOf(last.text).at(-1) ?? '' : '';
  return isIntention(sentence) ? clamp(sentence.replace(/[:.]$/, ''), STEP_CHARS_MAX) : '';
}

/** Offers that close many messages and ask nothing about the work. */
const COURTESY = /\b(?:anything else|something else|let me know|any (?:other )?questions|how (?:can|may) i help|what would you like (?:me )?to (?:do|help|work)|help you with|noch etwas|algo mais|algo más|autre chose)\b/i;
const QUESTION_CHARS_MAX = 320;

/** The question the message ends with, or nothing; courtesies are no questions. */
export function closingQuestion(message: string): string {
  const last = blocksOf(message).filter((block) => block.kind === 'prose').at(-1);
  const sentences = sentencesOf(last?.text ?? '');
  if (!/[?？]\W*$/.test(sentences.at(-1) ?? '')) return '';
  const questions = sentences.filter((sentence) => /[?？]\W*$/.test(sentence)).map(withoutCourtesy).filter((question) => question !== '');
  return clamp(questions.join(' '), QUESTION_CHARS_MAX);
}

/** `Shall I test it, or is there anything else?` keeps its first half. */
function withoutCourtesy(question: string): string {
  const kept = question.replace(/,? or is there [^?]*(?:anything|something) else[^?]*\?/i, '?');
  return COURTESY.test(kept) ? '' : kept;
}
