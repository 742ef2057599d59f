import { addFindings, type Findings, hasPlaceholder, hasPlainText, placeholderOf, type RuleName } from './findings.js';
import { isSecretValue } from './named-values.js';
import { redactText } from './redact-text.js';
import { remembered } from './remembered.js';
import { isPasswordName, weightOfName } from './secret-names.js';

/** Objects and arrays inside one another beyond which the rest is withheld. */
const DEPTH_MAX = 64;

/**
 * A copy of a JSON value with its secrets replaced: in every string as by `redactText`, and whole where the key, the flag
 * before it (`["--token", …]`) or the name beside it (`{"name": "TOKEN", "value": …}`) says what it is. Keys are redacted, too.
 *
 * What lies deeper than 64 levels becomes `[REDACTED:unreadable]`, and a number under a password's name a placeholder;
 * everything else keeps its type. Idempotent.
 */
export function redactValue<T>(value: T): { value: T; findings: Findings } {
  const found: Findings[] = [];
  return { value: walk(value, '', 0, found) as T, findings: addFindings(found) };
}

/** `name` is what the value is known by: its key, or that of the array it is in. */
function walk(value: unknown, name: string, depth: number, found: Findings[]): unknown {
  if (typeof value === 'string') return redactNamed(value, name, found);
  if (typeof value === 'number') return isPasswordNumber(value, name) ? withheld('named-secret', found) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEPTH_MAX) return withheld('unreadable', found);
  if (Array.isArray(value)) return value.map((item, index) => walk(item, flagIn(value[index - 1]) ?? name, depth + 1, found));
  const pairName = nameInPair(value);
  // fromEntries defines keys, where assignment would let `__proto__` through to the prototype.
  return Object.fromEntries(Object.entries(value).map(([key, item]) => {
    const { text: redactedKey, findings } = redactKey(key);
    found.push(findings);
    return [redactedKey, walk(item, key === 'value' ? pairName ?? key : nameOf(redactedKey), depth + 1, found)];
  }));
}

/** One that held a secret is not remembered. */
const redactKey = remembered(redactText, ({ text }, key) => text === key);

/** A key that held a secret names nothing: what is left of it are our words. */
function nameOf(redactedKey: string): string {
  return hasPlaceholder(redactedKey) ? '' : redactedKey;
}

/** Judges what the text rules have left, so that a second redaction judges the same. */
function redactNamed(text: string, name: string, found: Findings[]): string {
  const redacted = redactText(text);
  const weight = weightOfName(name);
  const isWithheld = weight !== 'none' && hasPlainText(redacted.text) && isSecretValue(redacted.text, { name, isCertain: weight === 'secret' });
  if (isWithheld) return withheld('named-secret', found);
  found.push(redacted.findings);
  return redacted.text;
}

function withheld(name: RuleName, found: Findings[]): string {
  found.push({ [name]: 1 });
  return placeholderOf(name);
}

function isPasswordNumber(value: number, name: string): boolean {
  return isPasswordName(name) && weightOfName(name) === 'secret' && Math.abs(value) >= 1_000;
}

function flagIn(previous: unknown): string | undefined {
  return typeof previous === 'string' && /^--?[A-Za-z][\w-]{0,80}$/.test(previous) ? previous : undefined;
}

function nameInPair(value: object): string | undefined {
  const { name, key } = value as { name?: unknown; key?: unknown };
  const given = [name, key].find((candidate) => typeof candidate === 'string');
  return given === undefined ? undefined : nameOf(redactText(given).text);
}
