import { Injectable } from '@nestjs/common';
import type { OutputOf, ParsedInputOf, WritePages } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { pageIdOf } from '#libs/wiki-format';
import { type HeldRepository, RepositoriesService } from '../repositories/repositories.service.js';
import { PagesRepository } from './pages.repository.js';
import { prepareChange, type PreparedChange } from './prepared-write.js';
import { decideWrite } from './write-decision.js';

type Input = ParsedInputOf<typeof WritePages>;
type Output = OutputOf<typeof WritePages>;

/** Decides what a write changes, and commits it. */
@Injectable()
export class PageWritingService {
  constructor(private readonly repositories: RepositoriesService, private readonly pages: PagesRepository) {}

  /** All of it in one commit, or nothing. What is there already, byte for byte, makes no commit. */
  async write(scope: TenantScope, input: Input): Promise<Output> {
    const change = prepareChange(input);
    return this.repositories.exclusively(scope, input, (held) => this.writeHeld(held, input, change));
  }

  private async writeHeld(held: HeldRepository, input: Input, change: PreparedChange): Promise<Output> {
    const paths = [...change.writes, ...change.deletes].map(({ path }) => path);
    const current = await this.pages.versions(held.tx, input.projectId, paths);
    const { writes, deletes, outcomes } = decideWrite(change, current);
    const { message, author } = input;
    const commit = writes.length + deletes.length === 0
      ? null
      : await held.commit({ writes, deletes: deletes.map(({ path }) => path), message, author }, new Map(writes.map(({ blob, content }) => [blob, content])));
    const written = new Map(writes.map(({ path, blob }) => [path as string, pageIdOf(input.projectId, path, blob, commit!)]));
    const pageId = ({ path, outcome }: (typeof outcomes)[number]): string | null => (outcome === 'unchanged' ? current.get(path)!.pageId : written.get(path) ?? null);
    return { commit, pages: outcomes.map((outcome) => ({ ...outcome, pageId: pageId(outcome) })) };
  }
}
