import { redactText } from '#libs/redaction';
import { type Evidence, shortened, type Source } from './evidence.js';

/** A session is read in at most so many parts; a longer one is told in fewer words. */
export const PARTS_MAX = 12;
/** Characters of a token, for budgets only; fewer than a token mostly has, so that a part is rather too short. */
export const CHARS_PER_TOKEN = 3;

type Level = Readonly<Record<Source, number>>;

/** Characters of each text, from all that is kept to the gist: what tools print gives way first, what the user asked last. */
const LEVELS: readonly Level[] = [
  { user: 8_000, agent: 4_000, tool: 1_500, outside: 1_500 },
  { user: 2_000, agent: 1_200, tool: 500, outside: 400 },
  { user: 800, agent: 400, tool: 160, outside: 120 },
  { user: 300, agent: 120, tool: 60, outside: 60 },
];

/**
 * The evidence in parts of at most `tokensMax` (estimated), each a text of one JSON object a line, which nothing in an event
 * can break out of. At most `PARTS_MAX` parts: what is beyond them even at the tersest level is left out, in the middle.
 */
export function evidenceParts(evidence: readonly Evidence[], tokensMax: number): string[] {
  const charsMax = tokensMax * CHARS_PER_TOKEN;
  let parts: string[] = [];
  for (const level of LEVELS) {
    parts = partsOf(evidence.map((each) => lineOf(each, level)), charsMax);
    if (parts.length <= PARTS_MAX) return parts;
  }
  return [...parts.slice(0, PARTS_MAX / 2), ...parts.slice(-PARTS_MAX / 2)];
}

/** Redacted once more, though nothing is stored without: this is where text leaves for a provider. */
function lineOf({ event, from, did, text }: Evidence, level: Level): string {
  const fields = { ...(did === '' ? {} : { did: shortened(did, level.agent) }), ...(text === '' ? {} : { text: shortened(text, level[from]) }) };
  return JSON.stringify({ event, from, ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, redactText(value).text])) });
}

function partsOf(lines: readonly string[], charsMax: number): string[] {
  const parts: string[][] = [];
  let chars = Infinity;
  for (const line of lines) {
    if (chars + line.length > charsMax) {
      parts.push([]);
      chars = 0;
    }
    parts.at(-1)!.push(line);
    chars += line.length + 1;
  }
  return parts.map((part) => part.join('\n'));
}
