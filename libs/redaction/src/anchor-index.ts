import type { Rule } from './rules/rule.js';

/** A rule with its place in the table; a lower rank wins the label. */
export interface RankedRule { readonly rank: number; readonly rule: Rule }

const BITS = 5;
const WINDOW_MASK = (1 << (3 * BITS)) - 1;

/** Folds upper and lower case, and some punctuation with letters: harmless, since the pattern decides. */
function pushed(window: number, code: number): number {
  return ((window << BITS) | (code & 31)) & WINDOW_MASK;
}

/**
 * Finds the places where a rule may match by one look at each character, however many rules there are: the last three
 * characters index a table. An alternation of all anchors costs three times as much and grows with every rule.
 */
export class AnchorIndex {
  private readonly rulesAt: (RankedRule[] | undefined)[] = Array.from({ length: WINDOW_MASK + 1 }, () => undefined);

  constructor(rules: readonly Rule[]) {
    rules.forEach((rule, rank) => {
      for (const window of new Set(rule.anchors.map((anchor) => windowOf(anchor)))) (this.rulesAt[window] ??= []).push({ rank, rule });
    });
  }

  /** Calls `visit` for each rule that may match at an index, in order of index, until it answers false. */
  scan(text: string, visit: (candidate: RankedRule, index: number) => boolean): void {
    let window = 0;
    for (let end = 0; end < text.length; end += 1) {
      window = pushed(window, text.charCodeAt(end));
      const candidates = this.rulesAt[window];
      if (candidates === undefined || end < 2) continue;
      if (!candidates.every((candidate) => visit(candidate, end - 2))) return;
    }
  }
}

function windowOf(anchor: string): number {
  if (anchor.length < 3) throw new RangeError(`An anchor needs three characters: ${anchor}`);
  return [0, 1, 2].reduce((window, at) => pushed(window, anchor.charCodeAt(at)), 0);
}
