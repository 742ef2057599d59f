import { Failure } from '../client/failure.js';
import type { Printer } from '../output/printer.js';
import type { Style } from '../output/style.js';
import type { Outcome } from './installation.js';

/** Prints what was done, or the diff of what would be. `again` is the command that does it. Throws where a file had to be left alone. */
export function report(out: Printer, outcomes: readonly Outcome[], again: string): void {
  out.answer({ outcomes }, () => outcomes.map((outcome) => (outcome.is_applied ? done(outcome) : planned(outcome, out.style))).join('\n').trimEnd());
  const isOpen = outcomes.some(({ is_applied: isApplied, changes }) => !isApplied && changes.length > 0);
  const isEmpty = outcomes.every(({ changes, refusals }) => changes.length + refusals.length === 0);
  if (isOpen) out.note(`Nothing is changed yet. To do it: ${again} --apply`);
  else if (isEmpty) out.note('There is nothing to change.');
  refuseIncomplete(outcomes);
}

export function refuseIncomplete(outcomes: readonly Outcome[]): void {
  const refusals = outcomes.flatMap((outcome) => outcome.refusals);
  if (refusals.length > 0) throw new Failure(refusals.map(({ path, why }) => `${path} is left alone: ${why}`).join('; '));
}

function done({ label, changes, backup }: Outcome): string {
  const lines = changes.map(({ path, change }) => `${label}: ${change} ${path}`);
  return [...lines, ...(backup ? [`  as it was: ${backup}`] : [])].join('\n');
}

function planned({ changes }: Outcome, { green, red, cyan }: Style): string {
  const colours: Record<string, (line: string) => string> = { '+': green, '-': red, '@': cyan };
  return changes.map(({ diff }) => diff.replace(/^(?!\+\+\+|---)[+@-].*$/gm, (line) => colours[line[0]!]!(line))).join('');
}
