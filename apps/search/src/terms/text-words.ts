/** A word of a text, folded for comparison, and where it stands in the text (UTF-16 offsets, `end` exclusive). */
export interface Word {
  text: string;
  start: number;
  end: number;
}

/** What people write without a space: a word, or an identifier with the words it is made of. */
export interface Chunk {
  words: Word[];
  /** Forms kept whole, folded: the identifier, its named parts, and for a path every shorter path to the same file. */
  wholes: string[];
}

/** Longer runs are hashes and blobs; their beginning tells them apart well enough. */
const WORD_CHARS_MAX = 64;
/** What is longer is no name, and would cost more than its length to take apart. */
const WHOLE_CHARS_MAX = 200;
/** Shorter paths that one path is also kept under. */
const PATH_SUFFIXES_MAX = 8;

const CHUNK = /[\p{L}\p{N}\p{M}_$@#./\\:+~-]+/gu;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** What is no part of a word once it is folded: fractions and circled numbers come apart. */
const NO_WORD = /[^\p{L}\p{Nd}\p{M}]/gu;
const SPOKEN = /[\p{L}\p{Nd}]/u;
const CAMEL_HUMP = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
const FLAG = /^--?(?=\p{L})/u;
/** Letters of scripts that put no spaces between words, or not where words end: every two that follow each other are a word. */
const SPACELESS_LETTER = '[[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Bopo}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}]&&[\\p{L}\\p{M}]]';
/** None of them comes before: most texts are told by this alone. */
const BEYOND = /[^\0-\u0dff]/;
const SPACELESS = new RegExp(SPACELESS_LETTER, 'v');
const SPACELESS_RUN = new RegExp(`(${SPACELESS_LETTER}+)`, 'v');
/** A letter with its marks, those of half width too. */
const LETTER = /.[\p{M}\uff9e\uff9f]*/gsu;
/** Letters that Unicode does not take apart into one without an accent. */
const FOLDED: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i' };
const TO_FOLD = /[ßæœøłđı]/g;

/**
 * Splits a text the same way for the index and for a query: `src/tsFileNames.ts` gives the words src, ts, file, names, ts
 * and the wholes `src/tsfilenames.ts`, `tsfilenames.ts` and `tsfilenames`. Who needs no wholes saves half of the time.
 */
export function chunksOf(text: string, isWithWholes = true): Chunk[] {
  return Array.from(text.matchAll(CHUNK), (match) => ({ words: wordsOf(match[0], match.index), wholes: isWithWholes ? wholesOf(match[0]) : [] })).filter((chunk) => chunk.words.length > 0);
}

const PLAIN = /^[a-z0-9]*$/;

/** Lower case, without accents, in one Unicode form. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').normalize('NFC').toLowerCase().replace(TO_FOLD, (letter) => FOLDED[letter]!);
}

/** True for what holds a letter of a script without spaces. */
export function isSpaceless(text: string): boolean {
  return BEYOND.test(text) && SPACELESS.test(text);
}

/** Words without what another that goes before holds: the last letter of a run, which is a word so that it is found by itself. */
export function withoutTails<W extends Word>(words: readonly W[]): W[] {
  return words.filter(({ end }, index) => index === 0 || words[index - 1]!.end < end);
}

function wordsOf(chunk: string, offset: number): Word[] {
  const words: Word[] = [];
  for (const match of chunk.matchAll(WORD)) {
    let start = offset + match.index;
    for (const part of partsOf(match[0])) {
      if (isSpaceless(part)) words.push(...pairsOf(part, start));
      else words.push(...wordOf(part, start, start + part.length));
      start += part.length;
    }
  }
  return words;
}

/** Where capitals say so, and at the border between scripts. */
function partsOf(word: string): string[] {
  const humps = word.split(CAMEL_HUMP);
  return isSpaceless(word) ? humps.flatMap(runsOf) : humps;
}

/** Runs of letters without spaces, and what is between them. */
function runsOf(text: string): string[] {
  return text.split(SPACELESS_RUN).filter((run) => run !== '');
}

/** Of `ABC` the words AB, BC and C: as many as there are letters, so that positions are theirs. */
function pairsOf(run: string, offset: number): Word[] {
  const places = Array.from(run.matchAll(LETTER), ({ index }) => index);
  return places.flatMap((start, index) => {
    const end = places[index + 2] ?? run.length;
    return wordOf(run.slice(start, end), offset + start, offset + end);
  });
}

/** None where no letter and no number is left of it. */
function wordOf(part: string, start: number, end: number): Word[] {
  const text = fold(part).replace(NO_WORD, '').slice(0, WORD_CHARS_MAX);
  return SPOKEN.test(text) ? [{ text, start, end }] : [];
}

function wholesOf(chunk: string): string[] {
  if (chunk.length > WHOLE_CHARS_MAX) return [];
  // Where a sentence goes on without a space, only what is written in another script is a name.
  if (isSpaceless(chunk) && !chunk.includes('/')) return runsOf(chunk).filter((run) => !isSpaceless(run)).flatMap(wholesOf);
  const flag = FLAG.exec(chunk)?.[0] ?? '';
  const core = trim(chunk);
  const wholes = new Set<string>(flag ? [flag + core] : []);
  addWholes(core.replaceAll('\\', '/'), wholes);
  return [...new Set(Array.from(wholes, fold))];
}

/** Takes an identifier apart from the outside in: `a/b.c:12` into `a/b.c`, that into `b.c`; each part of several words is a whole. */
function addWholes(piece: string, wholes: Set<string>): void {
  if (!isCompound(piece)) return;
  wholes.add(piece);
  const outer = [':', '/', '.'].find((separator) => piece.includes(separator));
  if (!outer) return addInner(piece, wholes);
  const parts = piece.split(outer).map(trim);
  if (outer === '/') pathSuffixes(parts).forEach((suffix) => wholes.add(suffix));
  parts.forEach((part) => addWholes(part, wholes));
}

/** `get_userName` also under `userName`; the parts of a purely snake or kebab name are plain words. */
function addInner(piece: string, wholes: Set<string>): void {
  for (const part of piece.split(/[_@#+~$-]+/)) if (CAMEL_HUMP.test(part)) wholes.add(part);
}

function pathSuffixes(parts: readonly string[]): string[] {
  const named = parts.filter((part) => part !== '');
  return named.slice(1, -1).map((_, index) => named.slice(index + 1).join('/')).slice(-PATH_SUFFIXES_MAX);
}

function isCompound(piece: string): boolean {
  return /[\p{L}\p{N}][_@#+~$:/.-]+[\p{L}\p{N}]|\p{L}[+#]+$/u.test(piece) || CAMEL_HUMP.test(piece);
}

/** Punctuation around an identifier belongs to the sentence; `C++` and `C#` keep theirs. */
function trim(chunk: string): string {
  return chunk.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}+#]+$/gu, '');
}
