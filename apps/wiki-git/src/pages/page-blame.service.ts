import { Injectable } from '@nestjs/common';
import { BLAMED_PARTS_MAX, type BlamePage, type OutputOf } from '#libs/contracts';
import { Fault, NOT_FOUND } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { parsePage, parsePagePath } from '#libs/wiki-format';
import { bodyLines } from '../repositories/git-blame.js';
import { FILE_BYTES_MAX } from '../repositories/page-row.js';
import { RepositoryStore } from '../repositories/repository-store.js';

/** Versions whose agents and sessions are looked up; an older one is told by its author alone. */
const VERSIONS_MAX = 500;

/** Who wrote what of a page. */
@Injectable()
export class PageBlameService {
  constructor(private readonly store: RepositoryStore) {}

  /** Throws NOT_FOUND where there is no such page, or it is another organisation's. */
  async blame(scope: TenantScope, projectId: string, rawPath: string): Promise<OutputOf<typeof BlamePage>> {
    const path = parsePagePath(rawPath);
    const repository = this.store.open({ organisationId: scope.organisationId, projectId });
    const [tip, versions] = await Promise.all([repository.tip(), repository.history(path, VERSIONS_MAX, null)]);
    const blob = versions[0]?.changes[0];
    const text = blob && blob.status !== 'D' ? (await repository.contents([blob.blob], FILE_BYTES_MAX)).get(blob.blob)?.toString() : undefined;
    if (tip === null || text === undefined) throw new Fault(NOT_FOUND, { sentence: 'There is no such page.' });
    const known = new Map(versions.map((each) => [each.commit, each]));
    const parts = bodyLines(await repository.blame(path, tip), linesBefore(text)).slice(0, BLAMED_PARTS_MAX);
    return { parts: parts.map(({ first, count, commit, author, committedAt }) => ({
      firstLine: first, lines: count, commit, committedAt: committedAt.toISOString(), author, agent: known.get(commit)?.agent ?? null, sessionId: known.get(commit)?.sessionId ?? null,
    })) };
  }
}

/** Lines of a page's file that stand before its body. */
function linesBefore(text: string): number {
  return text.slice(0, text.length - parsePage(text).body.length).split('\n').length - 1;
}
