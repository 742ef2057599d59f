import GithubSlugger from 'github-slugger';
import type { ReactNode } from 'react';
import type { Components } from 'react-markdown';

const LEVELS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'] as const;

export interface Heading {
  level: number;
  text: string;
  anchor: string;
}

interface Node { type?: string; value?: string; tagName?: string; children?: readonly Node[] }

function textOf(node: Node | undefined): string {
  return node?.value ?? node?.children?.map(textOf).join('') ?? '';
}

/** Headings as elements, the highest of the text being of the second level: the first is the page's title. Anchors are those that `outlineOf` gives, and GitHub. */
export function headingComponents(highest: number): Components {
  return Object.fromEntries(LEVELS.map((level, index) => {
    const Tag = LEVELS[Math.min(Math.max(index + 1 - highest, 0) + 1, 5)]!;
    return [level, ({ node, children }: { node?: Node; children?: ReactNode }) => {
      const anchor = slugOf(textOf(node));
      return <Tag id={anchor}>{children}<a href={`#${anchor}`} aria-hidden="true" tabIndex={-1} className="anchor">#</a></Tag>;
    }];
  }));
}

function slugOf(text: string): string {
  return new GithubSlugger().slug(text);
}

const FENCE = /^ {0,3}(```+|~~~+)/;
const HEADING = /^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$/;
const MARKS = /[*_`~]|!?\[([^\]]*)\]\([^)]*\)/g;

/** The headings of a page, for its outline. Those in code are none. */
export function outlineOf(markdown: string): Heading[] {
  const headings: Heading[] = [];
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const mark = FENCE.exec(line)?.[1];
    if (mark) fence = fence === null ? mark : line.trim().startsWith(fence) ? null : fence;
    const found = fence === null && !mark ? HEADING.exec(line) : null;
    if (!found) continue;
    const text = found[2]!.replaceAll(MARKS, (_whole, label: string | undefined) => label ?? '');
    headings.push({ level: found[1]!.length, text, anchor: slugOf(text) });
  }
  return headings;
}
