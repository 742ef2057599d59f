/** Where one lexeme stands in a document: `weights` holds a letter for each position, A title, B names, D body. */
export interface Occurrences {
  positions: readonly number[];
  weights: string;
}

/** A document that holds at least one of the terms asked for, or stands beside one that does. */
export interface Candidate {
  projectId: string;
  /** Rises with every document that is written in a project. */
  number: number;
  kind: string;
  isPinned: boolean;
  /** Another page has taken its place. */
  isSuperseded: boolean;
  /** In milliseconds since 1970. */
  happenedAt: number;
  /** In words. */
  length: number;
  /** Of an observation. */
  sessionId: string | null;
  sequence: number | null;
  /** Of an observation: equal where another says the same. */
  textHash: number | null;
  matches: Readonly<Record<string, Occurrences>>;
}

/** One term of the query as the index knows it. */
export interface SoughtTerm {
  /** Any of them is a match. */
  lexemes: readonly string[];
  /** Other ways to write it: a match that counts for less. */
  others: readonly string[];
  /** What words of the same origin begin with, to be matches that count for less; null where none are sought. */
  root: string | null;
  isWhole: boolean;
  weight: number;
}

/** Words that should stand together: at each `offset` from the first, any of the lexemes. */
export type SoughtPhrase = readonly { lexemes: readonly string[]; offset: number }[];

export interface Sought {
  terms: readonly SoughtTerm[];
  phrases: readonly SoughtPhrase[];
  /** Whether superseded pages are as good as others. */
  isSupersededEqual: boolean;
}

/** What is known of all documents that were searched, found or not. */
export interface Corpus {
  documents: number;
  lengthAverage: number;
  /** In how many documents a lexeme stands; under a root with `*`, any lexeme that begins so. */
  frequencies: ReadonlyMap<string, number>;
}
