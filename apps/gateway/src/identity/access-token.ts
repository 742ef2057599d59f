import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** `pat` belongs to a person, `svc` to a service account, `dev` to one device of a person; `oat` and `ort` are an agent's access and refresh token of OAuth. */
export type TokenType = 'pat' | 'svc' | 'dev' | 'oat' | 'ort';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SECRET_CHARS = 30;
const CHECKSUM_CHARS = 6;
/** Tokens of the releases before have no underscore before the checksum, and go on working. */
const FORMAT = /^mem_(pat|svc|dev|oat|ort)_([0-9A-Za-z]{30})_?([0-9A-Za-z]{6})$/;

/** A fresh token `mem_<type>_<30 base62>_<6 base62 CRC-32>`: about 178 bits of secret. */
export function makeToken(type: TokenType): string {
  let secret = '';
  while (secret.length < SECRET_CHARS) {
    // 248 is the largest multiple of 62 in a byte; what lies above would favour some letters.
    for (const byte of randomBytes(SECRET_CHARS)) if (byte < 248 && secret.length < SECRET_CHARS) secret += ALPHABET[byte % 62];
  }
  return `mem_${type}_${secret}_${checksum(secret)}`;
}

/** False for a token in our format that was mistyped or made up, so that it costs no database read. */
export function isPlausibleToken(token: string): boolean {
  if (!token.startsWith('mem_')) return token.length >= 32 && token.length <= 512;
  const match = FORMAT.exec(token);
  return match !== null && checksum(match[2]!) === match[3];
}

/** What is stored in place of a token. The secret is random, so a fast hash suffices. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

function checksum(secret: string): string {
  let rest = crc32(secret);
  let digits = '';
  while (digits.length < CHECKSUM_CHARS) {
    digits = ALPHABET[rest % 62] + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}
