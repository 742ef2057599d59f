import { Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { BeginPurge, EraseUserCompiled, EraseUserIndex, EraseUserWiki, ListUserSessions } from '#libs/contracts';
import { type ErasedRows, erasePiece, TenantDb, type TenantTx } from '#libs/database';
import { Fault } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { IdentityRepository } from '../identity/identity.repository.js';
import { ProjectsRepository } from '../projects/projects.repository.js';
import { PERSON_TABLES } from './identity-tables.js';

const BY = 'erasure';

/** A piece of an erasure: what went, what is under way in another app, and whether there is more to ask for. */
export type Take = () => Promise<{ rows: ErasedRows; isDone: boolean; open?: number }>;

/** What erasing a person is made of. Sessions go by purges, as they have left pages, and histories are rewritten by them too. */
@Injectable()
export class UserErasureRunService {
  constructor(private readonly db: TenantDb, private readonly bus: Bus, private readonly identities: IdentityRepository, private readonly projects: ProjectsRepository) {}

  /** The steps of a pass. Their name and address are known until the last pass, as these are what is looked for. */
  async takes(scope: TenantScope, userId: string): Promise<Take[]> {
    const person = await this.db.run(scope, (tx) => this.identities.findPerson(tx, userId));
    if (!person) return [];
    const { name, email } = person;
    const { sessions } = await this.bus.ask(scope, ListUserSessions, { userId });
    if (sessions.length > 0) return [() => this.purge(scope, sessions)];
    return [
      () => this.bus.ask(scope, EraseUserCompiled, { userId }),
      () => this.nameNowhere(scope, { userId, name, email }),
      async () => ({ ...await this.bus.ask(scope, EraseUserIndex, { userId, name }), isDone: true }),
      () => erasePiece(this.db, scope, PERSON_TABLES, userId),
    ];
  }

  /** The last of them: who they were. From then on their name is free. */
  async forget(tx: TenantTx, userId: string): Promise<void> {
    await this.identities.removeUser(tx, userId);
  }

  /** A purge that is under way is not begun twice; a session of a project that is being erased goes with it. */
  private async purge(scope: TenantScope, sessions: readonly { sessionId: string; projectId: string }[]): ReturnType<Take> {
    for (const { sessionId, projectId } of sessions) {
      const project = await this.db.run(scope, (tx) => this.projects.findById(tx, projectId));
      if (!project) continue;
      const target = { projectId, projectName: `${project.workspace}/${project.project}`, target: { sessionId }, isDryRun: false, by: BY };
      await this.bus.ask(scope, BeginPurge, target).catch(passOverAbsent);
    }
    return { rows: {}, isDone: true, open: sessions.length };
  }

  private async nameNowhere(scope: TenantScope, person: { userId: string; name: string; email: string }): ReturnType<Take> {
    const found: { rows: ErasedRows; open: number } = { rows: {}, open: 0 };
    for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
      const piece: { rows: ErasedRows; open: number; next: string | null } = await this.bus.ask(scope, EraseUserWiki, { ...person, after });
      for (const [what, count] of Object.entries(piece.rows)) found.rows[what] = (found.rows[what] ?? 0) + count;
      found.open += piece.open;
      after = piece.next;
    }
    return { ...found, isDone: true };
  }
}

function passOverAbsent(error: unknown): void {
  if (!(error instanceof Fault && error.kind === 'not-found')) throw error;
}
