import { AnchorIndex, type RankedRule } from './anchor-index.js';
import { addFindings, type Findings, hasPlainText, placeholderAround, placeholderOf, type RuleName } from './findings.js';
import { ALL_RULES } from './rules/all-rules.js';
import type { Rule } from './rules/rule.js';

/** One pass finds nearly everything, a second proves it. A text made to need more is not one that anybody has to read. */
const PASSES_MAX = 8;

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
    const spans = merged(spansIn(redacted));
    if (spans.length === 0) return { text: redacted, findings };
    findings = addFindings(findings, countsOf(spans));
    redacted = replaced(redacted, spans);
  }
  return { text: placeholderOf('unreadable'), findings: addFindings(findings, { unreadable: 1 }) };
}

function spansIn(text: string): Span[] {
  const spans: Span[] = [];
  const hasPlaceholders = text.includes('[REDACTED:');
  ANCHORS.scan(text, (candidate, index) => {
    const found = spanAt(text, candidate, index);
    const span = found && hasPlaceholders ? keepingPlaceholders(text, found) : found;
    if (span) spans.push(span);
  });
  return spans;
}

function spanAt(text: string, { rule, rank }: RankedRule, index: number): Span | undefined {
  rule.pattern.lastIndex = index;
  const match = rule.pattern.exec(text);
  if (!match) return undefined;
  const secret = match.groups?.['secret'] ?? match[0];
  if (rule.isSecret && !rule.isSecret(secret, match.groups ?? {})) return undefined;
  const [start, end] = match.indices?.groups?.['secret'] ?? [match.index, match.index + match[0].length];
  return { start, end, rank };
}

/** A placeholder is replaced whole or not at all, and never alone; so each pass leaves less plain text than there was. */
function keepingPlaceholders(text: string, { start, end, rank }: Span): Span | undefined {
  const span = { start: placeholderAround(text, start)?.[0] ?? start, end: placeholderAround(text, end)?.[1] ?? end, rank };
  return hasPlainText(text.slice(span.start, span.end)) ? span : undefined;
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
