import { Injectable } from '@nestjs/common';
import type { ListLinks, ListRelated, OutputOf, ParsedInputOf } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { parsePagePath } from '#libs/wiki-format';
import { toPageHead } from '../repositories/page-row.js';
import { RelatedRepository } from './related.repository.js';
import { Walk } from './walk.js';

/** Pages that one step of a walk comes to. */
const STEP_PAGES_MAX = 50;

/** What lies around a page. */
@Injectable()
export class RelatedService {
  constructor(private readonly db: TenantDb, private readonly pages: RelatedRepository) {}

  async links(scope: TenantScope, { projectId, after, limit }: ParsedInputOf<typeof ListLinks>): Promise<OutputOf<typeof ListLinks>> {
    const pages = await this.db.run(scope, (tx) => this.pages.links(tx, projectId, after, limit));
    return { pages, next: pages.length < limit ? null : pages.at(-1)!.path };
  }

  async list(scope: TenantScope, { projectId, path: rawPath, depth, limit }: ParsedInputOf<typeof ListRelated>): Promise<OutputOf<typeof ListRelated>> {
    const path = parsePagePath(rawPath);
    return this.db.run(scope, async (tx) => {
      if (!(await this.pages.heads(tx, projectId, [path])).has(path)) throw new Fault(NOT_FOUND, { sentence: 'There is no such page.' });
      const walk = new Walk(path, STEP_PAGES_MAX);
      let edge: string[] = [path];
      for (let step = 0; step < depth && edge.length > 0; step += 1) edge = walk.step(await this.pages.relations(tx, projectId, edge));
      const best = walk.best(limit);
      const heads = await this.pages.heads(tx, projectId, best.map(({ to }) => to));
      return { related: best.flatMap(({ to, depth: away, relation, from, by }) => (heads.has(to) ? [{ page: toPageHead(projectId, heads.get(to)!), depth: away, relation, from, by }] : [])) };
    });
  }
}
