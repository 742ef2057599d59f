import { withoutScaffolding } from './scaffolding.js';
import { linesOf, oneLine } from './text.js';

export interface Block {
  kind: 'heading' | 'prose' | 'item';
  text: string;
}

const FENCE = /^\s*(?:```|~~~)/;
const ITEM = /^\s*(?:[-*+•]|\d+[.)])\s+/;
const HEADING = /^\s*(?:#{1,6}\s+.*|\*{1,2}[^*]+\*{1,2}:?|__[^_]+__:?)\s*$/;

function withoutEmphasis(line: string): string {
  return oneLine(line.replace(/\*\*([^*]+)\*\*|__([^_]+)__/g, '$1$2').replace(/(^|\s)\*(\S[^*]*)\*(?=\W|$)/g, '$1$2').replace(/^(?:\p{Extended_Pictographic}\ufe0f?\s*)+/u, ''));
}

/** The message as headings, lines of prose and list items of the first level; code, tables and quotes are left out. */
export function blocksOf(message: string): Block[] {
  const blocks: Block[] = [];
  let isCode = false;
  let listIndent = 0;
  for (const line of linesOf(withoutScaffolding(message))) {
    // A whole answer is sometimes wrapped as a block of markdown; its text is the message.
    const isWrapper = /^\s*```(?:markdown|md)\s*$/.test(line);
    if (FENCE.test(line) && !isWrapper) isCode = !isCode;
    else if (isCode || isWrapper || /^\s*(?:$|\||>|---+\s*$)/.test(line)) continue;
    else if (HEADING.test(line)) blocks.push({ kind: 'heading', text: withoutEmphasis(line.replace(/^\s*#+\s+/, '').replace(/^\d+[.)]\s+/, '')) });
    else if (ITEM.test(line)) {
      const indent = line.length - line.trimStart().length;
      const isNested = blocks.at(-1)?.kind === 'item' && indent > listIndent;
      if (!isNested) blocks.push({ kind: 'item', text: withoutEmphasis(line.replace(ITEM, '')) });
      if (!isNested) listIndent = indent;
    } else if (blocks.at(-1)?.kind !== 'item' || !/^\s{2,}/.test(line)) blocks.push({ kind: 'prose', text: withoutEmphasis(line) });
  }
  return blocks.filter((block) => block.text !== '');
}

/** The list that directly follows a block. */
export function itemsAfter(blocks: readonly Block[], index: number): string[] {
  const rest = blocks.slice(index + 1);
  const end = rest.findIndex((block) => block.kind !== 'item');
  return (end === -1 ? rest : rest.slice(0, end)).map((block) => block.text);
}
