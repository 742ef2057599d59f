import { ALL_RULES } from './rules/all-rules.js';

/** `unreadable`: text was withheld whole, because redacting it did not come to an end, or it was nested too deep. */
export type RuleName = (typeof ALL_RULES)[number]['name'] | 'unreadable';

/** How many secrets each rule replaced; rules that found none are absent. Holds no part of any secret. */
export type Findings = Readonly<Partial<Record<RuleName, number>>>;

/** The sum, rule by rule. */
export function addFindings(all: readonly Findings[]): Findings {
  const sum: Partial<Record<RuleName, number>> = {};
  for (const findings of all) {
    for (const [name, count] of Object.entries(findings) as [RuleName, number][]) sum[name] = (sum[name] ?? 0) + count;
  }
  return sum;
}

const NAMES: readonly RuleName[] = [...new Set(ALL_RULES.map(({ name }) => name)), 'unreadable'];
const PLACEHOLDER_START = '[REDACTED:';
const PLACEHOLDER = new RegExp(String.raw`\[REDACTED:(?:${NAMES.join('|')})\]`, 'g');
const PLACEHOLDER_LENGTH_MAX = Math.max(...NAMES.map((name) => placeholderOf(name).length));

/** What stands in the text where a secret was. */
export function placeholderOf(name: RuleName): string {
  return `${PLACEHOLDER_START}${name}]`;
}

/** False where nothing is left to hide: the text is empty, or placeholders and punctuation. */
export function hasPlainText(text: string): boolean {
  return /[^\s"'`\\,;:.=&()[\]{}<>]/.test(text.replace(PLACEHOLDER, ''));
}

export function hasPlaceholder(text: string): boolean {
  return text.includes(PLACEHOLDER_START) && text.search(PLACEHOLDER) !== -1;
}

/** The placeholder that an index is strictly inside of, as start and end. */
export function placeholderAround(text: string, index: number): readonly [start: number, end: number] | undefined {
  const from = Math.max(0, index - PLACEHOLDER_LENGTH_MAX);
  for (const match of text.slice(from, index + PLACEHOLDER_LENGTH_MAX).matchAll(PLACEHOLDER)) {
    const start = from + match.index;
    if (start < index && index < start + match[0].length) return [start, start + match[0].length];
  }
  return undefined;
}
