import { isPagePath, type PagePath } from '#libs/wiki-format';
import type { FileChange, LoggedCommit } from './git-log.js';

/** What became of a page in a commit. */
export interface PageChange {
  readonly path: PagePath;
  /** Null where the page was deleted. */
  readonly blob: string | null;
  readonly revision: number;
  readonly commit: Omit<LoggedCommit, 'changes' | 'message'>;
}

/**
 * The last change of each page in a row of commits, in order. Every change counts one revision, also those that a later
 * commit overtakes, so that replaying a repository gives the same revisions as having followed it. Files that can't be
 * pages by their path are passed over; what is not a plain file is no page.
 */
export function pageChanges(commits: readonly LoggedCommit[], afterRevision: number): { changes: PageChange[]; revision: number } {
  const latest = new Map<string, PageChange>();
  let revision = afterRevision;
  for (const { changes, message: _message, ...commit } of commits) {
    for (const file of changes) {
      if (!isPagePath(file.path)) continue;
      revision += 1;
      latest.delete(file.path);
      latest.set(file.path, { path: file.path, blob: isPlainFile(file) ? file.blob : null, revision, commit });
    }
  }
  return { changes: [...latest.values()], revision };
}

/**
 * What differs between the pages that are known and the files of a commit that is no descendant of what they came from,
 * told as changes of that commit.
 */
export function rewrittenChanges(known: ReadonlyMap<string, string>, files: readonly FileChange[]): FileChange[] {
  const present = new Set(files.map((file) => file.path));
  const gone = [...known.keys()].filter((path) => !present.has(path)).map((path) => ({ path, mode: '000000', blob: '', status: 'D' }));
  return [...files.filter((file) => known.get(file.path) !== file.blob), ...gone];
}

function isPlainFile({ mode }: FileChange): boolean {
  return mode === '100644' || mode === '100755';
}
