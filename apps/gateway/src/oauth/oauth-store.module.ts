import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { ConnectionsRepository } from './connections.repository.js';
import { ConnectionsService } from './connections.service.js';
import { OAuthRecordsRepository } from './oauth-records.repository.js';

/** What both sides need: the authorization server, which gives tokens, and authentication, which knows them again. */
@Module({
  imports: [IdentityModule],
  providers: [OAuthRecordsRepository, ConnectionsRepository, ConnectionsService],
  exports: [OAuthRecordsRepository, ConnectionsService],
})
export class OAuthStoreModule {}
