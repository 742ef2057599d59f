import { Injectable } from '@nestjs/common';
import { type FindPastPages, type OutputOf, type PageSince, type ParsedInputOf, PAST_PAGES_MAX } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { isPagePath, type PagePath, parsePage } from '#libs/wiki-format';
import type { BareRepository } from '../repositories/bare-repository.js';
import type { FileChange } from '../repositories/git-log.js';
import { type PageChange, pageChanges } from '../repositories/page-changes.js';
import { recordedTrust } from '../repositories/page-origins.js';
import { FILE_BYTES_MAX, type PageRow, pageRowOf, toPageHead } from '../repositories/page-row.js';
import { PushedCommitsRepository } from '../repositories/pushed-commits.repository.js';
import { RepositoryStore } from '../repositories/repository-store.js';
import { type PageHeadRow, PagesRepository } from './pages.repository.js';
import { pastCandidates } from './past-candidates.js';

type Found = OutputOf<typeof FindPastPages>['found'][number];

/** Together they must fit a message beside what else it holds. */
const BYTES_MAX = 400 * 1_024;
/** Commits that are looked through for the one that a page of then came from. */
const COMMITS_MAX = 1_000;

/** What was in a wiki at a time, by git alone: no table holds what has been replaced. */
@Injectable()
export class PastPagesService {
  constructor(private readonly db: TenantDb, private readonly store: RepositoryStore, private readonly pages: PagesRepository, private readonly pushedCommits: PushedCommitsRepository) {}

  async find(scope: TenantScope, { projectId, asOf, words }: ParsedInputOf<typeof FindPastPages>): Promise<OutputOf<typeof FindPastPages>> {
    const repository = this.store.open({ organisationId: scope.organisationId, projectId });
    const commit = await repository.tipAsOf(new Date(asOf));
    if (commit === null) return { found: [], pages: 0 };
    const files = new Map((await repository.files(commit)).filter(({ path }) => isPagePath(path)).map((file) => [file.path, file]));
    const wanted = words.length === 0 ? [] : pastCandidates([...files.keys()], await repository.occurrences(commit, words), words).slice(0, PAST_PAGES_MAX);
    const found = await this.versions(scope, projectId, repository, commit, wanted.map((path) => files.get(path)!));
    return { found: withinBytes(found), pages: files.size };
  }

  /** The pages that these files were, in their order; without those whose commit lies too far back. */
  private async versions(scope: TenantScope, projectId: string, repository: BareRepository, commit: string, files: readonly FileChange[]): Promise<Found[]> {
    const [first, ...others] = files.map(({ path }) => path);
    if (first === undefined) return [];
    const changes = pageChanges((await repository.history(first as PagePath, COMMITS_MAX, commit, others)).toReversed(), 0).changes;
    const contents = await repository.contents(changes.flatMap(({ blob }) => blob ?? []), FILE_BYTES_MAX);
    const { pushers, now } = await this.db.run(scope, async (tx) => ({
      pushers: await this.pushedCommits.pushers(tx, projectId, changes.map((change) => change.commit.commit)), now: await this.pages.findAll(tx, files.map(({ path }) => ({ projectId, path }))),
    }));
    const standing = new Map(now.map((row) => [row.path, row]));
    const rows = new Map(changes.flatMap((change) => rowOf(projectId, change, contents.get(change.blob ?? ''), pushers.has(change.commit.commit))).map((row) => [row.path, row]));
    return files.flatMap(({ path }) => {
      const row = rows.get(path);
      return row ? [{ head: toPageHead(projectId, row), body: row.body, frontmatter: row.frontmatter, since: sinceOf(row, standing.get(path)) }] : [];
    });
  }
}

function rowOf(projectId: string, change: PageChange, content: Buffer | undefined, isPushed: boolean): PageRow[] {
  if (!content) return [];
  return [pageRowOf(projectId, change, content, recordedTrust(change.commit, change.path, parsePage(content.toString()).frontmatter, isPushed)).row];
}

function sinceOf(row: PageRow, now: PageHeadRow | undefined): PageSince {
  if (!now) return 'gone';
  if (now.superseded_by !== null) return 'superseded';
  return now.blob === row.blob ? 'unchanged' : 'changed';
}

function withinBytes(found: readonly Found[]): Found[] {
  let bytes = 0;
  return found.filter(({ body, frontmatter }) => (bytes += Buffer.byteLength(body) + Buffer.byteLength(JSON.stringify(frontmatter)) + 1_024) <= BYTES_MAX);
}
