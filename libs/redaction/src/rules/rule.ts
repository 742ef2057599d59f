/** The named groups of a match; those of alternatives that were not taken are undefined. */
export type Groups = Readonly<Record<string, string | undefined>>;

/**
 * How one kind of secret is recognised.
 *
 * `anchors`: a match of `pattern` starts with one of these, in any case. Only the first three characters are looked at.
 * `pattern`: sticky (`y`). What is replaced is its group `secret`, which ends where the match ends, or the whole match; the
 * rest is context that is kept. Every quantifier is bounded or runs over characters that cannot start the pattern again,
 * so that time stays linear in the text.
 * `isSecret`: judges what the pattern cannot; without it every match counts.
 */
export interface Rule<Name extends string = string> {
  readonly name: Name;
  readonly anchors: readonly string[];
  readonly pattern: RegExp;
  readonly isSecret: ((secret: string, groups: Groups) => boolean) | undefined;
}

export function rule<Name extends string>(name: Name, anchors: readonly string[], pattern: RegExp, isSecret?: Rule['isSecret']): Rule<Name> {
  return { name, anchors, pattern, isSecret };
}

/**
 * Not inside a word. The `n` of an escaped line break and the digits of `%20` are letters that end no word:
 * transcripts are full of JSON in JSON.
 */
const OUTSIDE_WORD = String.raw`(?:(?<![A-Za-z0-9_-])|(?<=\\[nrtbf]|\\u[0-9a-fA-F]{4}|%[0-9a-fA-F]{2}))`;

/** For prefixes that also occur inside ordinary words: the pattern only matches where a word starts. */
export function standalone(pattern: RegExp): RegExp {
  return new RegExp(OUTSIDE_WORD + pattern.source, pattern.flags);
}

/** A quote as it is written at any depth of JSON inside JSON: `"`, `\"`, `\\\"`. */
export const QUOTE = String.raw`\\{0,7}["'\x60]`;

/** Text in quotes up to the same quote at the same depth of escaping, or to the end of the line where that was cut off. */
export const QUOTED_SECRET = String.raw`(?<escape>\\{0,7})(?<quote>["'\x60])(?<secret>(?:(?!(?<!\\)\k<escape>\k<quote>)[^\r\n]){1,1024})`;
