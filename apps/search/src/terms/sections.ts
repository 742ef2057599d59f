import GithubSlugger from 'github-slugger';

/** A part of a page from one heading to the next, and where it stands in the text (UTF-16 offsets, `end` exclusive). */
export interface Section {
  /** Null for what stands before the first heading. */
  heading: string | null;
  /** The fragment that leads there, as GitHub makes it of headings; of a heading that comes again, with its number. */
  anchor: string | null;
  start: number;
  end: number;
}

/** A text of more headings is a table or a log; the rest of it is one section. */
export const SECTIONS_MAX = 200;
/** A longer line that begins as one is text. */
const HEADING_CHARS_MAX = 500;
const LINE = /^.*$/gm;
const FENCE = /^ {0,3}(?:```|~~~)/;
const HEADING = /^ {0,3}#{1,6}[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*$/;

/** The sections of a Markdown text, in their order; none where it has no heading. */
export function sectionsOf(text: string): Section[] {
  const slugger = new GithubSlugger();
  const heads = headingsOf(text).map(({ heading, start }) => ({ heading, anchor: slugger.slug(heading), start }));
  if (heads.length === 0) return [];
  const hasPreamble = text.slice(0, heads[0]!.start).trim() !== '';
  const starts = [...(hasPreamble ? [{ heading: null, anchor: null, start: 0 }] : []), ...heads];
  return starts.map((section, index) => ({ ...section, end: starts[index + 1]?.start ?? text.length }));
}

/** But for lines of code that look like one. */
function headingsOf(text: string): { heading: string; start: number }[] {
  const headings: { heading: string; start: number }[] = [];
  let isCode = false;
  for (const { 0: line, index } of text.matchAll(LINE)) {
    if (FENCE.test(line)) isCode = !isCode;
    const heading = isCode || line.length > HEADING_CHARS_MAX ? undefined : HEADING.exec(line)?.[1];
    if (heading !== undefined && headings.length < SECTIONS_MAX) headings.push({ heading, start: index });
  }
  return headings;
}
