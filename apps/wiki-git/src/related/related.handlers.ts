import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { ListLinks, ListRelated, type OutputOf, type ParsedInputOf } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { RelatedService } from './related.service.js';

@Controller()
export class RelatedHandlers {
  constructor(private readonly related: RelatedService) {}

  @Serves(ListRelated)
  listRelated(scope: TenantScope, input: ParsedInputOf<typeof ListRelated>): Promise<OutputOf<typeof ListRelated>> {
    return this.related.list(scope, input);
  }

  @Serves(ListLinks)
  listLinks(scope: TenantScope, input: ParsedInputOf<typeof ListLinks>): Promise<OutputOf<typeof ListLinks>> {
    return this.related.links(scope, input);
  }
}
