import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PagePath } from '#libs/wiki-format';
import type { BareRepository } from '../repositories/bare-repository.js';
import { BRANCH } from '../repositories/branch-lock.js';
import { type CommitAuthor, commitMessage, identity } from '../repositories/commit-message.js';
import { COMMITTER } from '../repositories/new-commit.js';
import { headingWithout, type Person } from './erased-person.js';
import { REWRITTEN, type RewrittenHistory } from './history-rewrite.js';

const TIMEOUT_MS = 50_000;
const MARKS = 'purge-marks';

/** Every commit of the branch, as `git fast-export` tells it; contents by their names only. */
export async function exportedHistory(repository: BareRepository): Promise<Buffer> {
  const { stdout } = await repository.run(['fast-export', '--no-data', '--show-original-ids', '--reencode=no', BRANCH], { timeoutMs: TIMEOUT_MS });
  return stdout;
}

/** Makes the commits of a rewritten history, beside the branch. Returns for each commit that was the one that stands for it now. */
export async function importHistory(repository: BareRepository, { stream, marks }: RewrittenHistory): Promise<Map<string, string | null>> {
  const file = join(repository.directory, MARKS);
  await repository.run(['fast-import', '--quiet', '--force', '--date-format=raw-permissive', `--export-marks=${file}`], { input: stream, timeoutMs: TIMEOUT_MS });
  const made = new Map((await readFile(file, 'utf8')).split('\n').map((line) => line.slice(1).split(' ') as [string, string]));
  await rm(file);
  return new Map([...marks].map(([id, mark]) => [id, mark === null ? null : made.get(mark) ?? null]));
}

/** What pages are to hold at the end; null for those that are to be gone. */
export type FinalTexts = ReadonlyMap<PagePath, Buffer | null>;

/** Puts a commit on top of a rewritten history where its last one does not hold the texts yet. Returns the last commit. */
export async function commitTexts(repository: BareRepository, tip: string, texts: FinalTexts, by: CommitAuthor, at: Date): Promise<string> {
  if (texts.size === 0) return tip;
  const seconds = Math.floor(at.getTime() / 1_000);
  const changes = [...texts].flatMap(([path, content]) => (content === null ? [`D ${path}\n`] : [`M 100644 inline ${path}\ndata ${content.length}\n`, content, '\n']));
  const message = Buffer.from(commitMessage('Take out what was purged', by));
  const parts = [
    `feature done\ncommit ${REWRITTEN}\nauthor ${identity(by)} ${seconds} +0000\ncommitter ${COMMITTER} ${seconds} +0000\ndata ${message.length}\n`, message, `\nfrom ${tip}\n`, ...changes, '\ndone\n',
  ];
  await repository.run(['fast-import', '--quiet', '--date-format=raw'], { input: Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))), timeoutMs: TIMEOUT_MS });
  const { stdout } = await repository.run(['rev-parse', '--verify', '--end-of-options', REWRITTEN]);
  return stdout.toString().trim();
}

/** The moves of the branch, told by the commits that stand for those that were, and not by whom if that was `person`; moves of which nothing is left are gone. */
export function rewrittenReflog(reflog: string, ids: ReadonlyMap<string, string | null>, person?: Person): string {
  const standIn = (id: string): string => (ids.has(id) ? ids.get(id)! ?? NO_COMMIT : id);
  const known = new Set([...ids.values(), ...ids.keys(), NO_COMMIT]);
  return reflog.split('\n').map((line) => (person ? headingWithout(line, person) : line)).flatMap((line) => {
    const [from = '', to = ''] = line.split(' ');
    if (!known.has(from) || !known.has(to) || standIn(to) === NO_COMMIT) return [];
    return [`${standIn(from)} ${standIn(to)}${line.slice(from.length + to.length + 1)}\n`];
  }).join('');
}

const NO_COMMIT = '0'.repeat(40);
