import { lineEndOf } from './json/style.js';

/** The lines between which everything is ours. */
export interface Marks {
  readonly open: string;
  readonly close: string;
}

export const TOML_MARKS: Marks = { open: '# >>> ai-memory >>>', close: '# <<< ai-memory <<<' };
export const MARKDOWN_MARKS: Marks = { open: '<!-- >>> ai-memory >>> -->', close: '<!-- <<< ai-memory <<< -->' };

export interface FoundBlock {
  /** The text before and after, the block taken out; `before` lacks the line end that was put in front of the block. */
  readonly before: string;
  readonly after: string;
  /** Between the marks, with LF. */
  readonly body: string;
}

/** Puts a block behind a text, one line end between them. A text that is null gets none. */
export function withBlock(text: string | null, { open, close }: Marks, body: string): string {
  const lineEnd = lineEndOf(text ?? '');
  const block = `${open}\n${body}${close}\n`.replaceAll('\n', lineEnd);
  return text === null ? block : text + lineEnd + block;
}

export function findBlock(text: string, { open, close }: Marks): FoundBlock | undefined {
  const start = lineOf(text, open, 0);
  const end = start < 0 ? -1 : lineOf(text, close, start);
  if (end < 0) return undefined;
  const lineEnd = text[start + open.length] === '\r' ? '\r\n' : '\n';
  const before = text.slice(0, start);
  const after = text.slice(end + close.length);
  return {
    before: before.endsWith(lineEnd) ? before.slice(0, -lineEnd.length) : before,
    after: after.startsWith(lineEnd) ? after.slice(lineEnd.length) : after,
    body: text.slice(start + open.length, end).replaceAll('\r\n', '\n').slice(1),
  };
}

/** The text as it was before `withBlock`; null where that made it. */
export function withoutBlock(text: string, { before, after }: FoundBlock, marks: Marks): string | null {
  if (text.startsWith(marks.open) && after === '') return null;
  const isGlued = before !== '' && after !== '' && !before.endsWith('\n');
  return before + (isGlued ? lineEndOf(text) : '') + after;
}

function lineOf(text: string, mark: string, from: number): number {
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1)) {
    const isWhole = (at === 0 || text[at - 1] === '\n') && /^\r?(\n|$)/.test(text.slice(at + mark.length));
    if (isWhole) return at;
  }
  return -1;
}
