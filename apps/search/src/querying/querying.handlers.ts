import { Controller } from '@nestjs/common';
import { Serves } from '#libs/bus';
import { CountIndexed, ObservationHit, type OutputOf, PageHit, type ParsedInputOf, SearchMemories } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { PastService } from '../past/past.service.js';
import { type Hit, QueryingService } from './querying.service.js';

@Controller()
export class QueryingHandlers {
  constructor(private readonly querying: QueryingService, private readonly past: PastService) {}

  @Serves(SearchMemories)
  async searchMemories(scope: TenantScope, input: ParsedInputOf<typeof SearchMemories>): Promise<OutputOf<typeof SearchMemories>> {
    if (input.asOf !== undefined) {
      const { pages, observations, ...more } = await this.past.search(scope, { ...input, asOf: input.asOf });
      return { hits: pages, rawHits: observations.map(observationHit), nextCursor: null, ...more };
    }
    const { pages, observations, ...more } = await this.querying.search(scope, input);
    return { hits: pages.map(pageHit), rawHits: observations.map(observationHit), ...more };
  }

  @Serves(CountIndexed)
  async countIndexed(scope: TenantScope, { projectId }: ParsedInputOf<typeof CountIndexed>): Promise<OutputOf<typeof CountIndexed>> {
    return this.querying.count(scope, projectId);
  }
}

function pageHit({ document, ...hit }: Hit) {
  return PageHit.parse({ ...document, path: document.key, pageId: document.versionId, updatedAt: new Date(document.happenedAt).toISOString(), ...hit });
}

function observationHit({ document, ...hit }: Hit) {
  return ObservationHit.parse({ ...document, observationId: document.versionId, occurredAt: new Date(document.happenedAt).toISOString(), ...hit });
}
