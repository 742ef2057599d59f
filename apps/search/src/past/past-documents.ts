import type { FindPastPages, OutputOf, PageSince, PageTrust } from '#libs/contracts';
import type { FoundWords } from '../indexing/prepared-documents.js';
import type { Candidate, Corpus, Occurrences } from '../ranking/candidate.js';

export type PastPage = OutputOf<typeof FindPastPages>['found'][number];

/** A page as it was, with what of the query stands in it. */
export interface PastDocument extends Candidate {
  key: string;
  versionId: string;
  title: string;
  body: string;
  updatedAt: string;
  since: PageSince;
  author: string;
  trust: PageTrust;
}

/** `place` is that among all that were found: of equals the first stands first. `indexTerms` are lexemes, and with `*` at its end what lexemes begin with. */
export function pastDocument({ head, since }: PastPage, place: number, { document, text, lexemes }: FoundWords, indexTerms: readonly string[]): PastDocument {
  return {
    projectId: head.projectId, key: document.key, number: -place, versionId: document.versionId, kind: document.kind, isPinned: document.isPinned, isSuperseded: document.isSuperseded, happenedAt: Date.parse(document.happenedAt), updatedAt: document.happenedAt,
    sessionId: null, sequence: null, textHash: null, length: text.length, title: text.title, body: text.body, since, author: head.author, trust: head.trust, matches: matchesOf(lexemes, indexTerms),
  };
}

/** Counted where they were looked at: what holds none of the words counts as a document alone. */
export function pastCorpus(documents: readonly PastDocument[], pages: number, indexTerms: readonly string[]): Corpus {
  const holders = (term: string): number => documents.filter(({ matches }) => Object.keys(matches).some((lexeme) => isMeant(lexeme, term))).length;
  return {
    documents: Math.max(pages, documents.length), lengthAverage: documents.reduce((sum, { length }) => sum + length, 0) / Math.max(1, documents.length),
    frequencies: new Map(indexTerms.map((term) => [term, holders(term)])),
  };
}

function matchesOf(lexemes: ReadonlyMap<string, Occurrences>, indexTerms: readonly string[]): Record<string, Occurrences> {
  return Object.fromEntries([...lexemes].filter(([lexeme]) => indexTerms.some((term) => isMeant(lexeme, term))));
}

function isMeant(lexeme: string, term: string): boolean {
  return term.endsWith('*') ? lexeme.startsWith(term.slice(0, -1)) : lexeme === term;
}
