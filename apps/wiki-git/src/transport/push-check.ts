import type { BareRepository } from '../repositories/bare-repository.js';
import type { FileChange, LoggedCommit } from '../repositories/git-log.js';
import { changeProblem, contentProblem, secretProblem, sizeProblem } from './pushed-file.js';

export const COMMITS_MAX = 1_000;
export const CHANGES_MAX = 10_000;
const FILES_BYTES_MAX = 128 * 1024 * 1024;
/** Files held in memory at a time. */
const BATCH = 64;
const PROBLEMS_SHOWN_MAX = 10;

/**
 * Everything that is wrong with the commits between two, in words for the person who pushes; nothing where they may come
 * in. Every commit is looked at, not only the last: what one adds and the next takes away would stay in the history.
 */
export async function problemsOfPush(repository: BareRepository, from: string | null, to: string): Promise<string[]> {
  const commits = await repository.everyCommit(from, to, COMMITS_MAX + 1);
  if (commits.length > COMMITS_MAX) return [`A push may bring ${COMMITS_MAX} commits; divide it.`];
  const changes = commits.flatMap((commit) => commit.changes);
  if (changes.length > CHANGES_MAX) return [`A push may bring ${CHANGES_MAX} changes of files; divide it.`];
  const told = problemsOfChanges(changes);
  return shortened(told.length > 0 ? told : [...problemsOfMessages(commits), ...(await problemsOfFiles(repository, changes))]);
}

function problemsOfChanges(changes: readonly FileChange[]): string[] {
  return changes.flatMap((change) => {
    const problem = changeProblem(change);
    return problem ? [`${printable(change.path)} ${problem}.`] : [];
  });
}

function problemsOfMessages(commits: readonly LoggedCommit[]): string[] {
  return commits.flatMap(({ commit, message, author }) => {
    const problem = secretProblem(`${author}\n${message}`);
    return problem ? [`The message of ${commit.slice(0, 10)} ${problem}.`] : [];
  });
}

async function problemsOfFiles(repository: BareRepository, changes: readonly FileChange[]): Promise<string[]> {
  const paths = new Map(changes.filter(({ mode }) => mode !== '000000').map(({ blob, path }) => [blob, path]));
  const sizes = await repository.sizes([...paths.keys()]);
  const tooLarge = [...sizes].flatMap(([blob, bytes]) => problemLine(paths.get(blob)!, sizeProblem(bytes)));
  if (tooLarge.length > 0) return tooLarge;
  if ([...sizes.values()].reduce((sum, bytes) => sum + bytes, 0) > FILES_BYTES_MAX) return [`The files of a push may have ${FILES_BYTES_MAX / 1_048_576} MiB together; divide it.`];
  const problems: string[] = [];
  const blobs = [...sizes.keys()];
  for (let at = 0; at < blobs.length && problems.length <= PROBLEMS_SHOWN_MAX; at += BATCH) {
    const contents = await repository.contents(blobs.slice(at, at + BATCH), Infinity);
    for (const [blob, content] of contents) problems.push(...problemLine(paths.get(blob)!, contentProblem(content)));
  }
  return problems;
}

function problemLine(path: string, problem: string | null): string[] {
  return problem ? [`${printable(path)} ${problem}.`] : [];
}

function shortened(problems: readonly string[]): string[] {
  const lines = [...new Set(problems)];
  const more = lines.length - PROBLEMS_SHOWN_MAX;
  return more > 0 ? [...lines.slice(0, PROBLEMS_SHOWN_MAX), `… and ${more} more.`] : lines;
}

/** A path goes to a terminal, which must not take it for commands. */
function printable(path: string): string {
  return path.replace(/\p{C}/gu, '?').slice(0, 200);
}
