/** Terminal colours and cursor movements, as tools print them. */
const ANSI = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
/** Control characters, and the invisible ones that reorder or hide text; tab and line feed stay. */
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]/gu;
/** A stop inside quotes or brackets ends the outer sentence only where the next one begins like one. */
const SENTENCE_END = /(?<=[.!?…])\s+(?=\S)|(?<=[.!?…][)"'”’*_`]+)\s+(?![\p{Ll}])(?=\S)|(?<=[。！？])/u;
const ENDS_IN_ABBREVIATION = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|z\.b|d\.h|bzw|ca|p\.ex|approx|no|nr)\.$/i;

const ABBREVIATION_CHARS_MAX = 12;

/** The text without terminal sequences and invisible characters, with `\n` for every line break. */
export function plainText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(ANSI, '').replace(INVISIBLE, '');
}

export function oneLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ').trim();
}

export function linesOf(text: string): string[] {
  return plainText(text).split('\n');
}

/** At most `charsMax` characters, cut between words where that loses little, and marked with `…` where it was cut. */
export function clamp(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  let end = charsMax - 1;
  const lastSpace = text.lastIndexOf(' ', end);
  if (lastSpace > charsMax * 0.5) end = lastSpace;
  const isInsidePair = /[\ud800-\udbff]$/.test(text.slice(0, end));
  return `${text.slice(0, isInsidePair ? end - 1 : end).replace(/[\s,;:–-]+$/, '')}…`;
}

/** Line breaks inside inline code become spaces, so that the code stays in one piece when the text is read by lines. */
export function withWholeCode(text: string): string {
  return text.replace(/`[^`]{1,400}`/g, (code) => code.replace(/\s*\n\s*/g, ' '));
}

/** Lists and quotes as one line of prose, with `•` where an item began. */
export function flattened(text: string): string {
  return oneLine(linesOf(text).map((line) => line.replace(/^\s*>\s?/, '').replace(/^\s*(?:[-*+]|\d+[.)])\s+/, '• ').replace(/^#{1,6}\s+/, '')).join(' ')).replace(/^• /, '');
}

/** Sentences of a single line of prose; a full stop inside a file name or an abbreviation ends none. */
export function sentencesOf(line: string): string[] {
  const sentences: string[] = [];
  for (const part of line.split(SENTENCE_END)) {
    const previous = sentences.at(-1);
    if (previous !== undefined && ENDS_IN_ABBREVIATION.test(previous.slice(-ABBREVIATION_CHARS_MAX))) sentences[sentences.length - 1] = `${previous} ${part}`;
    else if (part.trim() !== '') sentences.push(part.trim());
  }
  return sentences;
}

export function capitalised(text: string): string {
  const first = text.codePointAt(0);
  if (first === undefined) return text;
  const letter = String.fromCodePoint(first);
  return letter.toUpperCase() + text.slice(letter.length);
}

/** Paths by their last part, or by their last two where that alone tells several apart no more. */
export function shortPaths(paths: readonly string[]): string[] {
  const last = (path: string, parts: number): string => path.split('/').filter((part) => part !== '').slice(-parts).join('/') || path;
  const names = paths.map((path) => last(path, 1));
  return paths.map((path, index) => (names.indexOf(names[index] ?? '') === names.lastIndexOf(names[index] ?? '') ? names[index] ?? path : last(path, 2)));
}

/** `1 file`, `3 files`; the plural may be irregular. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** The first items as a list, and how many more there are: `a, b and 3 more`. */
export function listedUpTo(items: readonly string[], itemsMax: number, total = items.length): string {
  const shown = items.slice(0, itemsMax);
  return total > shown.length ? `${shown.join(', ')} and ${total - shown.length} more` : listed(shown);
}
