import { createHash } from 'node:crypto';
import { type Language, languageOf } from '../terms/languages.js';
import { parserText } from '../terms/lexemes.js';
import { sectionsOf } from '../terms/sections.js';
import { type Chunk, chunksOf } from '../terms/text-words.js';
import type { Document } from './document.js';

/** A document's texts as the index takes them. */
export interface IndexText {
  title: string;
  body: string;
  path: string | null;
  language: Language;
  titleWords: string;
  nameWords: string;
  bodyWords: string;
  /** Identifiers kept whole. */
  wholes: readonly string[];
  /** Words in all three texts. */
  length: number;
  /** Of a page: at which words of its body, from 1, its sections begin; none where it has no headings. */
  sectionStarts: readonly number[];
  /** Of an observation: equal where another says the same; null where it says nothing. */
  textHash: string | null;
}

/**
 * Upper bounds in UTF-8 bytes. A tsvector holds at most 1 MB of lexemes and positions; the worst text, of nothing but
 * different short words, needs eight bytes for four. What lies behind a bound is neither found nor shown.
 */
export const INDEX_BYTES_MAX = { title: 1_024, path: 1_024, names: 16 * 1_024, body: 256 * 1_024, exact: 64 * 1_024 } as const;

export function indexText(document: Document): IndexText {
  const title = storable(document.title, INDEX_BYTES_MAX.title);
  const names = storable(document.names, INDEX_BYTES_MAX.names);
  const body = storable(document.body, INDEX_BYTES_MAX.body);
  const [titleChunks, nameChunks, bodyChunks] = [isAddedBy(title, body) ? chunksOf(title.replace(CUT, ' ')) : [], chunksOf(names), chunksOf(body)];
  const [titleWords, nameWords, bodyWords] = [wordsOf(titleChunks), wordsOf(nameChunks), wordsOf(bodyChunks)];
  const language = languageOf(`${document.title}\n${body}`);
  return {
    title, body, path: document.path === null ? null : storable(document.path, INDEX_BYTES_MAX.path), language,
    titleWords: parserText(titleWords, language), nameWords: parserText(nameWords, language), bodyWords: parserText(bodyWords, language),
    wholes: wholesOf([...titleChunks, ...nameChunks, ...bodyChunks]), length: titleWords.length + nameWords.length + bodyWords.length,
    ...(document.sessionId === null ? { sectionStarts: sectionStartsOf(body, bodyChunks), textHash: null } : { sectionStarts: [], textHash: textHashOf(document.kind, [...titleWords, ...bodyWords]) }),
  };
}

function sectionStartsOf(body: string, chunks: readonly Chunk[]): number[] {
  const words = chunks.flatMap((chunk) => chunk.words);
  let number = 0;
  return sectionsOf(body).map(({ start }) => {
    while (number < words.length && words[number]!.start < start) number += 1;
    return number + 1;
  });
}

/** Of its kind. What a tool prints differs from one time to the next by times, counts and lines. */
function textHashOf(kind: string, words: readonly string[]): string | null {
  const said = kind === 'post-tool-use' ? words.filter((word) => !/\p{N}/u.test(word)) : words;
  return said.length === 0 ? null : createHash('sha256').update([kind, ...said].join(' ')).digest().readBigInt64BE().toString();
}

/** What capture puts in the place of what it cut out of a title, or off its end. */
const CUT = /\s*…(?: \[\d+ bytes omitted\] …)?\s*/;

/** A title that is only the one line that there is, whole or cut, says nothing about it. */
function isAddedBy(title: string, body: string): boolean {
  const line = body.trim();
  const [head, ...rest] = title.trim().split(CUT);
  return line.includes('\n') || !line.startsWith(head!) || !line.endsWith(rest.at(-1) ?? '');
}

/** Postgres stores no NUL; a lone surrogate becomes U+FFFD; a cut leaves no half character. */
function storable(text: string, bytesMax: number): string {
  const bytes = Buffer.from(text.replaceAll('\0', ' '));
  return new TextDecoder().decode(bytes.subarray(0, bytesMax), { stream: true });
}

function wordsOf(chunks: readonly Chunk[]): string[] {
  return chunks.flatMap((chunk) => chunk.words.map((word) => word.text));
}

function wholesOf(chunks: readonly Chunk[]): string[] {
  const wholes = new Set<string>();
  let bytes = 0;
  for (const whole of chunks.flatMap((chunk) => chunk.wholes)) {
    if (wholes.has(whole)) continue;
    bytes += Buffer.byteLength(whole);
    if (bytes > INDEX_BYTES_MAX.exact) break;
    wholes.add(whole);
  }
  return [...wholes];
}
