import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { BeginReindexes, BeginAllReindexes, CountAllReindexes, ListReindexes, type OutputOf, type ParsedInputOf } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { ReindexesService } from './reindexes.service.js';

@Controller()
export class ReindexesHandlers {
  constructor(private readonly reindexes: ReindexesService) {}

  @Serves(BeginReindexes)
  begin(scope: TenantScope, input: ParsedInputOf<typeof BeginReindexes>): Promise<OutputOf<typeof BeginReindexes>> {
    return this.reindexes.begin(scope, input);
  }

  @Serves(ListReindexes)
  list(scope: TenantScope, input: ParsedInputOf<typeof ListReindexes>): Promise<OutputOf<typeof ListReindexes>> {
    return this.reindexes.list(scope, input);
  }

  @Serves(BeginAllReindexes)
  beginAll(scope: TenantScope, _input: ParsedInputOf<typeof BeginAllReindexes>): Promise<OutputOf<typeof BeginAllReindexes>> {
    return this.reindexes.beginAll(scope);
  }

  @Serves(CountAllReindexes)
  countAll(_scope: TenantScope, _input: ParsedInputOf<typeof CountAllReindexes>): Promise<OutputOf<typeof CountAllReindexes>> {
    return this.reindexes.countAll();
  }
}
