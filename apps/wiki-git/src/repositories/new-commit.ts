import type { PagePath } from '#libs/wiki-format';
import { type GitObject, gitObject } from '../objects/git-object.js';
import { bareIdentity, type CommitAuthor, commitMessage, identity, trailerValue, type Trusts } from './commit-message.js';
import type { LoggedCommit } from './git-log.js';

export const COMMITTER = identity({ name: 'ai-memory', email: 'noreply@ai-memory.invalid' });

/** One commit of some files on top of what is there. */
export interface NewCommit {
  /** Paths are pages', or fixed in the code. */
  readonly writes: readonly { path: string; content: Buffer }[];
  readonly deletes: readonly PagePath[];
  readonly message: string;
  readonly author: CommitAuthor;
  /** Of every page that is written. */
  readonly trusts: Trusts;
}

/** The commit as git keeps it; `parent` is null for the first one. */
export function commitObject({ message, author, trusts }: NewCommit, tree: string, parent: string | null, committedAt: Date): GitObject {
  const time = `${secondsOf(committedAt)} +0000`;
  const head = [`tree ${tree}`, ...(parent ? [`parent ${parent}`] : []), `author ${identity(author)} ${time}`, `committer ${COMMITTER} ${time}`];
  return gitObject('commit', Buffer.from(`${head.join('\n')}\n\n${commitMessage(message, author, trusts)}`));
}

/** What `git log` will say of a commit that was made here; `files` are what it writes. */
export function loggedCommit(commit: string, { deletes, author, trusts }: NewCommit, files: readonly { path: string; blob: string }[], committedAt: Date): LoggedCommit {
  const changes = [
    ...files.map(({ path, blob }) => ({ path, mode: '100644', blob, status: 'M' })),
    ...deletes.map((path) => ({ path, mode: '000000', blob: '', status: 'D' })),
  ];
  return {
    commit,
    committedAt: new Date(secondsOf(committedAt) * 1_000),
    author: bareIdentity(author).name,
    agent: trailerValue(author.agent),
    sessionId: trailerValue(author.sessionId),
    trusts,
    message: '',
    // As git orders them: by bytes.
    changes: changes.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path))),
  };
}

function secondsOf(at: Date): number {
  return Math.floor(at.getTime() / 1_000);
}
