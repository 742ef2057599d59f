/** What a sentence takes and what it leaves, as far as it says so; in lower-case words. */
export interface Choice {
  taken: string[];
  left: string[];
}

const TAKE = String.raw`(?:use|using|prefer|keep|take|choose|chose|chosen|picked|go(?:ing)? with|went with|stick (?:with|to)|switch(?:ed)? to|move(?:d)? to|stay with|nehmen|nimm|verwenden?|verwende|nutzen?|usar|usa|usamos|utiliza|utilisons|utilise|gardons|garder)`;
const LEAVE = String.raw`(?:(?:don'?t|do not|never|no longer|stop) (?:use|using|take|go with)|drop(?:ping)?|get rid of|avoid|nie(?:mals)? (?:verwenden|nutzen)|kein(?:e[nrs]?)?|nunca (?:use|usa|usar)|n'utilise(?:z|ons)? (?:pas|jamais))`;
const OVER = String.raw`(?:instead of|rather than|over|in place of|and not|but not|statt|anstatt|anstelle von|em vez de|ao invés de|en (?:vez|lugar) de|au lieu de|plutôt que)`;
/** Where the name of a thing ends. */
const END = String.raw`(?=\s+(?:because|since|as|so that|for|in|on|when|whenever|where|to|until|and|but|weil|da|denn|porque|pois|para|parce que|car|pour)\b|[,;:.!?()]|$)`;
const THING = String.raw`((?:\S+\s+){0,4}?\S+?)`;

const TAKEN_OVER = new RegExp(String.raw`\b${TAKE}\s+${THING}\s*,?\s+${OVER}\s+${THING}${END}`, 'iu');
const OVER_TAKEN = new RegExp(String.raw`\b${OVER}\s+${THING}\s*,?\s+(?:let'?s |we |please )?${TAKE}\s+${THING}${END}`, 'iu');
const TAKEN = new RegExp(String.raw`\b${TAKE}\s+${THING}${END}`, 'iu');
const LEFT = new RegExp(String.raw`\b${LEAVE}\s+${THING}${END}`, 'iu');

const EMPTY = new Set('the a an our your its it this that these those them one ones plain again back der die das den dem ein eine einen o os um uma el la los las un una le les des'.split(' '));

/** Undefined where the sentence chooses nothing that has a name. */
export function choiceOf(sentence: string): Choice | undefined {
  const both = TAKEN_OVER.exec(sentence);
  if (both !== null) return named(both[1], both[2]);
  const reversed = OVER_TAKEN.exec(sentence);
  if (reversed !== null) return named(reversed[2], reversed[1]);
  const left = LEFT.exec(sentence);
  const rest = left === null ? sentence : sentence.replace(left[0], '');
  return named(TAKEN.exec(rest)?.[1], left?.[1]);
}

/** Whether the later choice undoes the earlier one: it takes what that left, or leaves what that took. */
export function isContrary(later: Choice, earlier: Choice): boolean {
  return isSame(later.taken, earlier.left) || isSame(later.left, earlier.taken);
}

function named(taken: string | undefined, left: string | undefined): Choice | undefined {
  const choice = { taken: wordsOf(taken ?? ''), left: wordsOf(left ?? '') };
  return choice.taken.length + choice.left.length === 0 ? undefined : choice;
}

function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}@][\p{L}\p{N}@/.+#-]*/gu) ?? [];
  return words.map((word) => word.replace(/[.,]+$/, '')).filter((word) => word !== '' && !EMPTY.has(word));
}

/** The same thing, also where one of the two says it with an adjective more. */
function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length === 0 || b.length === 0) return false;
  const both = a.filter((word) => b.includes(word)).length;
  return both === Math.min(a.length, b.length) && both * 2 >= Math.max(a.length, b.length);
}
