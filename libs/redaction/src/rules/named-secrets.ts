import { isBareSecret, isSecretValue } from '../named-values.js';
import { weightOfName } from '../secret-names.js';
import { type Groups, QUOTE, QUOTED_SECRET, rule } from './rule.js';

/** The whole name around the anchor. The lookahead makes the stem atomic: it is never tried again at a shorter length. */
const NAME = String.raw`(?<=(?<escaped>\\?)(?<prefix>[\w-]{0,40}))(?=(?<stem>(?:pass|pwd|secret|token|key|credential|auth(?!or)|jwt|mnemonic)[\w-]{0,40}))\k<stem>`;
const CLOSE = String.raw`(?:${QUOTE})?\]?`;
const TYPE = String.raw`[\w&'<>\[\]|. ]{1,40}=`;

/** `X=1`, `X: 1`, `"x" => 1`, `x := 1`, `x: string = "1"`, `**x:** 1`, `${X:-1}`. */
const ASSIGN = String.raw`(?<assign>${CLOSE}(?:\*\*)?\s{0,8}(?:=>|:=|={1,3}|:(?:[-=]|${TYPE})?)(?:\*\*)?\s{0,8})`;
/** `name: X, value: 1`, as containers and forms list them. */
const PAIR = String.raw`(?<pair>${CLOSE}\s{0,8},?(?:\\[nr]|\s){0,40}(?:${QUOTE})?value(?:${QUOTE})?\s{0,4}[:=]\s{0,4})`;
/** `--x 1`, `"--x", "1"`. */
const FLAG = String.raw`(?<flag>[ \t]{1,4}|${QUOTE},\s{0,8})`;
/** `setX("1")`, `headers.set("X", "1")`. */
const CALL = String.raw`(?<call>\(\s{0,4}|${QUOTE}\s{0,4},\s{0,4})`;
/** `the x is 1`. */
const SAID = String.raw`(?<said>${CLOSE} is:? )`;

const BARE = String.raw`(?<secret>(?:[^\s"'\x60\\&;,)\]}]|\\(?![nrtu"'\x60\\])|[&;,](?![\s"'\x60\\)\]};,]|$|[\w.-]{1,40}[=:])|[)\]}](?![\s"'\x60\\)\]};,:.]|$|[\w.-]{1,40}[=:])){1,512})(?=(?<next>[\s\S]{0,2}))`;

const ANCHORS = ['pass', 'pwd', 'secret', 'token', 'key', 'credential', 'auth', 'jwt', 'mnemonic'];

function nameOf({ escaped, prefix, stem }: Groups): string {
  const name = `${prefix ?? ''}${stem ?? ''}`;
  return escaped && /^[nrt]/.test(name) ? name.slice(1) : name;
}

function isNamedSecret(secret: string, groups: Groups): boolean {
  const name = nameOf(groups);
  const weight = weightOfName(name);
  if (weight === 'none' || (groups['flag'] !== undefined && !name.startsWith('-'))) return false;
  const isCertain = weight === 'secret' && groups['call'] === undefined;
  const holder = { name, isCertain, link: groups['assign'] ?? groups['flag'] ?? '', isSaid: groups['said'] !== undefined };
  return groups['quote'] === undefined ? isBareSecret(secret, groups['next'] ?? '', holder) : isSecretValue(secret, holder);
}

/** What is assigned to a name that says it is a secret, in code, configuration, shells, headers, forms and JSON at any depth of escaping. */
export const NAMED_SECRET_RULES = [
  rule('named-secret', ANCHORS, new RegExp(`${NAME}(?:${ASSIGN}|${PAIR}|${FLAG}|${CALL}|${SAID})(?:[bfru]{1,2}|@)?${QUOTED_SECRET}`, 'diy'), isNamedSecret),
  rule('named-secret', ANCHORS, new RegExp(`${NAME}(?:${ASSIGN}|${PAIR}|${FLAG}|${SAID})(?!["'\x60\\\\:=])${BARE}`, 'diy'), isNamedSecret),
  rule('named-secret', ANCHORS, new RegExp(String.raw`(?<=<(?:[\w-]{1,40}:)?[\w-]{0,40})${NAME}>(?<quote>)(?<secret>[^<>\r\n]{1,512})(?=</)`, 'diy'), isNamedSecret),
] as const;
