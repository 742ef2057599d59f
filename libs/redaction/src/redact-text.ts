import { AnchorIndex, type RankedRule } from './anchor-index.js';
import { addFindings, type Findings, hasPlaceholder, hasPlainText, placeholderAround, placeholderOf, type RuleName } from './findings.js';
import { ALL_RULES } from './rules/all-rules.js';
import type { Rule } from './rules/rule.js';

/**
 * One pass finds nearly everything, a second proves it; finds hardly ever overlap. Text that needs more was made to cost
 * time, and is withheld.
 */
const PASSES_MAX = 6;
const OVERLAP_MAX = 16;
const OVERLAP_FREE_CHARACTERS = 1_000_000;

const ANCHORS = new AnchorIndex(ALL_RULES);

interface Span { start: number; end: number; rank: number }

/**
 * Replaces each secret by `[REDACTED:<rule>]`.
 *
 * Pure, deterministic and idempotent: the result holds nothing that any rule would still replace. Every rule sees the
 * same text and overlapping finds are replaced as one, so no rule can hide part of a secret from another. Time is linear
 * in the text's length.
 */
export function redactText(text: string): { text: string; findings: Findings } {
  let redacted = text;
  let findings: Findings = {};
  for (let pass = 0; pass < PASSES_MAX; pass += 1) {
    const spans = spansIn(redacted);
    if (spans === undefined) break;
    if (spans.length === 0) return { text: redacted, findings };
    findings = addFindings([findings, countsOf(spans)]);
    redacted = replaced(redacted, spans);
  }
  return { text: placeholderOf('unreadable'), findings: addFindings([findings, { unreadable: 1 }]) };
}

/** Where the secrets are, in order and apart; undefined for text that is not worth the time. */
function spansIn(text: string): Span[] | undefined {
  const spans: Span[] = [];
  const hasPlaceholders = hasPlaceholder(text);
  let charactersLeft = OVERLAP_FREE_CHARACTERS + OVERLAP_MAX * text.length;
  ANCHORS.scan(text, (candidate, index) => {
    const match = matchAt(text, index, candidate.rule);
    if (!match) return true;
    charactersLeft -= match[0].length;
    const found = spanOf(match, candidate);
    const span = found && hasPlaceholders ? keepingPlaceholders(text, found, index) : found;
    if (span) spans.push(span);
    return charactersLeft > 0;
  });
  return charactersLeft > 0 ? merged(spans) : undefined;
}

function matchAt(text: string, index: number, { pattern }: Rule): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

function spanOf(match: RegExpExecArray, { rule, rank }: RankedRule): Span | undefined {
  const secret = match.groups?.['secret'] ?? match[0];
  if (rule.isSecret && !rule.isSecret(secret, match.groups ?? {})) return undefined;
  const end = match.index + match[0].length;
  return { start: end - secret.length, end, rank };
}

/**
 * A placeholder is replaced whole or not at all, never alone, and its own words lead to nothing; so each pass leaves less
 * plain text than there was.
 */
function keepingPlaceholders(text: string, { start, end, rank }: Span, index: number): Span | undefined {
  const span = { start: placeholderAround(text, start)?.[0] ?? start, end: placeholderAround(text, end)?.[1] ?? end, rank };
  return hasPlainText(text.slice(span.start, span.end)) && !placeholderAround(text, index) ? span : undefined;
}

function merged(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (!last || span.start >= last.end) {
      result.push({ ...span });
      continue;
    }
    last.end = Math.max(last.end, span.end);
    last.rank = Math.min(last.rank, span.rank);
  }
  return result;
}

function nameOf({ rank }: Span): RuleName {
  return (ALL_RULES[rank] as Rule<RuleName>).name;
}

function countsOf(spans: readonly Span[]): Findings {
  const counts: Partial<Record<RuleName, number>> = {};
  for (const span of spans) counts[nameOf(span)] = (counts[nameOf(span)] ?? 0) + 1;
  return counts;
}

function replaced(text: string, spans: readonly Span[]): string {
  let result = '';
  let from = 0;
  for (const span of spans) {
    result += text.slice(from, span.start) + placeholderOf(nameOf(span));
    from = span.end;
  }
  return result + text.slice(from);
}
