import type { PagePath } from '#libs/wiki-format';
import { type CommitAuthor, commitMessage, identity } from './commit-message.js';

export const BRANCH = 'refs/heads/main';

const COMMITTER = identity({ name: 'ai-memory', email: 'noreply@ai-memory.invalid' });

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

/**
 * The commit as `git fast-import` reads it; it answers with the commit's sha. Ends with `done`, and starts by demanding it,
 * so that a stream cut short by a crash of ours commits nothing.
 */
export function fastImportStream({ parent, writes, deletes, message, author, committedAt }: NewCommit): Buffer {
  const time = `${Math.floor(committedAt.getTime() / 1_000)} +0000`;
  const parts: (string | Buffer)[] = ['feature done\n'];
  writes.forEach(({ content }, index) => parts.push(`blob\nmark :${index + 2}\n`, ...data(content)));
  parts.push(`commit ${BRANCH}\nmark :1\nauthor ${identity(author)} ${time}\ncommitter ${COMMITTER} ${time}\n`, ...data(Buffer.from(commitMessage(message, author))));
  if (parent) parts.push(`from ${parent}\n`);
  deletes.forEach((path) => parts.push(`D ${path}\n`));
  writes.forEach(({ path }, index) => parts.push(`M 100644 :${index + 2} ${path}\n`));
  parts.push('get-mark :1\n', 'done\n');
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

function data(content: Buffer): (string | Buffer)[] {
  return [`data ${content.length}\n`, content, '\n'];
}
