import { Controller } from '@nestjs/common';
import { Hears } from '#libs/bus';
import { HeadMoved, type PayloadOf } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { ReportsService } from './reports.service.js';

@Controller()
export class ReportsHandlers {
  constructor(private readonly reports: ReportsService) {}

  @Hears(HeadMoved, 'compiler')
  async onHeadMoved(scope: TenantScope, { projectId }: PayloadOf<typeof HeadMoved>): Promise<void> {
    await this.reports.noteChange(scope, projectId, new Date());
  }
}
