import { Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import { HistoryPurged } from '#libs/contracts';
import { TenantDb, type TenantTx } from '#libs/database';
import { Fault } from '#libs/faults';
import { Outbox } from '#libs/outbox';
import type { TenantScope } from '#libs/tenancy';
import { parsePagePath } from '#libs/wiki-format';
import { gitObject } from '../objects/git-object.js';
import type { BareRepository } from '../repositories/bare-repository.js';
import { BRANCH } from '../repositories/branch-lock.js';
import { HeadsRepository } from '../repositories/heads.repository.js';
import { type PurgeRow, PurgesRepository } from '../repositories/purges.repository.js';
import { type HeldRepository, type Project, RepositoriesService } from '../repositories/repositories.service.js';
import { RepositoryPacks } from '../repositories/repository-packs.js';
import type { Person } from './erased-person.js';
import { REWRITTEN } from './history-rewrite.js';
import { planPurge, type PurgeTarget } from './purge-plan.js';
import { PURGE_INCOMPLETE } from './purging.faults.js';
import { commitTexts, type FinalTexts, importHistory, rewrittenReflog } from './rewritten-repository.js';

const SIGNATURE = { email: 'noreply@ai-memory.invalid', agent: null, sessionId: null };

/**
 * Takes what was purged out of a project's repository. Each step may be the last before a crash: begun again, it finds the
 * same, or nothing more to do.
 */
@Injectable()
export class PurgeRunService {
  constructor(
    private readonly db: TenantDb, private readonly repositories: RepositoriesService, private readonly heads: HeadsRepository, private readonly packs: RepositoryPacks,
    private readonly purges: PurgesRepository, private readonly outbox: Outbox,
  ) {}

  /** When this resolves no object, no reflog and no table of this app holds the text; the other apps have been told. */
  async run(scope: TenantScope, purge: PurgeRow): Promise<void> {
    const project = { projectId: purge.project_id, projectName: purge.project_name };
    if (purge.revision === null) await this.rewrite(scope, project, purge);
    if (rewrites(purge)) await this.drop(scope, project);
    await this.db.run(scope, async (tx) => {
      await this.purges.settle(tx, purge.purge_id, 'wiki-git');
      await recordAudit(tx, scope, { action: 'purge.finished', target: `project:${purge.project_name}`, after: { purge_id: purge.purge_id } });
    });
  }

  /** Tells the other apps again. */
  async announce(tx: TenantTx, { purge_id: purgeId, project_id: projectId, session_id: sessionId }: PurgeRow, revision: number): Promise<void> {
    await this.outbox.add(tx, HistoryPurged, { purgeId, projectId, revision, sessionId }, { dedupeKey: purgeId });
  }

  private async rewrite(scope: TenantScope, project: Project, purge: PurgeRow): Promise<void> {
    await this.repositories.alone(scope, project, async (held) => {
      const revision = rewrites(purge) && held.head !== null ? await this.replaceHistory(held, held.head, purge) : (await this.heads.find(held.tx, project.projectId))?.revision ?? 0;
      await this.purges.dropProposals(held.tx, purge);
      await this.purges.saveRewritten(held.tx, purge.purge_id, revision);
      await this.announce(held.tx, purge, revision);
    });
  }

  private async replaceHistory(held: HeldRepository, head: string, purge: PurgeRow): Promise<number> {
    const { tx, repository } = held;
    await repository.settleReflog();
    const { history, texts } = await planPurge(repository, targetOf(purge));
    await this.purges.saveBlobs(tx, purge.project_id, [...history.blobs, ...history.renamed]);
    const ids = await importHistory(repository, history);
    const tip = await commitTexts(repository, ids.get(head)!, await changed(repository, ids.get(head)!, texts), { ...SIGNATURE, name: purge.begun_by }, purge.begun_at);
    const { revision } = await held.replace(tip, rewrittenReflog(await repository.reflog(), ids, purge.user_id === null ? undefined : personOf(purge)));
    return revision;
  }

  private async drop(scope: TenantScope, project: Project): Promise<void> {
    await this.repositories.alone(scope, project, async ({ tx, repository }) => {
      await repository.run(['update-ref', '-d', REWRITTEN]);
      await this.packs.dropUnreachable(repository);
      const left = await repository.sizes(await this.purges.blobs(tx, project.projectId));
      // A text that somebody has written again since is theirs.
      if (left.size > 0 && !(await areReachable(repository, [...left.keys()]))) throw new Fault(PURGE_INCOMPLETE, { retryAfterSeconds: 60 });
    });
  }
}

function rewrites({ paths, user_id: userId }: PurgeRow): boolean {
  return paths.length > 0 || userId !== null;
}

function personOf({ user_id: userId, person_name: name, person_email: email }: PurgeRow): Person {
  return { userId: userId!, name: name!, email: email! };
}

function targetOf(purge: PurgeRow): PurgeTarget {
  const { path, session_id: sessionId, user_id: userId } = purge;
  if (userId !== null) return { person: personOf(purge) };
  return path === null ? { sessionId: sessionId! } : { path: parsePagePath(path) };
}

/** Those of the texts that a commit does not hold already. */
async function changed(repository: BareRepository, commit: string, texts: FinalTexts): Promise<FinalTexts> {
  const blobs = new Map((await repository.files(commit)).map(({ path, blob }) => [path, blob]));
  return new Map([...texts].filter(([path, content]) => blobs.get(path) !== (content === null ? undefined : gitObject('blob', content).id)));
}

async function areReachable(repository: BareRepository, blobs: readonly string[]): Promise<boolean> {
  const { stdout } = await repository.run(['rev-list', '--objects', '--no-object-names', '--end-of-options', BRANCH]);
  const reachable = new Set(stdout.toString().split('\n'));
  return blobs.every((blob) => reachable.has(blob));
}
