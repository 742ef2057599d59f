import { isConstantName, isPasswordName, weightOfName } from './secret-names.js';
import { isEncodedPair, isPath, isPlaceholder, isProse, isRandom, isReference, isSyntax } from './secret-values.js';

/**
 * What a value is held by. `isCertain`: the name says outright that it is a secret; otherwise the value has to look random
 * as well. `link`: what stands between name and value.
 */
export interface Holder { readonly name: string; readonly isCertain: boolean; readonly link?: string }

/** The password *is* this, is compared with it, or is just followed by it: common words are not meant. */
const MENTION = /==|\bis:? +$|\| +$|^[ \t]+$/;

const CODE = /^(?:[({[<]|\/\^|[$@]\w+(?:->|::|[{[])|[*&][A-Za-z.]+$|[A-Za-z_$][\w$]*(?:(?:\?\.|\.|::|->)[A-Za-z_$][\w$]*)*[([<]|[A-Za-z_$][\w$]*(?:(?:\?\.|\.|::|->)[A-Za-z_$][\w$]*)+$)/;
const TYPE_NAME = /^_?[A-Za-z][a-z]+(?:[A-Z][a-z]*)+$/;

/** Whether a string that is the value of a name is its secret, and no reference, stand-in, sentence, path or mere repetition of the name. */
export function isSecretValue(value: string, { name, isCertain, link = '' }: Holder): boolean {
  if (isReference(value) || isPlaceholder(value) || isPath(value) || isSyntax(value)) return false;
  if (isProse(value) && !isConstantName(name)) return false;
  if (!isCertain) return isRandom(value) || isEncodedPair(value);
  if (MENTION.test(link)) return value.length >= 6 && /\d/.test(value) && /[A-Za-z]/.test(value);
  if (/^\d+$/.test(value)) return isPasswordName(name) || value.length >= 6;
  return lettersOf(value) !== lettersOf(name) && (isPasswordName(name) || !TYPE_NAME.test(value) || weightOfName(value) === 'none');
}

/** The same without quotes, where the value may also be code, a type, or the next word of a sentence. `next`: up to two characters after it. */
export function isBareSecret(value: string, next: string, holder: Holder): boolean {
  const { name, link = '' } = holder;
  if (/==/.test(link) || (/[\r\n]/.test(link) && !/value/i.test(link)) || value.startsWith('--') || !isSecretValue(value, holder)) return false;
  if (!holder.isCertain) return !CODE.test(value);
  if (MENTION.test(link)) return true;
  const isWord = /^[A-Za-z_$-]+[.!?]?$/.test(value);
  if (isWord && link.includes(':') && /^ [A-Za-z(]/.test(next)) return false;
  const isCode = CODE.test(value) && !isRandom(value);
  if (isConstantName(name)) return !(isCode && /\s/.test(link)) && (isPasswordName(name) || !/^\d+$/.test(value));
  if (isCode) return false;
  if (isWord) return isPasswordName(name) && isPasswordWord(value, next, link);
  return /^\d+$/.test(value) ? isPasswordName(name) && value.length >= 4 : value.length >= 6;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** A plain word is a password only where the line ends with it, as in YAML and INI, or where it is joined to its name, as in a query. */
function isPasswordWord(value: string, next: string, link: string): boolean {
  if (!/^[a-z][A-Za-z-]{3,}$/.test(value) || weightOfName(value) !== 'none') return false;
  return /^(?:[\r\n]|\\[nr]|$)/.test(next) || (link === '=' && !/^[,)]/.test(next));
}
