import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { BeginPurge, EraseUserWiki, ListPurges, type OutputOf, type ParsedInputOf, ReadPurgedPaths, SettlePurge } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { PersonPurgingService } from './person-purging.service.js';
import { PurgingService } from './purging.service.js';

@Controller()
export class PurgingHandlers {
  constructor(private readonly purging: PurgingService, private readonly people: PersonPurgingService) {}

  @Serves(BeginPurge)
  begin(scope: TenantScope, input: ParsedInputOf<typeof BeginPurge>): Promise<OutputOf<typeof BeginPurge>> {
    return this.purging.begin(scope, input);
  }

  @Serves(EraseUserWiki)
  eraseUser(scope: TenantScope, input: ParsedInputOf<typeof EraseUserWiki>): Promise<OutputOf<typeof EraseUserWiki>> {
    return this.people.erase(scope, input);
  }

  @Serves(SettlePurge)
  async settle(scope: TenantScope, input: ParsedInputOf<typeof SettlePurge>): Promise<OutputOf<typeof SettlePurge>> {
    await this.purging.settle(scope, input);
    return {};
  }

  @Serves(ReadPurgedPaths)
  async paths(scope: TenantScope, { purgeId }: ParsedInputOf<typeof ReadPurgedPaths>): Promise<OutputOf<typeof ReadPurgedPaths>> {
    return { paths: await this.purging.paths(scope, purgeId) };
  }

  @Serves(ListPurges)
  list(scope: TenantScope, _input: ParsedInputOf<typeof ListPurges>): Promise<OutputOf<typeof ListPurges>> {
    return this.purging.list(scope);
  }
}
