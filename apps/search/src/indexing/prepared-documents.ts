import type { Occurrences } from '../ranking/candidate.js';
import { buildSegment } from '../segments/segment-builder.js';
import type { Facts } from '../segments/segment-layout.js';
import type { NewSegment } from '../segments/segment-writer.js';
import { parseTsvector } from '../segments/tsvector-text.js';
import { CONFIGURATIONS } from '../terms/languages.js';
import { exactVector } from '../terms/lexemes.js';
import type { Document } from './document.js';
import { indexText, type IndexText } from './index-text.js';
import { markedLexemes } from './marked-lexemes.js';

export interface FoundWords {
  document: Document;
  text: IndexText;
  lexemes: ReadonlyMap<string, Occurrences>;
}

/** Documents as they are put in, numbered from 0. */
export interface PreparedDocuments {
  /** What they are found by. */
  segment: NewSegment;
  /** What is shown of them: JSON for the table `documents`. */
  rows: string;
  /** In words. */
  lengths: number[];
}

/** The documents' texts, and as JSON the words of them that Postgres is to stem. */
export function findWords(documents: readonly Document[]): { texts: IndexText[]; words: string } {
  const texts = documents.map(indexText);
  const words = texts.map((text, n) => ({ n, configuration: CONFIGURATIONS[text.language], title_words: text.titleWords, name_words: text.nameWords, body_words: text.bodyWords, exact: exactVector(text.wholes) }));
  return { texts, words: JSON.stringify(words) };
}

/** `vectors`: of each text, what Postgres made of its words. */
export function foundWords(documents: readonly Document[], texts: readonly IndexText[], vectors: readonly string[]): FoundWords[] {
  return documents.map((document, n) => ({ document, text: texts[n]!, lexemes: markedLexemes(parseTsvector(vectors[n]!), texts[n]!) }));
}

export function prepareDocuments({ documents, texts, vectors }: { documents: readonly Document[]; texts: readonly IndexText[]; vectors: readonly string[] }): PreparedDocuments {
  const indexed = foundWords(documents, texts, vectors).map(({ document, text, lexemes }, number) => ({ key: document.key, length: text.length, lexemes, number, facts: factsOf(document, text) }));
  return { segment: buildSegment(indexed), rows: JSON.stringify(documents.map((document, n) => rowOf(document, texts[n]!, n))), lengths: texts.map(({ length }) => length) };
}

/** As `FACTS_COLUMNS` read them from the rows. */
function factsOf({ kind, isPinned, isSuperseded, happenedAt, sessionId, sequence }: Document, { textHash }: IndexText): Facts {
  return { kind, isPinned, isSuperseded, happenedAt: Date.parse(happenedAt), sessionId, sequence, textHash: textHash === null ? null : Number(BigInt.asUintN(32, BigInt(textHash))) };
}

function rowOf(document: Document, text: IndexText, n: number): Record<string, unknown> {
  return {
    key: document.key, version_id: document.versionId, session_id: document.sessionId, sequence: document.sequence, kind: document.kind,
    is_pinned: document.isPinned, title: text.title, happened_at: document.happenedAt, body: text.body, length: text.length, n,
    path: text.path, agent: document.agent, author: document.author, is_superseded: document.isSuperseded,
    text_hash: text.textHash,
  };
}
