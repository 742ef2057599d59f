import { blocksOf, itemsAfter, type Block } from './message-blocks.js';
import { clamp, sentencesOf } from './text.js';

/** Words that praise, agree or announce, and say nothing about the work. */
const FILLER = /^(?:great|perfect|excellent|awesome|wonderful|done|fixed|finished|completed?|all set|all done|sure|okay|ok|alright|got it|understood|absolutely|of course|certainly|good (?:question|point|idea|catch)|great (?:question|point|idea)|i understand|i see|in summary|(?:we|i)(?:'ve| have)(?: now)?(?: successfully)?|(?:we|i) successfully|alles klar|klar|gerne|verstanden|erledigt|fertig|perfekt|claro|perfeito|pronto|certo|perfecto|listo|parfait|d'accord|bien sûr|voilà|好的|はい)(?![\p{L}\p{N}])[!.,:—–-]*\s*/iu;
/** Sentences that do the same at length. */
const PREAMBLE = /^(?:thank you|you(?:'re| are) (?:absolutely |completely |totally )?(?:right|correct)|my apologies|i apologi[sz]e|sorry|let me (?:summari[sz]e|explain|clarify)|to (?:summari[sz]e|clarify|recap)|here(?:'s| is| are)[^.!:]*(?:summary|what|overview|recap|analysis|breakdown|explanation|review|assessment))(?![\p{L}])[^.!]*[.!:]*$/iu;
const PREAMBLE_CHARS_MAX = 240;
/** Offers that close many messages and ask nothing about the work. */
export const COURTESY = /\b(?:anything else|something else|let me know|any (?:other )?questions|how (?:can|may) i help|what would you like (?:me )?to (?:do|help|work)|help you with|noch etwas|algo mais|algo más|autre chose)\b/i;
/** What an agent says before it acts; at the end of a turn it is an intention, not a result. */
const INTENTION = /^(?:now,?\s+|next,?\s+|first,?\s+|okay,?\s+)?(?:let me|let'?s|i'?ll|i will|i'm going to|i am going to|going to|ich werde|vou|voy a|je vais|我来|我将)\b/iu;
const ITEMS_IN_LEAD_MAX = 4;
const ITEM_CHARS_MAX = 110;

export function isIntention(sentence: string): boolean {
  return INTENTION.test(sentence) && !COURTESY.test(sentence);
}

function isPreamble(sentence: string): boolean {
  let rest = sentence;
  for (let shorter = rest.replace(FILLER, ''); shorter !== rest; shorter = rest.replace(FILLER, '')) rest = shorter;
  return rest === '' || (rest.length <= PREAMBLE_CHARS_MAX && PREAMBLE.test(rest));
}

/** A list item's own point: what stands before its explanation. */
function itemPoint(item: string): string {
  const point = /^(.{12,}?)(?::\s|\s[–—]\s)/.exec(item)?.[1] ?? item;
  return clamp(point.replace(/[:.]$/, '').replace(/\s(?:for|by|with|in|of|to|from|including|using|that)$/, ''), ITEM_CHARS_MAX);
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
    const telling = sentencesOf(block.text).filter((sentence) => !isPreamble(sentence) && !COURTESY.test(sentence));
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

/** A sentence that announces a list is followed by its points; one that announces sections, by their headings. */
function proseLead(blocks: readonly Block[], index: number, results: readonly string[]): string {
  const text = blocks[index]?.text ?? '';
  if (!text.endsWith(':')) return results.join(' ');
  const announcement = sentencesOf(text).at(-1) ?? '';
  const before = results.filter((sentence) => sentence !== announcement);
  const items = itemsAfter(blocks, index);
  const isTelling = !isPreamble(announcement);
  if (items.length > 0) return [...before, ...(isTelling ? [announcement] : []), joinedPoints(items)].join(' ');
  const headings = blocks[index + 1]?.kind === 'heading' && isTelling && !isIntention(announcement) ? headingsAfter(blocks, index) : [];
  return [...before, ...(headings.length > 0 ? [announcement, joinedPoints(headings)] : [])].join(' ');
}

function headingsAfter(blocks: readonly Block[], index: number): string[] {
  return blocks.slice(index + 1).filter((block) => block.kind === 'heading').map((block) => block.text);
}
