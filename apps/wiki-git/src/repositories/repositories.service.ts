import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import type { TenantScope, UserActor } from '#libs/tenancy';
import type { BareRepository } from './bare-repository.js';
import { CommitRound } from './commit-round.js';
import { type HeadRow, HeadsRepository } from './heads.repository.js';
import type { NewCommit } from './new-commit.js';
import { ProjectionService } from './projection.service.js';
import { RecentObjects } from './recent-objects.js';
import { pushNote } from './reflog.js';
import { REPOSITORY_MISSING } from './repositories.faults.js';
import { type RepositoryName, RepositoryStore } from './repository-store.js';
import { requireWriter } from './require-writer.js';
import { WriteTurns } from './write-turns.js';

const WAITING_MAX = 200;
/** Who has waited longer has mostly given up. To write for those first, in the order in which they came, would keep those who come meanwhile waiting as long. */
const WAIT_MS_MAX = 5_000;
/** Git may take longer than a transaction may be silent. */
const AWAKE_EVERY_MS = 3_000;

export interface Project {
  readonly projectId: string;
  /** `workspace/project`. */
  readonly projectName: string;
}

/** A project's repository while nobody else may move its head, with tables that agree with it at the beginning. */
export interface HeldRepository {
  readonly tx: TenantTx;
  readonly repository: BareRepository;
  /** The commit that the branch named at the beginning; null where there was none. */
  readonly head: string | null;
  /** Commits on top of the head and of the commits before; all of them come in at the end, or none. */
  commit(commit: NewCommit): Promise<string>;
  /** Moves the branch to a descendant of the head whose objects are there, and projects what is new. Not together with `commit`. */
  advance(to: string, by: UserActor): Promise<void>;
  /** Moves the branch to another history whose objects are there, with another note of its moves, and projects all of it anew. Not together with `commit`. */
  replace(to: string, reflog: string): Promise<HeadRow>;
}

/** One writer per repository; the database follows git. */
@Injectable()
export class RepositoriesService {
  private readonly turns = new WriteTurns(WAITING_MAX, WAIT_MS_MAX);

  private touched: RepositoryName[] = [];

  constructor(
    private readonly db: TenantDb, private readonly store: RepositoryStore, private readonly recent: RecentObjects, private readonly heads: HeadsRepository,
    private readonly projection: ProjectionService,
  ) {}

  /**
   * Runs `work` in a transaction as the project's only writer. What git has and the tables don't is projected first; what
   * `work` commits is on disk before the transaction is.
   */
  async exclusively<T>(scope: TenantScope, project: Project, work: (held: HeldRepository) => Promise<T>): Promise<T> {
    requireWriter(scope, project.projectId);
    return this.alone(scope, project, work);
  }

  /** The same for what was let in before, and is done now in the name of nobody. */
  async alone<T>(scope: TenantScope, project: Project, work: (held: HeldRepository) => Promise<T>): Promise<T> {
    return this.held(scope, project.projectId, async (tx, repository, head) => {
      const round = new CommitRound(this.store, this.recent, repository, project, head);
      const result = await work({
        tx,
        repository,
        head: head?.head ?? null,
        commit: (commit) => round.add(commit),
        advance: (to, by) => this.advance(tx, repository, project, head, to, by),
        replace: (to, reflog) => this.replace(tx, repository, project, head, to, reflog),
      });
      await round.finish((move, contents) => this.projection.project(tx, repository, move, contents));
      return result;
    });
  }

  /** Brings the tables up to the repository's head. Costs one look at the branch where they agree. */
  async reconcile(scope: TenantScope, projectId: string): Promise<'reconciled' | 'current'> {
    const repository = this.store.open({ organisationId: scope.organisationId, projectId });
    const recorded = await this.db.run(scope, (tx) => this.heads.find(tx, projectId));
    if ((await tipOf(repository, recorded)) === (recorded?.head ?? null)) return 'current';
    await this.held(scope, projectId, async () => undefined);
    return 'reconciled';
  }

  /** Takes a project's repository from the disk, or all of the organisation's, once nobody writes it; answers how many. Only for what is marked as erased. */
  async erase(scope: TenantScope, projectId: string | null): Promise<number> {
    const { organisationId } = scope;
    const names = projectId === null ? (await this.store.list()).filter((name) => name.organisationId === organisationId) : [{ organisationId, projectId }];
    let erased = 0;
    for (const name of names) {
      const isErased = await this.turns.take(keyOf(name), () => this.db.erase(scope, async (tx) => {
        await this.heads.lock(tx, name.projectId);
        return this.store.erase(name);
      }));
      if (isErased) erased += 1;
    }
    if (projectId === null) await this.store.eraseOrganisation(organisationId);
    return erased;
  }

  /** The repositories that were written since this was last asked. */
  takeTouched(): RepositoryName[] {
    const names = new Map(this.touched.map((name) => [keyOf(name), name]));
    this.touched = [];
    return [...names.values()];
  }

  /** `work` gets the head up to which the tables are, which is the repository's. */
  private held<T>(scope: TenantScope, projectId: string, work: (tx: TenantTx, repository: BareRepository, head: HeadRow | undefined) => Promise<T>): Promise<T> {
    const name = { organisationId: scope.organisationId, projectId };
    this.touched.push(name);
    return this.turns.take(keyOf(name), () => this.db.run(scope, async (tx) => {
      const recorded = await this.heads.lock(tx, projectId);
      const awake = setInterval(() => tx.stay(), AWAKE_EVERY_MS);
      try {
        if (await this.heads.isErased(tx, projectId)) throw new Fault(NOT_FOUND);
        const repository = this.store.open(name);
        return await work(tx, repository, await this.caughtUp(tx, repository, projectId, recorded));
      } finally {
        clearInterval(awake);
      }
    }));
  }

  private async caughtUp(tx: TenantTx, repository: BareRepository, projectId: string, recorded: HeadRow | undefined): Promise<HeadRow | undefined> {
    const tip = await tipOf(repository, recorded);
    if (tip === null || tip === recorded?.head) return recorded;
    const projectName = recorded?.project_name ?? (await repository.description());
    return this.projection.project(tx, repository, { projectId, projectName, from: recorded, to: tip });
  }

  private async advance(tx: TenantTx, repository: BareRepository, { projectId, projectName }: Project, from: HeadRow | undefined, to: string, by: UserActor): Promise<void> {
    await repository.moveTip(from?.head ?? null, to, by, pushNote(by.userId));
    await this.projection.project(tx, repository, { projectId, projectName, from, to, isDescendant: true });
  }

  private async replace(tx: TenantTx, repository: BareRepository, { projectId, projectName }: Project, from: HeadRow | undefined, to: string, reflog: string): Promise<HeadRow> {
    await repository.replaceTip(from!.head, to, reflog);
    return this.projection.projectAnew(tx, repository, { projectId, projectName, from, to });
  }
}

function keyOf({ organisationId, projectId }: RepositoryName): string {
  return `${organisationId} ${projectId}`;
}

/** A repository that was there and is not any more must never be begun anew: its volume may just not be mounted. */
async function tipOf(repository: BareRepository, recorded: HeadRow | undefined): Promise<string | null> {
  const tip = await repository.tip();
  if (tip === null && recorded) throw new Fault(REPOSITORY_MISSING, { detail: repository.directory, retryAfterSeconds: 5 });
  return tip;
}
