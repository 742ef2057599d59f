import { Injectable } from '@nestjs/common';
import type { OutputOf, ParsedInputOf, WritePages } from '#libs/contracts';
import type { TenantScope } from '#libs/tenancy';
import { pageIdOf } from '#libs/wiki-format';
import { type HeldRepository, RepositoriesService } from '../repositories/repositories.service.js';
import { PagesRepository } from './pages.repository.js';
import { type MergedWrite, PageMergingService } from './page-merging.service.js';
import { prepareChange, type PreparedChange, type PreparedWrite } from './prepared-write.js';
import { type CurrentVersion, decideWrite } from './write-decision.js';

type Input = ParsedInputOf<typeof WritePages>;
type Output = OutputOf<typeof WritePages>;

/** Decides what a write changes, and commits it. */
@Injectable()
export class PageWritingService {
  constructor(private readonly repositories: RepositoriesService, private readonly pages: PagesRepository, private readonly merging: PageMergingService) {}

  /** All of it in one commit, or nothing. What is there already, byte for byte, makes no commit. */
  async write(scope: TenantScope, input: Input): Promise<Output> {
    const change = prepareChange(input);
    return this.repositories.exclusively(scope, input, (held) => this.writeHeld(held, input, change));
  }

  private async writeHeld(held: HeldRepository, input: Input, asked: PreparedChange): Promise<Output> {
    const current = await this.pages.versions(held.tx, input.projectId, [...asked.writes, ...asked.deletes].map(({ path }) => path));
    const { change, conflicts, beside } = await this.merged(held, input, asked, current);
    const { writes, deletes, outcomes } = decideWrite(change, current);
    const kept = [...writes, ...conflicts.values()];
    const { message, author } = input;
    const commit = kept.length + deletes.length === 0
      ? null
      : await held.commit({ writes: [...kept, ...beside], deletes: deletes.map(({ path }) => path), message, author }, new Map(kept.map(({ blob, content }) => [blob, content])));
    const written = new Map(writes.map(({ path, blob }) => [path as string, pageIdOf(input.projectId, path, blob, commit!)]));
    const pageId = ({ path, outcome }: (typeof outcomes)[number]): string | null => written.get(path) ?? (outcome === 'unchanged' ? current.get(path)!.pageId : null);
    const answer = (each: (typeof outcomes)[number]): Output['pages'][number] => {
      const conflict = conflicts.get(each.path);
      return { path: each.path, pageId: pageId(each), ...(conflict ? { outcome: 'conflict', conflictPath: conflict.path } : { outcome: each.outcome }) };
    };
    return { commit, pages: outcomes.map(answer) };
  }

  /** The change with what others did meanwhile, and the texts that could not be merged, by the path of their page. */
  private async merged(held: HeldRepository, { projectId, author }: Input, asked: PreparedChange, current: ReadonlyMap<string, CurrentVersion>): Promise<MergedChange> {
    const conflicts = new Map<string, PreparedWrite>();
    const [writes, beside]: [PreparedWrite[], MergedWrite['beside'][number][]] = [[], []];
    for (const write of asked.writes) {
      const version = current.get(write.path);
      const merged = version && needsMerge(write, version) ? await this.merging.merge(held.repository, projectId, write, version, author) : { write, beside: [] };
      // A page that stays is written as what it is.
      writes.push(merged.write ?? { ...write, blob: version!.blob });
      if (merged.conflict) conflicts.set(write.path, merged.conflict);
      beside.push(...merged.beside);
    }
    return { change: { ...asked, writes }, conflicts, beside };
  }
}

interface MergedChange {
  readonly change: PreparedChange;
  readonly conflicts: ReadonlyMap<string, PreparedWrite>;
  readonly beside: MergedWrite['beside'];
}

function needsMerge({ basePageId, isRegenerated, blob }: PreparedWrite, version: CurrentVersion): boolean {
  return blob !== version.blob && (isRegenerated || (basePageId !== undefined && basePageId !== version.pageId));
}
