import type { ModelPrice } from '#libs/contracts';
import type { TokenUsage } from '../models/structured-call.js';

/** What a provider adds to a prompt: its own framing of messages, and the answer's schema where it writes that out. */
const FRAMING_TOKENS = 2_000;

/** Millionths of a US dollar, rounded up: dollars per million tokens times tokens. Zero where no price is known. */
export function costMicros(usage: TokenUsage, price: ModelPrice | null): number {
  if (!price) return 0;
  const cached = usage.cached * Math.min(price.cachedInput ?? price.input, price.input);
  return Math.ceil((usage.input - usage.cached) * price.input + cached + usage.output * price.output);
}

/** More than any call of these texts can use: no tokeniser makes more tokens than a text has bytes. */
export function worstUsage(texts: readonly string[], outputTokensMax: number): TokenUsage {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return { input: bytes + FRAMING_TOKENS, cached: 0, output: outputTokensMax };
}
