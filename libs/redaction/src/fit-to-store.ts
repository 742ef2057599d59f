import { cleanText } from './clean-text.js';
import { redactValue } from './redact-value.js';

/**
 * A copy of what a writer wants kept, fit to be kept: every text cleaned first (an invisible character may split a secret),
 * then redacted. `redactions` counts the secrets replaced, so that the answer can tell the writer.
 */
export function fitToStore<T>(value: T): { value: T; redactions: number } {
  const redacted = redactValue(cleaned(value) as T);
  return { value: redacted.value, redactions: Object.values(redacted.findings).reduce((sum, count) => sum + count, 0) };
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cleaned(each)]));
}
