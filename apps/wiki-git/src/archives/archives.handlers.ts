import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { ExportPages, ImportPages, type OutputOf, type ParsedInputOf } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { FetchService } from '../transport/fetch.service.js';
import { StagedPushes } from '../transport/staged-pushes.service.js';
import { ImportingService } from './importing.service.js';

@Controller()
export class ArchivesHandlers {
  constructor(private readonly fetches: FetchService, private readonly staged: StagedPushes, private readonly importing: ImportingService) {}

  @Serves(ExportPages)
  async export(scope: TenantScope, { projectId }: ParsedInputOf<typeof ExportPages>): Promise<OutputOf<typeof ExportPages>> {
    const { data, isLast, transferId } = await this.fetches.beginArchive(scope, projectId);
    return { data: data.toString('base64'), transferId: isLast ? null : transferId };
  }

  @Serves(ImportPages)
  import(scope: TenantScope, input: ParsedInputOf<typeof ImportPages>): Promise<OutputOf<typeof ImportPages>> {
    return this.staged.take(scope, input.projectId, input.transferId, (file) => this.importing.import(scope, input, file));
  }
}
