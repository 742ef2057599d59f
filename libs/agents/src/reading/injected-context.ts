import { type Completeness, withoutRecalledText } from './recalled-text.js';

/**
 * What wraps text that a hook (ours or another's) put into the conversation. Agents give it back inside prompts and
 * results; stored as evidence, recalled memory would confirm itself.
 */
const INJECTED = [
  { open: '<hook_context', close: '</hook_context>' },
  { open: '<hook_result', close: '</hook_result>' },
] as const;

/**
 * The text without recalled text and without every closed block of injected context; an unclosed block stays, as it may be the
 * user's own words. Recalled text goes first: it may hold what would close the block around it.
 */
export function withoutInjectedContext(text: string, completeness: Completeness = 'whole'): string {
  return INJECTED.reduce((rest, { open, close }) => withoutBlocks(rest, open, close), withoutRecalledText(text, completeness));
}

function withoutBlocks(text: string, open: string, close: string): string {
  const kept: string[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf(open, from);
    const end = start < 0 ? -1 : text.indexOf(close, start + open.length);
    if (end < 0) break;
    kept.push(text.slice(from, start));
    from = end + close.length;
  }
  return from === 0 ? text : [...kept, text.slice(from)].join('');
}
