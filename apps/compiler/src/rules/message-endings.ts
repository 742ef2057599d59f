import { blocksOf, itemsAfter, type Block } from './message-blocks.js';
import { COURTESY, isIntention } from './message-lead.js';
import { clamp, sentencesOf } from './text.js';

const NEXT_STEPS_HEADING = /^(?:\W*)(?:(?:recommended|suggested|proposed|possible|actionable|immediate|my|the)\s+)*(?:next steps?|what'?s (?:left|next)|left to do|remaining(?: work| tasks| steps| items)?|still (?:to do|open|missing|left)|outstanding(?: work| tasks| items)?|to-?do(?:s)?|follow-?ups?|nächste(?:r|n)? schritte?|noch (?:zu tun|offen)|offene punkte|próximos pas(?:os|sos)|siguientes pasos|pendientes?|pendências|(?:la |les )?prochaines? étapes?|reste à faire|下一步|接下来|后续|待办|次のステップ|残り(?:の作業)?|今後)(?![\p{L}])/iu;
const NEEDED_BEFORE_LIST = /\b(?:need(?:s)? to|have to|should|must|remains?|remaining|left|would be to|you can)\b[^.]*:$/i;
const STEPS_MAX = 6;
const STEP_CHARS_MAX = 240;

/** Steps that the message names as still to be done, in its order. */
export function statedNextSteps(message: string): string[] {
  const blocks = blocksOf(message);
  for (const [index, block] of blocks.entries()) {
    const isHeading = NEXT_STEPS_HEADING.test(block.text);
    if (!isHeading && !(block.kind === 'prose' && NEEDED_BEFORE_LIST.test(block.text.slice(-STEP_CHARS_MAX)))) continue;
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
