import { type Chunk, chunksOf, isSpaceless, type Word } from '../terms/text-words.js';

/** About a fifth of it may be added to end at a word. */
const SNIPPET_CHARS = 200;
/** How much of what stands before the first match is shown. */
const LEAD_CHARS = 40;

/** What is to be marked: the lexeme found at a word's number in the text, from 1, and identifiers kept whole. */
export interface SnippetMatches {
  lexemeAt: ReadonlyMap<number, string>;
  wholes: ReadonlySet<string>;
}

interface Mark {
  start: number;
  end: number;
  lexeme: string;
}

/** The part of the text with the most different matches, escaped as HTML, with the matches between `<mark>` and `</mark>`. */
export function snippetOf(text: string, matches: SnippetMatches): string {
  const marks = marksOf(text, matches);
  const start = startOfWord(text, Math.max(0, densest(marks) - LEAD_CHARS));
  const end = endOfWord(text, start + SNIPPET_CHARS);
  const shown = marks.filter((mark) => mark.start >= start && mark.end <= end);
  return `${start > 0 ? '…' : ''}${markUp(text, start, end, shown)}${end < text.trimEnd().length ? '…' : ''}`;
}

function marksOf(text: string, { lexemeAt, wholes }: SnippetMatches): Mark[] {
  let number = 0;
  return chunksOf(text, wholes.size > 0).flatMap((chunk) => {
    const whole = chunk.wholes.find((candidate) => wholes.has(candidate));
    const marks = chunk.words.map((word) => markOf(word, lexemeAt.get((number += 1)))).filter((mark) => mark !== null);
    return whole === undefined ? marks : [{ ...spanOf(chunk), lexeme: whole }];
  });
}

/** Of a pair of letters that was found by its first one, only that. */
function markOf({ text, start, end }: Word, lexeme: string | undefined): Mark | null {
  if (lexeme === undefined) return null;
  const isLetterOfPair = lexeme !== text && isSpaceless(lexeme) && text.startsWith(lexeme);
  return { start, end: isLetterOfPair ? start + lexeme.length : end, lexeme };
}

function spanOf({ words }: Chunk): { start: number; end: number } {
  return { start: words[0]!.start, end: words.at(-1)!.end };
}

/** Where the window with the most different lexemes, then the most matches, begins; the first of equals. */
function densest(marks: readonly Mark[]): number {
  let best = { start: 0, value: 0 };
  let last = 0;
  marks.forEach((mark, first) => {
    while (last < marks.length && marks[last]!.end <= mark.start + SNIPPET_CHARS - LEAD_CHARS) last += 1;
    const inside = marks.slice(first, last);
    const value = new Set(inside.map(({ lexeme }) => lexeme)).size + inside.length / 1_000;
    if (value > best.value) best = { start: mark.start, value };
  });
  return best.start;
}

/** The next beginning of a word at or after `at`, unless it is far; never inside a letter. */
function startOfWord(text: string, at: number): number {
  if (at === 0) return 0;
  const space = text.slice(at - 1, at + LEAD_CHARS / 2).search(/\s\S/);
  return space >= 0 ? at + space : wholeLetter(text, at);
}

function endOfWord(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const space = text.slice(at, at + LEAD_CHARS).search(/\s/);
  return space >= 0 ? at + space : wholeLetter(text, at);
}

/** `at`, or as far before it as a pair of surrogates, or a letter with its marks, begins. */
function wholeLetter(text: string, at: number): number {
  const isInsidePair = /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));
  const start = isInsidePair ? at - 1 : at;
  const marks = /^\p{M}/u.test(text.slice(start, start + 2)) ? /[^\p{M}]?\p{M}{0,8}$/u.exec(text.slice(Math.max(0, start - 10), start))![0].length : 0;
  return start - marks;
}

function markUp(text: string, start: number, end: number, marks: readonly Mark[]): string {
  let html = '';
  let at = start;
  for (const mark of joined(marks)) {
    html += `${escape(text.slice(at, mark.start))}<mark>${escape(text.slice(mark.start, mark.end))}</mark>`;
    at = mark.end;
  }
  return (html + escape(text.slice(at, end))).trim();
}

/** Words of one identifier stand side by side, pairs of letters over each other: they are marked as one. */
function joined(marks: readonly Mark[]): Mark[] {
  const spans: Mark[] = [];
  for (const mark of marks) {
    const before = spans.at(-1);
    if (before && before.end >= mark.start) before.end = Math.max(before.end, mark.end);
    else spans.push({ ...mark });
  }
  return spans;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
