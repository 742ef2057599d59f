import { Injectable } from '@nestjs/common';
import { type OutputOf, type PageTrust, type ParsedInputOf, REVERTED_PAGES_MAX, type RevertWrites } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { isPagePath, leastTrust, type PagePath, parsePage } from '#libs/wiki-format';
import type { BareRepository } from '../repositories/bare-repository.js';
import { identity } from '../repositories/commit-message.js';
import type { LoggedCommit } from '../repositories/git-log.js';
import { recordedTrust } from '../repositories/page-origins.js';
import { FILE_BYTES_MAX } from '../repositories/page-row.js';
import { PushedCommitsRepository } from '../repositories/pushed-commits.repository.js';
import { recordedCommit } from '../repositories/recorded-commit.js';
import { type HeldRepository, RepositoriesService } from '../repositories/repositories.service.js';
import { mergedText } from './page-merging.service.js';

type Input = ParsedInputOf<typeof RevertWrites>;
type Output = OutputOf<typeof RevertWrites>;

const COMMITS_MAX = 10_000;
/** Versions of one page that are looked back. */
const VERSIONS_MAX = 500;

/** A text without the writer's changes: null where nothing is left, or that there is no telling. */
type Reverted = Buffer | null | 'conflict';

interface RevertedPage {
  readonly text: Reverted;
  readonly trust: PageTrust;
}

/** Takes back what somebody wrote, and keeps what others did since. */
@Injectable()
export class RevertingService {
  constructor(private readonly repositories: RepositoriesService, private readonly pushedCommits: PushedCommitsRepository) {}

  /** One commit for all pages; none where nothing changes, or it was only asked what would. */
  revert(scope: TenantScope, input: Input): Promise<Output> {
    return this.repositories.exclusively(scope, input, async (held) => {
      if (held.head === null) return { commit: null, pages: [], hasMore: false };
      const commits = await this.commitsOf(held, input);
      const reverted = new Map<PagePath, RevertedPage>();
      let hasMore = false;
      for (const path of new Set(commits.flatMap(({ changes }) => changes.map((change) => change.path)).filter(isPagePath))) {
        hasMore = reverted.size >= REVERTED_PAGES_MAX;
        if (hasMore) break;
        const outcome = await revertedPage(held.repository, path, new Set(commits.map(({ commit }) => commit)));
        if (outcome !== undefined) reverted.set(path, outcome);
      }
      return { commit: input.isDryRun ? null : await commit(held, scope, input, reverted), pages: [...reverted].map(([path, { text }]) => ({ path, outcome: outcomeOf(text) })), hasMore };
    });
  }

  private async commitsOf({ tx, repository }: HeldRepository, { projectId, writer }: Input): Promise<LoggedCommit[]> {
    if ('sessionId' in writer) return commitsOfSession(repository, writer.sessionId);
    const { userId, name } = writer;
    // The compiler signs with the user's id in place of their address.
    const signed = await repository.commitsMatching([writer.email, `${userId}@users.ai-memory`].map((email) => `--author=${identity({ name, email })}`), COMMITS_MAX);
    const pushers = await this.pushedCommits.pushers(tx, projectId, signed.map(({ commit }) => commit));
    const pushed = new Set(await this.pushedCommits.pushedBy(tx, projectId, userId, COMMITS_MAX));
    const others = pushed.size > 0 ? (await repository.commitsMatching([], COMMITS_MAX)).filter(({ commit }) => pushed.has(commit)) : [];
    return [...signed.filter(({ commit }) => !pushers.has(commit)), ...others];
  }
}

/** The commits that name a session as theirs, newest first. */
export async function commitsOfSession(repository: BareRepository, sessionId: string): Promise<LoggedCommit[]> {
  const commits = await repository.commitsMatching([`--grep=Session: ${sessionId}`], COMMITS_MAX);
  return commits.filter((commit) => commit.sessionId === sessionId);
}

/** Undefined where the page is as it would be without the writer. */
async function revertedPage(repository: BareRepository, path: PagePath, theirs: ReadonlySet<string>): Promise<RevertedPage | undefined> {
  const { current, without } = await versionsWithout(repository, path, theirs);
  return without.text !== 'conflict' && isSame(without.text, current) ? undefined : without;
}

/** A page as it is, as it would be without the commits of a writer, and as it was before the first of them. */
export async function versionsWithout(repository: BareRepository, path: PagePath, theirs: ReadonlySet<string>): Promise<{ current: Buffer | null; without: RevertedPage; before: Buffer | null }> {
  const versions = await repository.history(path, VERSIONS_MAX, null);
  const blobs = versions.map(({ changes: [change] }) => (!change || change.status === 'D' ? null : change.blob));
  const contents = await repository.contents([...new Set(blobs.filter((blob) => blob !== null))], FILE_BYTES_MAX);
  const texts = blobs.map((blob) => (blob === null ? null : contents.get(blob) ?? null));
  const current = texts[0] ?? null;
  const before = texts[versions.findLastIndex(({ commit }) => theirs.has(commit)) + 1] ?? null;
  let text: Buffer | null = current;
  for (const [index, { commit }] of versions.entries()) {
    if (!theirs.has(commit)) continue;
    const step = await withoutChange(repository, text, texts[index] ?? null, texts[index + 1] ?? null);
    if (step === 'conflict') return { current, without: { text: step, trust: 'user' }, before };
    text = step;
  }
  return { current, without: { text, trust: trustIn(path, versions, texts, text) }, before };
}

/** Of the version that is there again; a text that never was is one of all of them. */
function trustIn(path: PagePath, versions: readonly LoggedCommit[], texts: readonly (Buffer | null)[], text: Buffer | null): PageTrust {
  const recorded = versions.map((version, index) => recordedTrust(version, path, parsePage(texts[index]?.toString() ?? '').frontmatter, false));
  const again = texts.findIndex((each) => isSame(each, text));
  return again >= 0 ? recorded[again]! : leastTrust(recorded);
}

/** The text as if what led from `before` to `after` had not been. */
async function withoutChange(repository: BareRepository, text: Buffer | null, after: Buffer | null, before: Buffer | null): Promise<Reverted> {
  if (isSame(text, after)) return before;
  if (isSame(after, before)) return text;
  if (text === null || after === null || before === null) return 'conflict';
  const merged = await mergedText(repository, after, text, before);
  return merged === 'conflict' ? 'conflict' : merged.merged;
}

async function commit(held: HeldRepository, scope: TenantScope, input: Input, reverted: ReadonlyMap<PagePath, RevertedPage>): Promise<string | null> {
  const { author, writer } = input;
  const writes = [...reverted].flatMap(([path, { text }]) => (text instanceof Buffer ? [{ path, content: text }] : []));
  const deletes = [...reverted].flatMap(([path, { text }]) => (text === null ? [path] : []));
  if (writes.length + deletes.length === 0) return null;
  const whose = 'sessionId' in writer ? `session ${writer.sessionId}` : writer.name;
  const made = { writes, deletes, message: `Take back what ${whose} wrote`, author, trusts: new Map(writes.map(({ path }) => [path, reverted.get(path)!.trust])) };
  const facts = 'sessionId' in writer ? { session_id: writer.sessionId } : { user_id: writer.userId };
  return recordedCommit(held, scope, input, made, { action: 'pages.reverted', facts });
}

function outcomeOf(text: Reverted): Output['pages'][number]['outcome'] {
  if (text === 'conflict') return 'conflict';
  return text === null ? 'deleted' : 'reverted';
}

function isSame(a: Buffer | null, b: Buffer | null): boolean {
  return a === b || (a !== null && b !== null && a.equals(b));
}
