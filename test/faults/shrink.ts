import { type Attempt, type Stored, type Violation, violationsOf } from './history.js';

/** A history that is still wrong in the same way, of which nothing more can be left out. */
export interface Shrunk {
  readonly attempts: readonly Attempt[];
  readonly stored: Stored;
}

/** Leaves out whatever the violation does not need: halves first, then single items. Of its log alone, as no rule looks at two. */
export function shrink(attempts: readonly Attempt[], stored: Stored, { rule, log }: Violation): Shrunk {
  const kept = { attempts: attempts.filter((attempt) => attempt.log === log), log: stored[log] };
  const items = [...new Set([...kept.attempts.map(({ item }) => item), ...(kept.log?.items ?? [])])];
  const only = (some: ReadonlySet<string>): Shrunk => ({
    attempts: kept.attempts.filter(({ item }) => some.has(item)),
    stored: kept.log ? { [log]: { ...kept.log, items: kept.log.items.filter((item) => some.has(item)) } } : {},
  });
  const isStillWrong = (some: readonly string[]): boolean => {
    const rest = only(new Set(some));
    return violationsOf(rest.attempts, rest.stored).some((violation) => violation.rule === rule);
  };
  return only(new Set(smallest(items, isStillWrong)));
}

/** Of the items as few as still make it true; taken away in pieces that get smaller. */
function smallest(items: readonly string[], isTrue: (some: readonly string[]) => boolean): readonly string[] {
  let kept = items;
  for (let size = Math.ceil(items.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < kept.length;) {
      const rest = [...kept.slice(0, start), ...kept.slice(start + size)];
      if (isTrue(rest)) kept = rest;
      else start += size;
    }
  }
  return kept;
}

/** For people: what was sent, when, what the server said, and what is there. */
export function told({ rule, log }: Violation, { attempts, stored }: Shrunk): string {
  const lines = attempts.map(({ act, item, sentAt, answeredAt, said }) => `  ${seconds(sentAt)} ${act} ${quoted(item)} → ${seconds(answeredAt)} ${said}`);
  const there = stored[log];
  const words = there ? there.items.map(quoted).join(', ') || 'nothing' : 'nothing';
  const git = there && there.shown !== there.inGit ? [`  shown ${quoted(there.shown ?? 'nothing')}, in git ${quoted(there.inGit ?? 'nothing')}`] : [];
  return [`${rule}: ${log}`, ...lines, `  stored: ${words}`, ...git].join('\n');
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(3)} s`;
const quoted = (text: string): string => JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
