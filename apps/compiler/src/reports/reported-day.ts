import type { FeedbackSignal, ListChanges, OutputOf, PageKind } from '#libs/contracts';
import type { Found } from '../lint/lint-codes.js';

type Commit = OutputOf<typeof ListChanges>['commits'][number];

export interface SessionOfDay {
  readonly sessionId: string;
  readonly ownerName: string;
  readonly agent: string;
  readonly cwd: string | null;
  readonly leftAt: string;
  /** As the handoff tells it. */
  readonly summary: string;
  readonly openQuestions: readonly string[];
  readonly nextSteps: readonly string[];
}

export interface FeedbackOfDay {
  readonly path: string;
  readonly signal: FeedbackSignal;
  readonly reason: string | null;
  readonly by: string;
}

/** Everything that a report is made of. */
export interface ReportedDay {
  readonly day: string;
  /** `workspace/project`. */
  readonly projectName: string;
  /** In the order of their ends. */
  readonly sessions: readonly SessionOfDay[];
  /** Oldest first, without those that only wrote reports. */
  readonly commits: readonly Commit[];
  /** Of the pages that are there. */
  readonly titles: ReadonlyMap<string, { readonly title: string; readonly kind: PageKind }>;
  readonly feedback: readonly FeedbackOfDay[];
  /** Those that the last report did not know. */
  readonly findings: readonly Found[];
}

/** What became of a page that day, and by whom. */
export interface ChangedPage {
  readonly path: string;
  readonly change: 'added' | 'changed' | 'deleted';
  readonly by: readonly string[];
}

/** Each page once, in the order of their paths; one that came and went again is left out. */
export function changedPages(commits: readonly Commit[]): ChangedPage[] {
  const steps = commits.flatMap((commit) => commit.pages.map((page) => ({ ...page, by: nameOf(commit) })));
  return [...Map.groupBy(steps, ({ path }) => path)].flatMap(([path, of]): ChangedPage[] => {
    const [wasNew, isGone] = [of[0]!.change === 'added', of.at(-1)!.change === 'deleted'];
    if (wasNew && isGone) return [];
    return [{ path, change: isGone ? 'deleted' : wasNew ? 'added' : 'changed', by: [...new Set(of.map(({ by }) => by))] }];
  }).toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** The last session of each person in each folder: what those before it left, it has taken on or left again. */
export function lastSessions(sessions: readonly SessionOfDay[]): SessionOfDay[] {
  return [...Map.groupBy(sessions, ({ ownerName, cwd }) => `${ownerName} ${cwd}`).values()].map((of) => of.at(-1)!);
}

function nameOf({ author, agent, pushedBy }: Commit): string {
  if (pushedBy !== null) return pushedBy === author ? author : `${author}, pushed by ${pushedBy}`;
  return agent === null ? author : `${author} with ${agent}`;
}
