import { Injectable } from '@nestjs/common';
import { Bus } from '#libs/bus';
import { TenantDb } from '#libs/database';
import { SweepingJob } from '#libs/runtime';
import { logger } from '#libs/telemetry';
import { scopeOfService } from '#libs/tenancy';
import { announceAccess } from './announce-access.js';
import { TokensRepository } from './tokens.repository.js';

const EVERY_MS = 3_600_000;

/** Revokes the tokens that nobody has used for a year. */
@Injectable()
export class UnusedTokensJob extends SweepingJob {
  constructor(private readonly db: TenantDb, private readonly tokens: TokensRepository, private readonly bus: Bus) {
    super('unused-tokens', EVERY_MS);
  }

  async run(): Promise<void> {
    for (const organisationId of await this.db.organisations('identity.organisations_with_unused_tokens')) {
      const scope = scopeOfService(organisationId, 'gateway');
      const revoked = await this.db.run(scope, (tx) => {
        announceAccess(this.bus, tx, scope);
        return this.tokens.revokeUnused(tx);
      });
      logger.info({ organisationId, revoked }, 'Tokens were revoked that nobody used for a year');
    }
  }
}
