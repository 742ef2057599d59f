import { Injectable } from '@nestjs/common';
import type { DiffPage, ListChanges, OutputOf, ParsedInputOf, ReadHistory } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { isPagePath, type PagePath, parsePage, parsePagePath } from '#libs/wiki-format';
import type { BareRepository } from '../repositories/bare-repository.js';
import { pageChanges } from '../repositories/page-changes.js';
import { recordedTrust } from '../repositories/page-origins.js';
import { FILE_BYTES_MAX, type PageRow, pageRowOf } from '../repositories/page-row.js';
import { PushedCommitsRepository } from '../repositories/pushed-commits.repository.js';
import { RepositoryStore } from '../repositories/repository-store.js';

type Changes = OutputOf<typeof ListChanges>;
type Revision = OutputOf<typeof ReadHistory>['revisions'][number];
/** Of all commits, how many are looked through: those that are pushed may be of any time. */
const COMMITS_MAX = 2_000;
/** Of all commits of an answer, so that it fits any message bus. */
const CHANGES_MAX = 3_000;
const DIFF_CHARS_MAX = 128 * 1024;
const CHANGE: Readonly<Record<string, Revision['change']>> = { A: 'added', D: 'deleted' };

/** What git remembers of a page. */
@Injectable()
export class PageHistoryService {
  constructor(private readonly db: TenantDb, private readonly store: RepositoryStore, private readonly pushedCommits: PushedCommitsRepository) {}

  /** Newest first. Throws NOT_FOUND where there never was such a page, or it is another organisation's. */
  async history(scope: TenantScope, projectId: string, rawPath: string, limit: number): Promise<Revision[]> {
    const commits = await this.open(scope, projectId).history(parsePagePath(rawPath), limit, null);
    if (commits.length === 0) throw new Fault(NOT_FOUND, { sentence: 'There is no such page.' });
    const pushers = await this.db.run(scope, (tx) => this.pushedCommits.pushers(tx, projectId, commits.map(({ commit }) => commit)));
    return commits.map(({ commit, committedAt, author, agent, sessionId, message, changes }) => ({
      commit, committedAt: committedAt.toISOString(), author, agent, sessionId, message, change: CHANGE[changes[0]?.status ?? ''] ?? 'modified', pushedBy: pushers.get(commit)?.name,
    }));
  }

  /** Throws NOT_FOUND where there is no such page or commit. */
  async diff(scope: TenantScope, { projectId, path: rawPath, from, to }: ParsedInputOf<typeof DiffPage>): Promise<OutputOf<typeof DiffPage>> {
    const path = parsePagePath(rawPath);
    const repository = this.open(scope, projectId);
    const [last, before] = await repository.history(path, 2, to ?? null);
    if (!last || (from && !(await repository.knownCommit(from)))) throw new Fault(NOT_FOUND, { sentence: 'There is no such page, or no such commit.' });
    const ends = { from: from ?? before?.commit ?? null, to: to ?? last.commit };
    const diff = await repository.diff(path, ends.from, ends.to);
    return { ...ends, diff: diff.slice(0, DIFF_CHARS_MAX), isCut: diff.length > DIFF_CHARS_MAX };
  }

  /** What came between two times, oldest first. */
  async changes(scope: TenantScope, { projectId, since, until, limit }: ParsedInputOf<typeof ListChanges>): Promise<Changes> {
    const repository = this.open(scope, projectId);
    const tip = await repository.tip();
    const logged = tip === null ? [] : await repository.everyCommit(null, tip, COMMITS_MAX);
    const pushers = await this.db.run(scope, (tx) => this.pushedCommits.pushers(tx, projectId, logged.map(({ commit }) => commit)));
    const came = logged.toReversed().map((each) => ({ ...each, cameAt: pushers.get(each.commit)?.pushedAt ?? each.committedAt, pushedBy: pushers.get(each.commit)?.name ?? null }))
      .filter(({ cameAt }) => cameAt >= new Date(since) && cameAt < new Date(until));
    let left = CHANGES_MAX;
    const commits = came.slice(0, limit).map(({ commit, cameAt, author, agent, sessionId, pushedBy, changes }) => {
      const pages = changes.filter(({ path }) => isPagePath(path)).slice(0, left).map(({ path, status }) => ({ path, change: CHANGE[status] ?? 'modified' }));
      left -= pages.length;
      return { commit, cameAt: cameAt.toISOString(), author, agent, sessionId, pushedBy, pages };
    });
    return { commits: commits.filter(({ pages }) => pages.length > 0), isCut: came.length > limit || logged.length === COMMITS_MAX || left === 0 };
  }

  /** The version of a page that a commit of its project holds, or that the last one of a time did, with the id it had then. */
  async versionAt(scope: TenantScope, projectId: string, path: PagePath, at: string | undefined, asOf: string | undefined): Promise<PageRow | undefined> {
    const repository = this.open(scope, projectId);
    const commit = at ?? (await repository.tipAsOf(new Date(asOf!)));
    if (commit === null) return undefined;
    const [change] = pageChanges(await repository.history(path, 1, commit), 0).changes;
    if (!change?.blob) return undefined;
    const content = (await repository.contents([change.blob], FILE_BYTES_MAX)).get(change.blob);
    if (!content) return undefined;
    const pushers = await this.db.run(scope, (tx) => this.pushedCommits.pushers(tx, projectId, [change.commit.commit]));
    const trust = recordedTrust(change.commit, path, parsePage(content.toString()).frontmatter, pushers.has(change.commit.commit));
    return pageRowOf(projectId, change, content, trust).row;
  }

  private open(scope: TenantScope, projectId: string): BareRepository {
    return this.store.open({ organisationId: scope.organisationId, projectId });
  }
}
