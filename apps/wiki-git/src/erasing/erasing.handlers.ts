import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { EraseWiki, type OutputOf, type ParsedInputOf } from '#libs/contracts';
import { erasePiece, TenantDb } from '#libs/database';
import type { TenantScope } from '#libs/tenancy';
import { RepositoriesService } from '../repositories/repositories.service.js';
import { WIKI_TABLES } from './wiki-tables.js';

@Controller()
export class ErasingHandlers {
  constructor(private readonly db: TenantDb, private readonly repositories: RepositoriesService) {}

  /** The last rows go before the repositories, so that no start takes these for ahead of the tables; what was projected of them in between is the next piece's. */
  @Serves(EraseWiki)
  async erase(scope: TenantScope, { projectId }: ParsedInputOf<typeof EraseWiki>): Promise<OutputOf<typeof EraseWiki>> {
    const piece = await erasePiece(this.db, scope, WIKI_TABLES, projectId);
    const repositories = piece.isDone ? await this.repositories.erase(scope, projectId) : 0;
    return repositories > 0 ? { ...piece, rows: { ...piece.rows, repositories } } : piece;
  }
}
