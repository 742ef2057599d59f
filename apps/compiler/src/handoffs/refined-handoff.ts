import type { Handoff } from '#libs/contracts';

export type RefinedContent = Pick<Handoff, 'summary' | 'openQuestions' | 'nextSteps'>;

const LEAD = 'In short: ';
const SUMMARY_CHARS_MAX = 900;
const ITEMS_MAX = 8;

/** The rules' handoff with a summary before its own, and with further questions and steps before its own; a summary from before is replaced. */
export function refinedContent(rules: RefinedContent, refined: RefinedContent): RefinedContent {
  const own = rules.summary.startsWith(LEAD) ? rules.summary.slice(rules.summary.indexOf('\n\n') + 2) : rules.summary;
  const summary = refined.summary === '' ? own : `${LEAD}${refined.summary.replace(/\s+/g, ' ').slice(0, SUMMARY_CHARS_MAX)}\n\n${own}`;
  return { summary, openQuestions: merged(refined.openQuestions, rules.openQuestions), nextSteps: merged(refined.nextSteps, rules.nextSteps) };
}

function merged(first: readonly string[], second: readonly string[]): string[] {
  return [...new Set([...first, ...second])].slice(0, Math.max(ITEMS_MAX, second.length));
}
