import { cleanText } from './clean-text.js';
import type { Findings } from './findings.js';
import { redactText } from './redact-text.js';
import { truncateMiddle } from './truncate-middle.js';

/**
 * Text from outside, made fit to store: cleaned, then redacted, then cut to `bytesMax` bytes. In this order, because an
 * invisible character may split a secret, and a secret that was cut in two is no longer recognised.
 */
export function boundText(text: string, bytesMax: number): { text: string; findings: Findings } {
  const redacted = redactText(cleanText(text));
  return { text: truncateMiddle(redacted.text, bytesMax), findings: redacted.findings };
}
