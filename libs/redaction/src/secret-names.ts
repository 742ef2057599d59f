/** `secret`: what is stored under the name is one. `perhaps`: only where it also looks random. */
export type NameWeight = 'secret' | 'perhaps' | 'none';

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

const HEADS = words('password passwd passwort pwd pw pass passphrase passcode secret token credential credentials apikey jwt mnemonic authorization cookie');
const UNCERTAIN_HEADS = words('auth secrets signature salt pepper seed tokens passwords');
const JOINED_HEAD = /(?:password|passwd|passphrase|secret|token|pwd|apikey|secretkey|accesskey|privatekey)$/;
const KEY_QUALIFIERS = words(`api access secret private encryption encrypt signing sign master auth account service app client ssh deploy
  storage license admin root crypto cipher hmac aes shared session jwt webhook registration functions host`);
/** Words after the head that say which one it is. */
const NEUTRAL = words(`value val string str text raw plain plaintext base hash old new current confirm confirmation prod production dev
  staging test live main primary secondary backup local default`);
/** Words after the head that tell something about the secret and are none. */
const ABOUT = words(`id ids name names file files path dir url uri endpoint type count length len size limit max min ttl expiry expires
  expiration expire at in date time policy field fields label header prefix suffix pattern regex version arn alg algorithm ref hint used
  usage budget window stdin env`);
/** Words before `token` and `key` that make them ordinary. */
const ORDINARY = words(`next previous page continuation cancellation max min start end public publishable primary foreign cache sort
  partition unique row map index query idempotency routing`);

function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? []).map((word) => word.toLowerCase());
}

/** Whether what is assigned to a variable, key, flag or header of this name is a secret, in any spelling (`dbPassword`, `DB_PASS`, `x-api-key`). */
export function weightOfName(name: string): NameWeight {
  if (/connection_?string$/i.test(name)) return 'secret';
  const all = wordsOf(name);
  while (all.length > 1 && NEUTRAL.has(all.at(-1) ?? '')) all.pop();
  const head = all.at(-1) ?? '';
  const before = all.at(-2) ?? '';
  if (ORDINARY.has(before) || ABOUT.has(head)) return 'none';
  if (HEADS.has(head) || JOINED_HEAD.test(head)) return 'secret';
  if (head === 'key' && KEY_QUALIFIERS.has(before)) return 'secret';
  if (head === 'key') return isConstantName(name) && before !== '' ? 'perhaps' : 'none';
  return UNCERTAIN_HEADS.has(head) || all.some((word) => HEADS.has(word)) ? 'perhaps' : 'none';
}

/** Names as the environment has them: `DB_PASSWORD`. */
export function isConstantName(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name);
}

/** True where the name's subject is chosen by people, so that a plain word or a number may be the secret. */
export function isPasswordName(name: string): boolean {
  return /pass(?:word|wd|phrase|code)?|pwd|(?<![a-z])pw(?![a-z])/i.test(name);
}
