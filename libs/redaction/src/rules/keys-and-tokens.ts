import { rule, standalone } from './rule.js';

/** What stands between two lines of a key: line breaks, also escaped, and the margins of quotes, diffs and numbered listings. */
const MARGIN = String.raw`(?:\\[nrt]|[^A-Za-z0-9+/=-]|\d{1,6}(?=[^A-Za-z0-9+/=]))`;
const HEADERS = String.raw`(?:${MARGIN}{0,16}[A-Z][A-Za-z-]{2,20}: [^\r\n\\]{0,100}){0,4}`;
const BEGIN = '-----BEGIN[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----';
const END = '-----END[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----';
const WHOLE_BODY = String.raw`(?:(?!-----)[\s\S]){1,16384}${END}`;
const CUT_BODY = String.raw`${HEADERS}(?:${MARGIN}{0,16}[A-Za-z0-9+/=]{16,}){1,400}(?:(?:\\[nr]|\s){1,16}[A-Za-z0-9+/=]{1,63})?`;

/** Formats of key material that belong to no vendor. */
export const KEY_AND_TOKEN_RULES = [
  rule('private-key', ['-----begin'], new RegExp(`${BEGIN}(?:${WHOLE_BODY}|${CUT_BODY})`, 'y')),
  // An excerpt may have lost the beginning of a key.
  rule('private-key', ['-----end'], new RegExp(String.raw`(?=${END})(?<=(?<secret>[A-Za-z0-9+/=\s\\]{16,8192}))`, 'y'),
    (secret) => /[A-Za-z0-9+/=]{32}/.test(secret)),
  rule('age-key', ['age-secret'], /AGE-SECRET-KEY-1[0-9A-Z]{40,80}/iy),
  rule('jwt', ['eyj'], standalone(/eyJ[\w-]{8,4096}\.(?:eyJ[\w-]{2,16384}|[\w-]{40,16384})(?:\.[\w-]{0,16384}){0,3}/y)),
] as const;
