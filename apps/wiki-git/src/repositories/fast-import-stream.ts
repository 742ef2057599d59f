import { createHash } from 'node:crypto';
import type { PagePath } from '#libs/wiki-format';
import { bareIdentity, type CommitAuthor, commitMessage, identity, trailerValue } from './commit-message.js';
import type { LoggedCommit } from './git-log.js';

export const BRANCH = 'refs/heads/main';

export const COMMITTER = identity({ name: 'ai-memory', email: 'noreply@ai-memory.invalid' });

/** One commit of some files on top of `parent`, or the first one. */
export interface NewCommit {
  readonly parent: string | null;
  /** Paths are pages', or fixed in the code. */
  readonly writes: readonly { path: string; content: Buffer }[];
  readonly deletes: readonly PagePath[];
  readonly message: string;
  readonly author: CommitAuthor;
  readonly committedAt: Date;
}

/** Demands an end, so that a stream cut short by a crash of ours commits nothing. */
export const STREAM_START = 'feature done\n';
export const STREAM_END = 'done\n';

/** A commit as `git fast-import` reads it; it answers with the commit's sha. The first of a stream names its parent, the others follow. */
export function commitCommands({ parent, writes, deletes, message, author, committedAt }: NewCommit, isFirst: boolean): Buffer {
  const time = `${secondsOf(committedAt)} +0000`;
  const parts: (string | Buffer)[] = [];
  writes.forEach(({ content }, index) => parts.push(`blob\nmark :${index + 2}\n`, ...data(content)));
  parts.push(`commit ${BRANCH}\nmark :1\nauthor ${identity(author)} ${time}\ncommitter ${COMMITTER} ${time}\n`, ...data(Buffer.from(commitMessage(message, author))));
  if (parent && isFirst) parts.push(`from ${parent}\n`);
  deletes.forEach((path) => parts.push(`D ${path}\n`));
  writes.forEach(({ path }, index) => parts.push(`M 100644 :${index + 2} ${path}\n`));
  parts.push('get-mark :1\n');
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

/** What `git log` will say of a commit that was made here. */
export function loggedCommit(commit: string, { writes, deletes, author, committedAt }: NewCommit): LoggedCommit {
  const changes = [
    ...writes.map(({ path, content }) => ({ path, mode: '100644', blob: blobOf(content), status: 'M' })),
    ...deletes.map((path) => ({ path, mode: '000000', blob: '', status: 'D' })),
  ];
  return {
    commit,
    committedAt: new Date(secondsOf(committedAt) * 1_000),
    author: bareIdentity(author).name,
    agent: trailerValue(author.agent),
    sessionId: trailerValue(author.sessionId),
    message: '',
    // As git orders them: by bytes.
    changes: changes.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path))),
  };
}

/** The name that git gives a content. */
export function blobOf(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

function secondsOf(at: Date): number {
  return Math.floor(at.getTime() / 1_000);
}

function data(content: Buffer): (string | Buffer)[] {
  return [`data ${content.length}\n`, content, '\n'];
}
