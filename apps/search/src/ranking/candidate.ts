/** Where one lexeme stands in a document: `weights` holds a letter for each position, A title, B names, D body. */
export interface Occurrences {
  positions: readonly number[];
  weights: string;
}

/** A document that holds at least one of the lexemes asked for. */
export interface Candidate {
  projectId: string;
  key: string;
  kind: string;
  isPinned: boolean;
  happenedAt: string;
  /** In words. */
  length: number;
  matches: Readonly<Record<string, Occurrences>>;
}

/** One term of the query as the index knows it: any of the lexemes is a match. */
export interface SoughtTerm {
  lexemes: readonly string[];
  isWhole: boolean;
}

/** Words that should stand together: at each `offset` from the first, any of the lexemes. */
export type SoughtPhrase = readonly { lexemes: readonly string[]; offset: number }[];

export interface Sought {
  terms: readonly SoughtTerm[];
  phrases: readonly SoughtPhrase[];
}

/** What is known of all documents that were searched, found or not. */
export interface Corpus {
  documents: number;
  lengthAverage: number;
  /** In how many documents a lexeme stands. */
  frequencies: ReadonlyMap<string, number>;
}
