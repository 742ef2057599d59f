import { Fault } from '#libs/faults';
import { PURGED_PAGES_MAX } from '#libs/contracts';
import { isPagePath, type PagePath, parsePage, REPORTS_FOLDER } from '#libs/wiki-format';
import { conflictPrefix, CONFLICTS_FOLDER } from '../pages/page-merge.js';
import { commitsOfSession, versionsWithout } from '../pages/reverting.service.js';
import { type BareRepository, GENERATED_FOLDER } from '../repositories/bare-repository.js';
import { BRANCH } from '../repositories/branch-lock.js';
import { FILE_BYTES_MAX } from '../repositories/page-row.js';
import { headingWithout, messageWithout, pageWithout, type Person } from './erased-person.js';
import { blobsOf, rewriteHistory, type RewrittenHistory } from './history-rewrite.js';
import { PURGE_TOO_LARGE } from './purging.faults.js';
import { exportedHistory, type FinalTexts } from './rewritten-repository.js';

/** Files that are held in memory at a time. */
const BATCH = 64;

/** A page, what a session wrote, or who somebody was. */
export type PurgeTarget = { readonly path: PagePath } | { readonly sessionId: string } | { readonly person: Person };

export interface PurgePlan {
  readonly history: RewrittenHistory;
  /** What pages hold afterwards on which others wrote too; null for the others. */
  readonly texts: FinalTexts;
}

/** What is to become of a repository that has commits. Changes nothing. */
export async function planPurge(repository: BareRepository, target: PurgeTarget): Promise<PurgePlan> {
  const plan = 'path' in target ? await planOfPage(repository, target.path) : 'person' in target ? await planOfPerson(repository, target.person) : await planOfSession(repository, target.sessionId);
  if (plan.history.paths.length > PURGED_PAGES_MAX) throw new Fault(PURGE_TOO_LARGE);
  return plan;
}

async function planOfPage(repository: BareRepository, path: PagePath): Promise<PurgePlan> {
  const paths = new Set<string>([path, GENERATED_FOLDER + path, ...(await conflictsOf(repository, path))]);
  return { history: rewriteHistory(await exportedHistory(repository), (each) => paths.has(each)), texts: new Map() };
}

/** What the session wrote goes, what others wrote from it on, and reports that tell of it; others get back what can be told from theirs. */
async function planOfSession(repository: BareRepository, sessionId: string): Promise<PurgePlan> {
  const commits = await commitsOfSession(repository, sessionId);
  const ids = new Set(commits.map(({ commit }) => commit));
  const reports = await reportsOf(repository, sessionId);
  const history = rewriteHistory(await exportedHistory(repository), (path, commit) => ids.has(commit) || reports.has(path));
  const texts = new Map<PagePath, Buffer | null>();
  for (const path of new Set(commits.flatMap(({ changes }) => changes.map((change) => change.path)).filter(isPagePath))) {
    const { current, without, before } = await versionsWithout(repository, path, ids);
    texts.set(path, without.text !== 'conflict' ? without.text : current && before);
  }
  return { history, texts };
}

/** All that was written stays, and says no more by whom. */
async function planOfPerson(repository: BareRepository, person: Person): Promise<PurgePlan> {
  const exported = await exportedHistory(repository);
  const contents = await contentsWithout(repository, blobsOf(exported), person);
  const renaming = { heading: (line: string) => headingWithout(line, person), message: (message: string) => messageWithout(message, person), contents };
  return { history: rewriteHistory(exported, () => false, renaming), texts: new Map() };
}

/** The pages, of all versions, whose frontmatter names the person, as they are without that. */
async function contentsWithout(repository: BareRepository, blobs: readonly string[], person: Person): Promise<Map<string, Buffer>> {
  const changed = new Map<string, Buffer>();
  for (let at = 0; at < blobs.length; at += BATCH) {
    for (const [blob, content] of await repository.contents(blobs.slice(at, at + BATCH), FILE_BYTES_MAX)) {
      const text = content.toString();
      const without = pageWithout(text, person);
      if (without !== text) changed.set(blob, Buffer.from(without));
    }
  }
  return changed;
}

/** Reports that name the session, now or ever: what they say of it has its words. */
async function reportsOf(repository: BareRepository, sessionId: string): Promise<Set<string>> {
  const { stdout } = await repository.run(['log', '--format=', '--name-only', `-S${sessionId}`, BRANCH, '--', REPORTS_FOLDER]);
  return new Set(stdout.toString().split('\n').filter((path) => path !== ''));
}

/** Where texts of a page are kept that lost, now and ever: by path, and by what they say they are. */
async function conflictsOf(repository: BareRepository, path: PagePath): Promise<string[]> {
  const { stdout } = await repository.run(['rev-list', '--objects', BRANCH, '--', CONFLICTS_FOLDER]);
  const named = stdout.toString().split('\n').map((line) => [line.slice(0, 40), line.slice(41)] as const).filter(([, each]) => each.startsWith(conflictPrefix(path)));
  const contents = await repository.contents(named.map(([blob]) => blob), FILE_BYTES_MAX);
  return named.filter(([blob]) => parsePage(contents.get(blob)?.toString() ?? '').frontmatter['conflict_of'] === path).map(([, each]) => each);
}
