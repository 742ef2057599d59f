import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { recordAudit } from '#libs/audit';
import type { EraseUserWiki, OutputOf, ParsedInputOf } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { type HeadRow, HeadsRepository } from '../repositories/heads.repository.js';
import { PurgesRepository } from '../repositories/purges.repository.js';
import { RepositoriesService } from '../repositories/repositories.service.js';
import { ERASED, type Person } from './erased-person.js';
import { PeopleRepository } from './people.repository.js';
import { planPurge } from './purge-plan.js';

/** Repositories that one request looks through. */
const REPOSITORIES_MAX = 10;
const BY = 'erasure';

/** Somebody is to be named nowhere any more: not in a history, nor in a row. What they wrote for others stays. */
@Injectable()
export class PersonPurgingService {
  constructor(
    private readonly db: TenantDb, private readonly repositories: RepositoriesService, private readonly heads: HeadsRepository, private readonly purges: PurgesRepository, private readonly people: PeopleRepository,
  ) {}

  /** Looks through some repositories, and begins to rewrite those that name the person; none while such work is under way. */
  async erase(scope: TenantScope, { after, ...person }: ParsedInputOf<typeof EraseUserWiki>): Promise<OutputOf<typeof EraseUserWiki>> {
    const open = await this.db.run(scope, (tx) => this.purges.countOpenOfUser(tx, person.userId));
    if (open > 0) return { rows: {}, open, next: null };
    const heads = await this.db.run(scope, (tx) => this.heads.after(tx, after, REPOSITORIES_MAX));
    let begun = 0;
    for (const head of heads) if (await this.begin(scope, head, person)) begun += 1;
    const next = heads.length === REPOSITORIES_MAX ? heads.at(-1)!.project_id : null;
    const rows = next === null ? await this.db.run(scope, (tx) => this.people.remove(tx, person, ERASED)) : {};
    return { rows: { ...rows, ...(begun > 0 ? { 'rewritten repositories': begun } : {}) }, open: begun, next };
  }

  private async begin(scope: TenantScope, { project_id: projectId, project_name: projectName }: HeadRow, { userId, name, email }: Person): Promise<boolean> {
    return this.repositories.alone(scope, { projectId, projectName }, async ({ tx, repository, head }) => {
      if (head === null) return false;
      const { history } = await planPurge(repository, { person: { userId, name, email } });
      if (history.renamed.length === 0 && !(await repository.reflog()).includes(` <${email}> `)) return false;
      const purgeId = randomUUID();
      await this.purges.insert(tx, { purge_id: purgeId, project_id: projectId, project_name: projectName, path: null, session_id: null, user_id: userId, person_name: name, person_email: email, paths: [], begun_by: BY });
      await recordAudit(tx, scope, { action: 'purge.begun', target: `project:${projectName}`, after: { purge_id: purgeId, user_id: userId } });
      return true;
    });
  }
}
