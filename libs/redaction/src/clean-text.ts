const ESCAPE = String.raw`\x1b`;
const BELL = String.raw`\x07`;

/** Colours, cursor movements and window titles of terminals: CSI and OSC sequences, and the two-character escapes. */
const TERMINAL_ESCAPES = new RegExp(
  [
    String.raw`(?:${ESCAPE}\[|\x9b)[0-?]{0,64}[ -/]{0,16}[@-~]`,
    String.raw`${ESCAPE}[\]PX^_][^${BELL}${ESCAPE}]{0,4096}(?:${BELL}|${ESCAPE}\\)`,
    String.raw`${ESCAPE}(?:[ -/]{1,16}[0-~]|[=>78cDEHMNOZ])`,
  ].join('|'),
  'g',
);

/**
 * What a reader does not see but a machine does: controls but tab and line feed, bidirectional overrides, zero-width and
 * filler characters, tags and variation selectors. They hide instructions from people and split secrets for filters.
 */
const INVISIBLE = /(?![\t\n])[\p{Cc}\p{Default_Ignorable_Code_Point}\u{fff9}-\u{fffb}]/gu;

const LINE_ENDS = /\r\n?|[\u2028\u2029]/g;
/** Most texts: nothing in them to take out. */
const PLAIN = /^[\t\n -~]*$/;

/** Text that shows all it holds and that every store takes: well-formed, no NUL, no terminal escapes, line feeds only. Idempotent. */
export function cleanText(text: string): string {
  return PLAIN.test(text) ? text : text.replace(TERMINAL_ESCAPES, '').replace(LINE_ENDS, '\n').toWellFormed().replace(INVISIBLE, '');
}
