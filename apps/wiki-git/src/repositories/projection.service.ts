import { Injectable } from '@nestjs/common';
import { HeadMoved, type PageTrust } from '#libs/contracts';
import type { TenantTx } from '#libs/database';
import { Outbox } from '#libs/outbox';
import { isPagePath, parsePage } from '#libs/wiki-format';
import type { BareRepository } from './bare-repository.js';
import type { LoggedCommit } from './git-log.js';
import { type HeadRow, HeadsRepository } from './heads.repository.js';
import { type PageChange, pageChanges, rewrittenChanges } from './page-changes.js';
import { PageOrigins, recordedTrust } from './page-origins.js';
import { FILE_BYTES_MAX, pageRowOf } from './page-row.js';
import { ProjectionRepository } from './projection.repository.js';
import { PushedCommitsRepository } from './pushed-commits.repository.js';
import { pushesIn } from './reflog.js';

/** Pages that are held in memory and sent to the database at a time. */
const BATCH = 32;
/** Writes that follow each other within this time are announced, and indexed, together. */
const ANNOUNCE_DELAY_MS = 100;
/** A push that was let in has no more. */
const PUSHED_COMMITS_MAX = 1_000;
/** Commits of other lines than the heads' that are looked through for where a text comes from. */
const ORIGINS_MAX = 100_000;

/** From where to where a head moved. */
export interface HeadMove {
  readonly projectId: string;
  readonly projectName: string;
  readonly from: HeadRow | undefined;
  readonly to: string;
  /** Known to be a descendant of `from`; else git is asked. */
  readonly isDescendant?: boolean;
  /** The commits in between, where they were made here and not pushed. */
  readonly made?: readonly LoggedCommit[];
}

interface PageBatch {
  readonly projectId: string;
  readonly changes: readonly PageChange[];
  readonly origins: PageOrigins;
}

/** The one way from git into the tables, whatever moved the head. */
@Injectable()
export class ProjectionService {
  constructor(private readonly heads: HeadsRepository, private readonly projection: ProjectionRepository, private readonly pushedCommits: PushedCommitsRepository, private readonly outbox: Outbox) {}

  /** Brings pages, links and the recorded head up to a commit, and announces it. `known` saves reading contents again. */
  async project(tx: TenantTx, repository: BareRepository, move: HeadMove, known: ReadonlyMap<string, Buffer> = new Map()): Promise<HeadRow> {
    const { projectId, from, to } = move;
    const { changes, revision } = pageChanges(move.made ?? (await this.commits(tx, repository, move)), from?.revision ?? 0);
    const head: HeadRow = { project_id: projectId, project_name: move.projectName, head: to, revision };
    await this.heads.save(tx, head);
    if (!move.made) await this.savePushes(tx, repository, move);
    const origins = new PageOrigins(move.made ? [] : await repository.everyCommit(from?.head ?? null, to, ORIGINS_MAX));
    for (let at = 0; at < changes.length; at += BATCH) await this.save(tx, repository, { projectId, changes: changes.slice(at, at + BATCH), origins }, known);
    await this.projection.saveSuccessors(tx, projectId);
    await this.outbox.add(tx, HeadMoved, { projectId, commit: to, revision }, { dedupeKey: projectId, delayMs: ANNOUNCE_DELAY_MS });
    return head;
  }

  /**
   * Projects a history that was rewritten: every commit may have another id, and with it every version of a page. Revisions
   * go on; pages that are nowhere in it any more stay as marks for derived copies, with nothing but their path.
   */
  async projectAnew(tx: TenantTx, repository: BareRepository, { projectId, projectName, from, to }: HeadMove): Promise<HeadRow> {
    const known = await this.projection.forget(tx, projectId);
    await this.pushedCommits.forget(tx, projectId);
    const present = pageChanges(await repository.commitsBetween(null, to), from?.revision ?? 0);
    const { changes: _changes, message: _message, ...commit } = await repository.commitAt(to);
    const there = new Set<string>(present.changes.map(({ path }) => path));
    const gone = known.filter((path) => !there.has(path)).filter(isPagePath).map((path, index): PageChange => ({ path, blob: null, revision: present.revision + index + 1, commit }));
    const changes = [...present.changes, ...gone];
    const head: HeadRow = { project_id: projectId, project_name: projectName, head: to, revision: present.revision + gone.length };
    await this.heads.save(tx, head);
    await this.savePushes(tx, repository, { projectId });
    const origins = new PageOrigins(await repository.everyCommit(null, to, ORIGINS_MAX));
    for (let at = 0; at < changes.length; at += BATCH) await this.save(tx, repository, { projectId, changes: changes.slice(at, at + BATCH), origins }, new Map());
    await this.projection.saveSuccessors(tx, projectId);
    await this.outbox.add(tx, HeadMoved, { projectId, commit: to, revision: head.revision }, { dedupeKey: projectId });
    return head;
  }

  /** From the reflog and not from who asks, so that it is the same after a crash. */
  private async savePushes(tx: TenantTx, repository: BareRepository, { projectId }: Pick<HeadMove, 'projectId'>): Promise<void> {
    const pushes = pushesIn(await repository.reflog());
    const known = await this.pushedCommits.pushers(tx, projectId, pushes.map((push) => push.to));
    for (const push of pushes.filter((each) => !known.has(each.to))) {
      await this.pushedCommits.save(tx, projectId, await repository.commitIds(push.from, push.to, PUSHED_COMMITS_MAX), push);
    }
  }

  /** A branch that was put somewhere else, by a restore or by hand, is taken as one change that leads there. */
  private async commits(tx: TenantTx, repository: BareRepository, { projectId, from, to, isDescendant }: HeadMove): Promise<LoggedCommit[]> {
    if (!from || isDescendant || (await repository.isAncestor(from.head, to))) return repository.commitsBetween(from?.head ?? null, to);
    const changes = rewrittenChanges(await this.projection.blobs(tx, projectId), await repository.files(to));
    return [{ ...(await repository.commitAt(to)), changes }];
  }

  private async save(tx: TenantTx, repository: BareRepository, { projectId, changes, origins }: PageBatch, known: ReadonlyMap<string, Buffer>): Promise<void> {
    const unknown = changes.flatMap(({ blob }) => (blob && !known.has(blob) ? [blob] : []));
    const contents = await repository.contents(unknown, FILE_BYTES_MAX);
    const contentOf = ({ blob }: PageChange): Buffer | undefined => (blob ? known.get(blob) ?? contents.get(blob) : undefined);
    const trustOf = await this.trusts(tx, projectId, changes, origins);
    await this.projection.save(tx, projectId, changes.map((change) => {
      const content = contentOf(change);
      return pageRowOf(projectId, change, content, trustOf(change, content));
    }));
  }

  /** A text that a merge only brings along is believed as it was: who pushes a merge has not written what others did. */
  private async trusts(tx: TenantTx, projectId: string, changes: readonly PageChange[], origins: PageOrigins): Promise<(change: PageChange, content: Buffer | undefined) => PageTrust> {
    const commitOf = ({ path, blob, commit }: PageChange) => (blob === null ? undefined : origins.of(path, blob)) ?? commit;
    const before = await this.projection.trusts(tx, projectId, changes.map(({ path }) => path));
    const pushed = await this.pushedCommits.pushers(tx, projectId, changes.map((change) => commitOf(change).commit));
    return (change, content) => {
      const known = before.get(change.path);
      const commit = commitOf(change);
      if (known && known.blob === change.blob && !origins.of(change.path, change.blob)) return known.trust;
      return recordedTrust(commit, change.path, parsePage(content?.toString() ?? '').frontmatter, pushed.has(commit.commit));
    };
  }
}
