/** One thing that a client asked to be kept, and what it was told. */
export interface Attempt {
  /** Whether it brings something in, or takes something out that only one may have. */
  readonly act: 'keep' | 'claim';
  /** Where: a session, a page, a project's handoffs. */
  readonly log: string;
  /** What, in words that no other has; of a claim what was got. */
  readonly item: string;
  /** Milliseconds since the run began. */
  readonly sentAt: number;
  readonly answeredAt: number;
  /** In the server's words, or why there were none. */
  readonly said: string;
  readonly isAcknowledged: boolean;
}

/** What is there afterwards, in its order, repeats included. */
export interface StoredLog {
  readonly items: readonly string[];
  /** Whether it must stand in the order in which it was sent. */
  readonly isOrdered: boolean;
  /** What people are shown and what git has, where both show the same thing. */
  readonly shown?: string;
  readonly inGit?: string;
}

export type Stored = Readonly<Record<string, StoredLog>>;

export const RULES = ['lost', 'never sent', 'twice', 'out of order', 'claimed twice', 'not as in git'] as const;
export type Rule = (typeof RULES)[number];

export interface Violation {
  readonly rule: Rule;
  readonly log: string;
  readonly items: readonly string[];
}

/**
 * Everything that should not be: acknowledged ⊆ stored ⊆ sent, each at most once, in the order in which it was first sent,
 * nothing claimed by two, and what is shown equal to git.
 */
export function violationsOf(attempts: readonly Attempt[], stored: Stored): Violation[] {
  const logs = new Set([...attempts.map(({ log }) => log), ...Object.keys(stored)]);
  return [...logs].flatMap((log) => violationsIn(log, attempts.filter((attempt) => attempt.log === log), stored[log] ?? { items: [], isOrdered: false }));
}

function violationsIn(log: string, attempts: readonly Attempt[], { items, isOrdered, shown, inGit }: StoredLog): Violation[] {
  const sent = [...new Set(attempts.filter(({ act }) => act === 'keep').map(({ item }) => item))];
  const acknowledged = [...new Set(attempts.filter((attempt) => attempt.isAcknowledged).map(({ item }) => item))];
  const claims = attempts.filter((attempt) => attempt.act === 'claim' && attempt.isAcknowledged).map(({ item }) => item);
  const found: [Rule, readonly string[]][] = [
    ['lost', acknowledged.filter((item) => !items.includes(item))],
    ['never sent', items.filter((item) => !sent.includes(item))],
    ['twice', repeated(items)],
    ['out of order', isOrdered ? misplaced(items, sent) : []],
    ['claimed twice', repeated(claims)],
    ['not as in git', shown === inGit ? [] : [shown ?? '', inGit ?? '']],
  ];
  return found.filter(([, bad]) => bad.length > 0).map(([rule, bad]) => ({ rule, log, items: bad }));
}

function repeated(items: readonly string[]): string[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) !== index))];
}

/** The first two neighbours that stand the other way round than they were sent. */
function misplaced(items: readonly string[], sent: readonly string[]): string[] {
  const places = items.map((item) => sent.indexOf(item)).filter((place) => place >= 0);
  const at = places.findIndex((place, index) => index > 0 && place < places[index - 1]!);
  return at < 0 ? [] : [sent[places[at - 1]!]!, sent[places[at]!]!];
}
