import { prose } from '../rules/markdown.js';
import { clamp, oneLine } from '../rules/text.js';

/** What poses as an order to a model: nothing of it comes onto a page. */
const ORDER = /\b(?:ignore|disregard|forget) (?:all |any |the )*(?:previous|prior|above|earlier)|\b(?:system|developer) (?:prompt|message)\b|_rules\b|\byou are now\b/i;
const ITEM = /^\s*(?:[-*+]|\d+[.)])\s+/;
/** `[name]: address`, on a line of its own. */
const LINK_TARGET = /^ {0,3}\[[^\][]*\]:[ \t]*\S+.*$/gm;
const IMAGE = /!\[[^\][]*\](?:\([^()]*\)|\[[^\][]*\])/g;
/** What an image leaves of the link around it. */
const EMPTY_LINK = /\[\s*\](?:\([^()]*\)|\[[^\][]*\])/g;
/** Divides links of a navigation, not words of a sentence. */
const DIVIDER = /\s[|•·]\s/;
const HEADING = /^(#{1,6})\s+(.+?)\s*#*\s*$/;

export interface Section {
  readonly level: number;
  readonly title: string;
  readonly text: string;
}

/** A Markdown file by its headings; what stands before the first has the level 0. Code is never taken for a heading. */
export function sectionsOf(markdown: string): Section[] {
  const sections: { level: number; title: string; lines: string[] }[] = [{ level: 0, title: '', lines: [] }];
  let isCode = false;
  for (const line of withoutComments(markdown.replace(/^---\n[^]*?\n---\n/, '')).split('\n')) {
    if (/^\s*(```|~~~)/.test(line)) isCode = !isCode;
    const [, marks, title] = (!isCode && HEADING.exec(line)) || [];
    if (marks) sections.push({ level: marks.length, title: plain(title!), lines: [] });
    else sections.at(-1)!.lines.push(line);
  }
  return sections.map(({ lines, ...section }) => ({ ...section, text: lines.join('\n').trim() }));
}

/** The title that a file gives itself. */
export function titleOf(markdown: string): string | undefined {
  return sectionsOf(markdown).find(({ level }) => level > 0)?.title;
}

/** Words without links, images, badges, emphasis and HTML; what stands in code stays. */
export function plain(markdown: string): string {
  const [CODE, isCode] = [/(`[^`\n]*`)/, (index: number): boolean => index % 2 === 1];
  const words = markdown.replace(LINK_TARGET, '').replace(IMAGE, '').replace(EMPTY_LINK, '').replace(/\[([^\][]*)\](?:\([^()]*\)|\[[^\][]*\])/g, '$1');
  const bare = words.split(CODE).map((part, index) => (isCode(index) ? part : part.replace(/<\/?[a-z][^<>]*>/gi, '').replace(/&#?\w{1,8};/g, ' ').replace(/\*\*|(?<!\w)__|__(?!\w)/g, '')));
  return oneLine(bare.map((part, index) => (isCode(index) ? part : part.replace(/(^|\s)[*_](?=\S)([^*_\n]+)[*_](?=\W|$)/g, '$1$2'))).join(''));
}

/** Paragraphs of prose, without lists, tables, code and what is only images or links. */
export function paragraphsOf(text: string): string[] {
  const blocks = withoutFences(text).split(/\n[ \t]*\n/);
  return blocks.filter((block) => !/^\s*(?:[-*+]\s|[|>#]|\d+[.)]\s)/.test(block)).map(plain).filter((words) => /\p{L}{2}.*\s.*\p{L}{2}/u.test(words) && !DIVIDER.test(words) && !ORDER.test(words));
}

/** The first sentence of a file's prose, as prose; undefined where it has none. */
export function firstSentence(markdown: string, charsMax: number): string | undefined {
  const words = sectionsOf(markdown).flatMap(({ text }) => paragraphsOf(text))[0];
  return words && prose(clamp(/^.{20,}?[.!?](?=\s|$)/.exec(words)?.[0] ?? words, charsMax), charsMax);
}

/** Paragraphs and list items of a section as Markdown that is safe to keep, up to so many characters; code and tables are left out. */
export function quoted(text: string, charsMax: number): string[] {
  const blocks = withoutFences(text).split(/\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)])\s)/);
  const lines: string[] = [];
  let chars = 0;
  for (const block of blocks) {
    const words = plain(block.replace(ITEM, ''));
    if (words === '' || /^\s*[|>]/.test(block) || ORDER.test(words)) continue;
    if (chars + words.length > charsMax) return [...lines, '…'];
    chars += words.length;
    lines.push(...(ITEM.test(block) ? [`- ${prose(words, charsMax)}`] : ['', prose(words, charsMax), '']));
  }
  return lines;
}

/** Code between fences, without the fences, of at most so many lines each. */
export function fencesOf(text: string, linesMax: number): string[][] {
  const found: string[][] = [];
  let open: string[] | undefined;
  for (const line of text.split('\n')) {
    if (!/^[ \t]*(?:```|~~~)/.test(line)) open?.push(line);
    else if (open === undefined) open = [];
    else {
      found.push(open.slice(0, linesMax));
      open = undefined;
    }
  }
  return found.filter((lines) => lines.some((line) => line.trim() !== '') && !lines.some(isOrder));
}

/** Whether a text poses as an order to a model. */
export function isOrder(text: string): boolean {
  return ORDER.test(text);
}

function withoutComments(markdown: string): string {
  const [first = '', ...others] = markdown.split('<!--');
  return first + others.map((each) => (each.includes('-->') ? each.slice(each.indexOf('-->') + '-->'.length) : '')).join('');
}

function withoutFences(text: string): string {
  let isCode = false;
  return text.split('\n').filter((line) => {
    const isFence = /^[ \t]*(?:```|~~~)/.test(line);
    if (isFence) isCode = !isCode;
    return !isFence && !isCode;
  }).join('\n');
}
