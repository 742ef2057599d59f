/**
 * Words that say in what language or manner something is asked more than what is asked for. All code of a project is in
 * one language, so that its name stands where somebody talks about the language, and would count as a rare word.
 */
const LANGUAGES = new Set('python java javascript typescript golang rust ruby php kotlin swift scala perl c++ c#'.split(' '));
const MANNERS = new Set('use uses used using code example examples way method function something kind many much long would could might like type mention get'.split(' '));

/** How much a word of a query counts for, from 0 to 1. */
export function weightOf(word: string): number {
  if (LANGUAGES.has(word)) return 0.2;
  return MANNERS.has(word) ? 0.5 : 1;
}
