/** A text that is to be found. Those of one session are captured as its events, in order; others as sessions of their own. */
export interface BenchDocument {
  id: string;
  text: string;
  session?: string;
}

export interface BenchQuery {
  text: string;
  gold: ReadonlySet<string>;
}

/** What is searched by itself: an organisation. */
export interface Group {
  documents: BenchDocument[];
  queries: BenchQuery[];
}

export interface Collection {
  name: string;
  groups: Group[];
}
