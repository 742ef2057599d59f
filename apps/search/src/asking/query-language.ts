import { DocumentKind } from '#libs/contracts';

/** What a query asks for, taken apart. Only `text` and `phrases` find anything; the rest leaves out. */
export interface AskedQuery {
  /** Everything that is looked for, the phrases in their quotes. */
  text: string;
  /** Each must stand in what is found. */
  phrases: string[];
  /** None may stand in what is found. */
  excluded: string[];
  kinds: string[];
  agents: string[];
  users: string[];
  paths: string[];
  /** RFC 3339; from `from` on, and before `until`. */
  from: string | undefined;
  until: string | undefined;
}

/** Of each; what is beyond counts as words. */
export const PHRASES_MAX = 8;
export const EXCLUDED_MAX = 16;
export const VALUES_MAX = 20;
const VALUE_CHARS_MAX = 512;

/** `field:value`, `-"phrase"`, `-word` of three characters or more, or two that are no letters of a flag (as in `rm -rf`), `"phrase"`. */
const PIECE = new RegExp(
  [
    String.raw`(?<!\S)(?<field>kind|path|agent|user|before|after):(?:"(?<quoted>[^"]+)"|(?<value>[^\s"]+))(?!\S)`,
    String.raw`(?<!\S)-(?:"(?<unwanted>[^"]+)"|(?<word>(?:[\p{L}\p{N}]{3}|\p{Lo}{2})[^\s"]*))`,
    String.raw`(?<![\p{L}\p{N}])"(?<phrase>[^"]+)"`,
  ].join('|'),
  'gu',
);
/** A day, or a time of it; without a zone it is UTC's. */
const DAY_OR_TIME = /^[12]\d{3}-\d\d-\d\d(?<time>T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(?<zone>Z|[+-]\d\d:\d\d)?)?$/;

/** Takes a query apart. What makes no sense as an operator is words, so that no query is malformed. */
export function parseQuery(query: string): AskedQuery {
  const asked: AskedQuery = { text: '', phrases: [], excluded: [], kinds: [], agents: [], users: [], paths: [], from: undefined, until: undefined };
  const plain = query.toWellFormed().replaceAll('\0', ' ').replaceAll(/[“”„]/g, '"');
  asked.text = plain.replaceAll(PIECE, (piece, ...rest) => (take(asked, rest.at(-1) as Record<string, string | undefined>) ? ' ' : piece));
  return asked;
}

/** True for what has nothing to find in it. */
function take(asked: AskedQuery, { field, quoted, value, unwanted, word, phrase }: Record<string, string | undefined>): boolean {
  if (field !== undefined) return takeField(asked, field, (quoted ?? value)!.trim());
  if (phrase !== undefined) return push(asked.phrases, phrase, PHRASES_MAX) && false;
  return push(asked.excluded, (unwanted ?? word)!, EXCLUDED_MAX);
}

function takeField(asked: AskedQuery, field: string, value: string): boolean {
  if (value === '' || value.length > VALUE_CHARS_MAX) return false;
  if (field === 'kind') return DocumentKind.safeParse(value).success && push(asked.kinds, value, VALUES_MAX);
  if (field === 'path') return push(asked.paths, value, VALUES_MAX);
  if (field === 'agent') return push(asked.agents, value, VALUES_MAX);
  if (field === 'user') return push(asked.users, value, VALUES_MAX);
  const time = timeOf(value);
  if (time === undefined) return false;
  asked[field === 'after' ? 'from' : 'until'] = time;
  return true;
}

function timeOf(value: string): string | undefined {
  const { time, zone } = DAY_OR_TIME.exec(value)?.groups ?? {};
  const at = new Date(time !== undefined && zone === undefined ? `${value}Z` : value);
  return DAY_OR_TIME.test(value) && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined;
}

function push(list: string[], item: string, max: number): boolean {
  if (list.length >= max) return false;
  list.push(item);
  return true;
}
