const REFERENCE = [
  /\$\{\{[^{}]*\}\}|\{\{[^{}]*\}\}/g,
  /[$#]?\{(?:env|input|secrets?|vars?|file):[^{}]*\}/g,
  // Without the colon: `${X:-default}` carries a default, which may be the secret; `:?` and an empty default do not.
  /[$#]\{[^{}:]*(?::?[?][^}]*|:?-)?\}/g,
  // Cut off before its end, as an unquoted value is at the first bracket or space.
  /^[$#]\{[^:]*$/g,
  /\$\([^)]*\)?/g,
  /\$(?:env:)?[A-Za-z_][A-Za-z0-9_]*(?![A-Za-z0-9_!@#$%^&*])/g,
  /%[A-Za-z_][A-Za-z0-9_]*%/g,
  /<[^<>]*>/g,
  /\{[A-Za-z_][\w.]*\}|\{\d*\}|%(?:\(\w+\))?[sdrv](?!\w)/g,
] as const;

const STORE = '(?:op|vault|arn|file|ssm|sm|awssm|gcpsm|keyring|env|https?|ref\\+\\w+):\\S';
const FROM_ELSEWHERE = new RegExp(
  String.raw`^(?:process\.env|import\.meta|os\.(?:environ|getenv)|env\.|secrets\.|vars?\.|local\.|data\.|ENC\[|!(?:Ref|Sub|GetAtt|ImportValue|vault|secret|env)\b|@[A-Za-z]+@$|${STORE})`,
);
const STAND_IN = /^(?:your|insert|replace|enter|put|paste)(?:[-_ ][\w-]+)+$/i;
const VERSION = /^[~^<>=v]{0,3}\d{1,4}(?:\.\d{1,4}){1,3}(?:-(?:alpha|beta|rc|canary)[.\d]*)?$/;
const NOT_A_VALUE = new Set(`true false null none nil undefined yes no on off string str number int integer boolean bool any unknown never
  void object bytes buffer uint8array varchar text char optional required hidden masked redacted inherit include omit same-origin disabled
  enabled auto default input self this new await async function n/a na tbd empty missing present valid invalid set unset pass passed fail
  failed ok error bearer basic option options flag flags argument arguments parameter parameters and or`.split(/\s+/));

/** True for what names a secret kept elsewhere (`${X}`, `$X`, `process.env.X`, `op://…`) and holds none itself. */
export function isReference(value: string): boolean {
  if (FROM_ELSEWHERE.test(value)) return true;
  if (!/[$#%{<]/.test(value)) return false;
  const rest = REFERENCE.reduce((text, pattern) => text.replace(pattern, ''), value);
  return rest !== value && rest.replace(/\b(?:bearer|basic|token)\b|[^A-Za-z0-9]/gi, '').length < 4;
}

/** True for what stands where a secret would be: empty, `***`, `xxxx`, `…`, `your-token`, `null`, `string`, `1.0.3`. */
export function isPlaceholder(value: string): boolean {
  const bare = value.trim().toLowerCase().replace(/^(?:bearer|basic|token) +/, '');
  return !/[\p{L}\p{N}]/u.test(bare) || /^(.)\1*$/.test(bare) || /^[\w-]{0,8}(?:x{4,}|\.{3}|…|\*{3})[\w-]{0,4}$/.test(bare)
    || NOT_A_VALUE.has(bare.replace(/[?;,.]$/, '')) || STAND_IN.test(bare) || VERSION.test(bare);
}

/** True for what a program means rather than holds: a regular expression, a colour, or the code behind a closing quote. */
export function isSyntax(value: string): boolean {
  return /\(\?[:=!<]|\[\^|\\[wdsbWDS](?![A-Za-z])|^#[0-9a-f]{3,8}$|^\s*[+,;:)\]}%&|?](?:[\s)\]};]|$)/i.test(value);
}

/** True for a sentence about secrets, such as a label or an error message. A passphrase has spaces, too, but not these words. */
export function isProse(value: string): boolean {
  return /\s/.test(value.trim())
    && /\b(?:password|token|secret|key|credentials?|your|you|enter|must|please|required|invalid|missing|is|are|the|a|an|and|or|not|for|of|to|from|with)\b/i.test(value);
}

/** True for a file's path. A random path segment makes it a secret again: base64 may hold slashes. */
export function isPath(value: string): boolean {
  return /^(?:~|\.{1,2}|[A-Za-z]:)?(?:[\\/]{1,2}[\w .@+-]+){2,}[\\/]?$/.test(value) && !value.split(/[\\/]/).some((segment) => isRandom(segment));
}

/** True for long text without visible order; false for rows of words, UUIDs and git's hashes, which are names of things. */
export function isRandom(value: string): boolean {
  return value.length >= 16 && /^[\w+/=.~:-]+$/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value)
    && !/^[A-Za-z]+\d{0,2}(?:[._-][A-Za-z]+\d{0,2})+$/.test(value)
    && !/^[0-9a-f]{40}$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) && entropyBits(value) >= 3.2;
}

/** True for base64 of `user:password`. */
export function isEncodedPair(value: string): boolean {
  return /^[A-Za-z0-9+/]{8,}={0,2}$/.test(value) && /^[\x20-\x7e]+:[\x20-\x7e]+$/.test(Buffer.from(value, 'base64').toString('latin1'));
}

/** Shannon entropy in bits a character, over the characters of the value itself. */
export function entropyBits(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}
