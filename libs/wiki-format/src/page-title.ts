import type { Frontmatter } from './frontmatter.js';
import { withoutCode } from './markdown-code.js';

const TITLE_CHARS_MAX = 300;

/** The title a page gives itself, else its first heading, else its file name in words. Never empty, one line, at most 300 characters. */
export function titleOf(path: string, frontmatter: Frontmatter, body: string): string {
  return oneLine(frontmatter.title, TITLE_CHARS_MAX) ?? oneLine(firstHeading(body), TITLE_CHARS_MAX) ?? nameInWords(path);
}

/** Text on one line and cut to length; null for anything that is not text or says nothing. */
export function oneLine(value: unknown, charsMax: number): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const line = String(value).slice(0, charsMax * 4).replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line === '' ? null : [...line].slice(0, charsMax).join('').trim();
}

function firstHeading(body: string): string | undefined {
  const found = /^ {0,3}#{1,6}[ \t]+(\S.*)$/m.exec(withoutCode(body));
  // Code in a heading was blanked out; the body still has it at the same place.
  return found ? body.slice(found.index, found.index + found[0].length).replace(/^[ #\t]+|[ \t]+#+[ \t\r]*$/g, '') : undefined;
}

function nameInWords(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/, '');
  return name.replace(/[-_.]+/g, ' ').trim() || name;
}
