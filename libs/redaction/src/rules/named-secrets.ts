import { isBareSecret, isSecretValue } from '../named-values.js';
import { weightOfName } from '../secret-names.js';
import { type Groups, QUOTE, QUOTED_SECRET, rule } from './rule.js';

/** The whole name around the anchor. The lookahead makes the stem atomic: it is never tried again at a shorter length. */
const NAME = String.raw`(?<=(?<before>\\?[\w-]{0,40}))(?=(?<stem>(?:pass|pwd|secret|token|key|credential|auth(?!or)|jwt|mnemonic|pw(?![a-z]))[\w-]{0,40}))\k<stem>`;
const CLOSE = String.raw`(?:${QUOTE})?\]?`;
const TYPE = String.raw`[\w&'<>\[\]|. ]{1,40}=`;

/** `X=1`, `X: 1`, `"x" => 1`, `x := 1`, `x -> 1`, `x: string = "1"`, `**x:** 1`, `${X:-1}`. */
const ASSIGN = String.raw`${CLOSE}(?:\*\*)?\s{0,8}(?:[=-]>|:=|={1,3}|:(?:[-=]|${TYPE})?)(?:\*\*)?\s{0,8}`;
/** `name: X, value: 1`, as containers and forms list them. */
const PAIR = String.raw`${CLOSE}\s{0,8},?(?:\\[nr]|\s){0,40}(?:${QUOTE})?value(?:${QUOTE})?\s{0,4}[:=]\s{0,4}`;
/** `the x is 1`, `| x | 1 |`. */
const SAID = String.raw`${CLOSE} (?:is:?|\|) {1,8}`;
/** `--x 1`, `ENV X 1`, `WITH PASSWORD '1'`. */
const SPACE = String.raw`[ \t]{1,4}`;
/** `setX("1")`; `"--x", "1"` and `headers.set("X", "1")`. */
const CALL_OR_LIST = String.raw`\(\s{0,4}|${QUOTE}\s{0,4},\s{0,8}`;

/** What may end a bare value does so only in front of a space, a quote, another such end, or the next `name=`. */
const BEFORE_NEXT = String.raw`[\s"'\x60\\)\]};,]|$|[\w.-]{1,40}[=:]`;
const BARE_CHARACTER = String.raw`[^\s"'\x60\\&;,)\]}]|\\(?![nrtu"'\x60\\])|[&;,](?!${BEFORE_NEXT})|[)\]}](?!${BEFORE_NEXT}|[:.])`;
const BARE = String.raw`(?<secret>(?:${BARE_CHARACTER}){1,512})(?=(?<next>[\s\S]{0,2}))`;

const ANCHORS = ['pass', 'pwd', 'secret', 'token', 'key', 'credential', 'auth', 'jwt', 'mnemonic', 'pw:', 'pw=', 'pw ', 'pw"', "pw'"];

function nameOf({ before = '', stem = '' }: Groups): string {
  return before.replace(/^\\[nrt]?/, '') + stem;
}

function isNamedSecret(secret: string, groups: Groups): boolean {
  const name = nameOf(groups);
  const link = groups['link'] ?? '';
  const weight = weightOfName(name);
  const isFlag = name.startsWith('-');
  const isSpaced = link.trim() === '';
  // To pass something is a verb.
  if (weight === 'none' || (isSpaced && name.toLowerCase() === 'pass')) return false;
  const isCertain = weight === 'secret' && (isFlag || !/[(,]\s*$/.test(link));
  const holder = { name, link: isFlag && isSpaced ? '' : link, isCertain };
  return groups['quote'] === undefined ? isBareSecret(secret, groups['next'] ?? '', holder) : isSecretValue(secret, holder);
}

/** What is assigned to a name that says it is a secret, in code, configuration, shells, headers, forms and JSON at any depth of escaping. */
export const NAMED_SECRET_RULES = [
  rule('named-secret', ANCHORS, new RegExp(`${NAME}(?<link>${ASSIGN}|${PAIR}|${SAID}|${SPACE}|${CALL_OR_LIST})(?:[bfru]{1,2}|@)?${QUOTED_SECRET}`, 'iy'), isNamedSecret),
  rule('named-secret', ANCHORS, new RegExp(`${NAME}(?<link>${ASSIGN}|${PAIR}|${SAID}|${SPACE})(?!["'\x60\\\\:=])${BARE}`, 'iy'), isNamedSecret),
  rule('named-secret', ANCHORS, new RegExp(String.raw`(?<=<(?:[\w-]{1,40}:)?[\w-]{0,40})${NAME}(?<link>>)(?<quote>)(?<secret>[^<>\r\n]{1,512})(?=</)`, 'iy'), isNamedSecret),
] as const;
