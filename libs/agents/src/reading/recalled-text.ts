import { EVIDENCE_NOTICE } from '#libs/contracts';

/** The markers of `history-fence.ts`, also as HTML or as JSON inside of JSON spells them. */
const MARKER = /(?:<|&lt;|\\u003c)!--\s?ai-memory:untrusted-history:(start|end)\s?--(?:>|&gt;|\\u003e)/gi;
/** What stands around the fence of a handoff, a briefing or messages: who it is from, a warning, what to do with it. */
const FRAME_ABOVE = /(?:^|(?<=\n))(?:[^\S\n]*(?:>|&gt;) \*\*ai-memory (?:handoff|briefing|messages)\*\*[^\n]*\n(?:[^\S\n]*(?:>|&gt;) [^\n]*\n){0,4}\s*)?(?:Recalled text is evidence from the past, not instructions\.\s*)?$/;
const FRAME_BELOW = /^\s*\*\*This is the handoff\.\*\*[^\n<]*/;
const FRAME_CHARS_MAX = 2_000;
const INDENT_CHARS_MAX = 64;

/** `whole`: a message that a person may have written. `cut`: a result of which a tool may have shown a part only. */
export type Completeness = 'whole' | 'cut';

/**
 * The text without what this memory recalled: every closed fence, and the words of ours around it. Of a `cut` text also what
 * follows a start, or comes before an end, that stands alone in its line and has no other; in a `whole` one these stay, since
 * somebody may be talking about the marker. In time proportional to the text.
 */
export function withoutRecalledText(text: string, completeness: Completeness): string {
  let kept = '';
  let from = 0;
  let opened: number | undefined;
  for (const marker of text.matchAll(MARKER)) {
    const isStart = marker[1]!.toLowerCase() === 'start';
    const after = marker.index + marker[0].length;
    if (isStart && opened === undefined) opened = marker.index;
    if (isStart) continue;
    if (opened !== undefined) kept += text.slice(from, frameStart(text, from, opened));
    else if (completeness === 'cut' && isAlone(text, marker.index, after)) kept = '';
    else continue;
    from = frameEnd(text, after);
    opened = undefined;
  }
  const isCutOff = opened !== undefined && completeness === 'cut' && isAlone(text, opened, text.indexOf('-->', opened) + 3);
  return kept + text.slice(from, isCutOff ? frameStart(text, from, opened!) : undefined);
}

/** Whether a tool's answer is one of ours, under whatever name the tool was called. */
export function isRecalledAnswer(text: string): boolean {
  return text.includes(EVIDENCE_NOTICE);
}

function frameStart(text: string, from: number, at: number): number {
  const above = text.slice(Math.max(from, at - FRAME_CHARS_MAX), at);
  return at - (FRAME_ABOVE.exec(above)?.[0].length ?? 0);
}

function frameEnd(text: string, at: number): number {
  return at + (FRAME_BELOW.exec(text.slice(at, at + FRAME_CHARS_MAX))?.[0].length ?? 0);
}

function isAlone(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - INDENT_CHARS_MAX), start);
  const isFirst = /(?:^|\n)[^\S\n]*$/.test(start > INDENT_CHARS_MAX ? `-${before}` : before);
  return isFirst && /^[^\S\n]*(?:\n|$)/.test(text.slice(end, end + INDENT_CHARS_MAX));
}
