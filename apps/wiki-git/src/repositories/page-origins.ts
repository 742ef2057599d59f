import type { PageTrust } from '#libs/contracts';
import { type Frontmatter, leastTrust, statedTrust } from '#libs/wiki-format';
import type { LoggedCommit } from './git-log.js';

type Recorded = Pick<LoggedCommit, 'agent' | 'trusts'>;

/**
 * How far a commit says that a page of it may be believed. Commits of versions before say nothing: of those an agent's part
 * counts. A commit that a person pushed is the person's, whatever it says.
 */
export function recordedTrust({ agent, trusts }: Recorded, path: string, frontmatter: Frontmatter, isPushed: boolean): PageTrust {
  if (isPushed) return 'user';
  const isOld = trusts.size === 0 && agent !== null;
  return trusts.get(path) ?? (isOld ? leastTrust(['agent', statedTrust(frontmatter) ?? 'agent']) : 'user');
}

/** The commits, of any line of a history, that brought each text to its page: of several the newest. */
export class PageOrigins {
  private readonly commits = new Map<string, LoggedCommit>();

  /** `commits` are the newest first. */
  constructor(commits: readonly LoggedCommit[]) {
    for (const commit of commits.toReversed()) for (const { path, blob } of commit.changes) this.commits.set(`${blob} ${path}`, commit);
  }

  of(path: string, blob: string): LoggedCommit | undefined {
    return this.commits.get(`${blob} ${path}`);
  }
}
