import { Injectable } from '@nestjs/common';
import { TenantDb } from '#libs/database';
import { defineFault, Fault } from '#libs/faults';
import { type TenantScope, userOf } from '#libs/tenancy';
import { type BriefedSession, BriefingsRepository } from './briefings.repository.js';

const USER_NEEDED = defineFault('briefing.user-needed', 'forbidden', 'Briefings are for people; a service has none.');

/** Remembers which sessions have been briefed. */
@Injectable()
export class BriefingsService {
  constructor(private readonly db: TenantDb, private readonly briefings: BriefingsRepository) {}

  claim(scope: TenantScope, session: Omit<BriefedSession, 'ownerId'>): Promise<boolean> {
    const user = userOf(scope);
    if (!user) throw new Fault(USER_NEEDED);
    return this.db.run(scope, async (tx) => {
      await this.briefings.purge(tx, user.userId);
      return this.briefings.add(tx, { ...session, ownerId: user.userId });
    });
  }
}
