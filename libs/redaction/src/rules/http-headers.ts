import { isEncodedPair, isPlaceholder, isProse, isRandom, isReference } from '../secret-values.js';
import { QUOTE, rule } from './rule.js';

const NAME_END = String.raw`(?:(?:${QUOTE})?\]?\s{0,4}(?:=>|[:=])|${QUOTE}\s{0,4},)\s{0,4}(?:${QUOTE})?`;
const SCHEME = '(?:Bearer|Basic|Token|ApiKey|Api-Key|Key|Bot|JWT|Negotiate|NTLM|SharedAccessSignature)';
const PARAMETER = String.raw`[A-Za-z]{1,32}=(?:\\{0,7}"[^"\r\n]{0,512}"|[^\s,"'\\]{1,512})`;
const COOKIE_VALUE = String.raw`[^\s;"'\x60\\]`;
const COOKIES = String.raw`[\w.-]{1,128}=${COOKIE_VALUE}{1,4096}(?:; ?[\w.-]{1,128}(?:=${COOKIE_VALUE}{0,4096})?){0,64}`;

/** Only words follow `Bearer` in prose; a credential has digits, both cases, or is too long for a word. */
function isCredential(secret: string): boolean {
  const isWord = /^[[({<]?[A-Z]?[a-z]{1,20}(?:[-_.][a-z]{1,20}){0,4}[.,;:)]{0,2}$|^[A-Z_]{1,40}[.,;:)]{0,2}$/.test(secret);
  return !isWord && !isPlaceholder(secret) && !isReference(secret);
}

function isBearerToken(secret: string): boolean {
  return isCredential(secret) && (/\d/.test(secret) || secret.length >= 32);
}

function hasParameterValue(secret: string): boolean {
  return /=\\{0,7}"?[^"%<$,\s]{8}/.test(secret);
}

function hasCookieValue(secret: string): boolean {
  const value = secret.slice(secret.indexOf('=') + 1);
  return !isReference(value) && !isPlaceholder(value) && !isProse(value.split(';')[0] ?? '');
}

/** Credentials as HTTP carries them. The scheme is kept; it tells a reader what was there. */
export const HTTP_HEADER_RULES = [
  rule('authorization-header', ['authorization'],
    new RegExp(String.raw`authorization${NAME_END}${SCHEME}(?:\s{1,4}|%20|\+)(?<secret>[^\s"'\x60\\]{1,4096})`, 'iy'), isCredential),
  rule('authorization-header', ['authorization'],
    new RegExp(String.raw`authorization${NAME_END}(?<secret>[^\s"'\x60\\,;]{8,4096})`, 'iy'), isRandom),
  rule('authorization-header', ['digest', 'oauth', 'hawk', 'signature', 'aws4'],
    new RegExp(String.raw`(?:Digest|OAuth|Hawk|Signature|AWS4-HMAC-SHA256)\s{1,4}(?<secret>${PARAMETER}(?:\s{0,4},\s{0,4}${PARAMETER}){1,12})`, 'iy'), hasParameterValue),
  rule('bearer-token', ['bearer'], /bearer\s{1,4}(?<secret>[\w.~+/=-]{12,4096})/iy, isBearerToken),
  rule('basic-credentials', ['basic'], /basic\s{1,4}(?<secret>[A-Za-z0-9+/]{8,1024}={0,2})/iy, isEncodedPair),
  rule('cookie', ['cookie'], new RegExp(String.raw`cookie2?${NAME_END}(?<secret>${COOKIES})`, 'iy'), hasCookieValue),
  rule('cookie', ['--cookie', '-b '], new RegExp(String.raw`(?<=\s)(?:--cookie|-b)[\s=]{1,4}(?:${QUOTE})(?<secret>${COOKIES})`, 'y'), hasCookieValue),
] as const;
