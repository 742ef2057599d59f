import { Injectable } from '@nestjs/common';
import type { OutputOf, PageTrust, ParsedInputOf, ReviewMode, WritePages } from '#libs/contracts';
import { Fault } from '#libs/faults';
import type { TenantScope } from '#libs/tenancy';
import { pageIdOf, parsePage, writtenTrust } from '#libs/wiki-format';
import { type HeldRepository, RepositoriesService } from '../repositories/repositories.service.js';
import { recordedCommit } from '../repositories/recorded-commit.js';
import { requireWriter } from '../repositories/require-writer.js';
import { PurgesRepository } from '../repositories/purges.repository.js';
import { type DividedChange, isBindingText, ProposingService } from '../review/proposing.service.js';
import { REVIEW_FULL } from '../review/review.faults.js';
import { PagesRepository } from './pages.repository.js';
import { type MergedWrite, PageMergingService } from './page-merging.service.js';
import { prepareChange, type PreparedChange, type PreparedWrite } from './prepared-write.js';
import { SESSION_PURGED } from './pages.faults.js';
import { type Settled, WriteRounds } from './write-rounds.js';
import { type CurrentVersion, decideWrite, type WriteDecision } from './write-decision.js';

type Input = ParsedInputOf<typeof WritePages>;
type Output = OutputOf<typeof WritePages>;

/** Writes of one project that are done together, and that wait meanwhile, and for how long. */
const ROUND_MAX = 64;
const WAITING_MAX = 400;
const WAIT_MS_MAX = 5_000;

interface Write {
  readonly scope: TenantScope;
  readonly input: Input;
  readonly asked: PreparedChange;
}

/** Decides what a write changes, and commits it. */
@Injectable()
export class PageWritingService {
  private readonly rounds = new WriteRounds<Write, Output>({ roundMax: ROUND_MAX, waitingMax: WAITING_MAX, waitMsMax: WAIT_MS_MAX }, (writes) => this.writeTogether(writes));

  constructor(private readonly repositories: RepositoriesService, private readonly pages: PagesRepository, private readonly merging: PageMergingService, private readonly proposing: ProposingService, private readonly purges: PurgesRepository) {}

  /** All of it in one commit, or nothing. What is there already, byte for byte, makes no commit. */
  async write(scope: TenantScope, input: Input): Promise<Output> {
    // Each for itself: writes of several callers are done together.
    requireWriter(scope, input.projectId);
    const write = { scope, input, asked: prepareChange(input) };
    // A merge looks into the history, which must be all there.
    if (!input.pages.some(({ basePageId, isRegenerated }) => basePageId ?? isRegenerated)) return this.rounds.join(`${scope.organisationId} ${input.projectId}`, write);
    const [settled] = await this.writeTogether([write]);
    if ('error' in settled!) throw settled.error;
    return settled!.result;
  }

  /** Writes of one project, each with a commit of its own, and one that is refused does not keep the others. */
  private writeTogether(writes: readonly Write[]): Promise<Settled<Output>[]> {
    const { scope, input } = writes[0]!;
    return this.repositories.exclusively(scope, input, async (held) => {
      const paths = writes.flatMap(({ asked }) => [...asked.writes, ...asked.deletes]).map(({ path }) => path);
      const current = await this.pages.versions(held.tx, input.projectId, paths);
      const mode = await this.proposing.mode(held.tx, input.projectId);
      const sessions = writes.flatMap(({ input: { author } }) => author.sessionId ?? []);
      const purged = sessions.length > 0 ? await this.purges.purgedSessions(held.tx, sessions) : new Set<string | null>();
      const settled: Settled<Output>[] = [];
      for (const write of writes) settled.push(purged.has(write.input.author.sessionId) ? { error: new Fault(SESSION_PURGED) } : await this.writeHeld(held, write, mode, current));
      return settled;
    });
  }

  /** `current` follows what is written. Throws where the repository can't be written; a write that is refused only fails itself. */
  private async writeHeld(held: HeldRepository, { scope, input, asked }: Write, mode: ReviewMode, current: Map<string, CurrentVersion>): Promise<Settled<Output>> {
    const decided = await this.decided(held, input, asked, mode, current).catch((error: unknown) => {
      if (error instanceof Fault && (error.kind === 'conflict' || error.code === REVIEW_FULL.code)) return { error };
      throw error;
    });
    if ('error' in decided) return decided;
    const { writes, deletes, trusts, outcomes, conflicts, beside, waiting } = decided;
    const { message, author } = input;
    const isNothing = writes.length + deletes.length === 0;
    const made = { writes: [...writes, ...beside], deletes: deletes.map(({ path }) => path), message, author, trusts };
    const commit = isNothing ? null : await recordedCommit(held, scope, input, made, { action: 'pages.written', facts: { by: input.by } });
    const added = new Set(writes.filter(({ path }) => !current.has(path)).map(({ path }) => path as string));
    for (const { path, blob, content } of writes) current.set(path, { blob, pageId: pageIdOf(input.projectId, path, blob, commit!), trust: trusts.get(path)!, isBinding: isBindingText(path, content) });
    for (const { path } of deletes) current.delete(path);
    return { result: { commit, pages: outcomes.map(({ path, outcome }) => {
      const conflict = conflicts.get(path);
      const pageId = current.get(path)?.pageId ?? null;
      const aside = waiting.get(conflict?.path ?? path);
      if (aside !== undefined) return { path, pageId, ...waitingAs(aside) };
      return conflict ? { path, pageId, outcome: 'conflict' as const, conflictPath: conflict.path } : { path, pageId, outcome, ...(added.has(path) ? { isNew: true } : {}) };
    }) } };
  }

  /** What lost before is kept already. */
  private async notThere(held: HeldRepository, projectId: string, writes: readonly PreparedWrite[]): Promise<PreparedWrite[]> {
    const there = writes.length > 0 ? await this.pages.versions(held.tx, projectId, writes.map(({ path }) => path)) : new Map<string, CurrentVersion>();
    return writes.filter(({ path, blob }) => there.get(path)?.blob !== blob);
  }

  private async decided(held: HeldRepository, input: Input, asked: PreparedChange, mode: ReviewMode, current: ReadonlyMap<string, CurrentVersion>): Promise<WholeDecision> {
    const { change, conflicts, beside } = await this.merged(held, input, asked, current);
    const { writes, deletes, outcomes } = decideWrite(change, current);
    const kept = [...writes, ...(await this.notThere(held, input.projectId, [...conflicts.values()]))];
    const trusts = trustsOf(input, kept, current);
    return { ...(await this.proposing.divide(held.tx, { input, mode, writes: kept, deletes, current, trusts })), trusts, outcomes, conflicts, beside };
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

function trustsOf({ by }: Input, writes: readonly PreparedWrite[], current: ReadonlyMap<string, CurrentVersion>): ReadonlyMap<string, PageTrust> {
  return new Map(writes.map(({ path, content, isMerged }) => [path, writtenTrust(by, parsePage(content.toString()).frontmatter, current.get(path), isMerged ?? false)]));
}

type WholeDecision = Pick<WriteDecision, 'outcomes'> & Omit<MergedChange, 'change'> & DividedChange & { readonly trusts: ReadonlyMap<string, PageTrust> };

function waitingAs(proposalId: string | null): Pick<Output['pages'][number], 'outcome' | 'proposalId'> {
  return proposalId === null ? { outcome: 'unchanged' } : { outcome: 'proposed', proposalId };
}

interface MergedChange {
  readonly change: PreparedChange;
  readonly conflicts: ReadonlyMap<string, PreparedWrite>;
  readonly beside: MergedWrite['beside'];
}

function needsMerge({ basePageId, isRegenerated, blob }: PreparedWrite, version: CurrentVersion): boolean {
  return blob !== version.blob && (isRegenerated || (basePageId !== undefined && basePageId !== version.pageId));
}
