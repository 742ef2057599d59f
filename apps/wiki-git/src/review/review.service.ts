import { Injectable } from '@nestjs/common';
import { createTwoFilesPatch } from 'diff';
import { recordAudit } from '#libs/audit';
import type { DecideProposal, ListProposals, OutputOf, ParsedInputOf, ReadProposal, ReviewMode, SetReviewMode } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { Fault, NOT_FOUND } from '#libs/faults';
import { type TenantScope, userOf } from '#libs/tenancy';
import { pageIdOf, parsePagePath, writtenTrust } from '#libs/wiki-format';
import { PagesRepository } from '../pages/pages.repository.js';
import { fileOfText, preparedFile } from '../pages/prepared-write.js';
import type { CurrentVersion } from '../pages/write-decision.js';
import { type HeldRepository, RepositoriesService } from '../repositories/repositories.service.js';
import { RepositoryStore } from '../repositories/repository-store.js';
import { requireWriter } from '../repositories/require-writer.js';
import { FILE_BYTES_MAX, type Standing, standingOf } from './proposal-standing.js';
import { ProposalsRepository, toProposal, type WholeProposal } from './proposals.repository.js';
import { NOTHING_TO_EDIT, PEOPLE_DECIDE, REVIEW_DECIDED, REVIEW_OUTDATED } from './review.faults.js';

type Decision = ParsedInputOf<typeof DecideProposal>;
type Decided = OutputOf<typeof DecideProposal>;

const DIFF_CHARS_MAX = 128 * 1024;
/** Lines that may differ before a diff costs more than it tells. */
const DIFF_LINES_MAX = 4_000;

const OUTDATED: Readonly<Record<string, string>> = {
  'deleted-since': 'The page was deleted since. Reject the proposal, or write the page yourself.',
  'made-since': 'A page of that path was made since. Write what is right yourself, and reject the proposal.',
};

/** What waits for a person, and what becomes of it. */
@Injectable()
export class ReviewService {
  constructor(
    private readonly db: TenantDb, private readonly repositories: RepositoriesService, private readonly store: RepositoryStore, private readonly pages: PagesRepository,
    private readonly proposals: ProposalsRepository,
  ) {}

  list(scope: TenantScope, { projectId, state, limit }: ParsedInputOf<typeof ListProposals>): Promise<OutputOf<typeof ListProposals>> {
    return this.db.run(scope, async (tx) => ({
      mode: await this.proposals.mode(tx, projectId), open: await this.proposals.countOpen(tx, projectId), proposals: (await this.proposals.list(tx, projectId, state, limit)).map(toProposal),
    }));
  }

  /** Throws NOT_FOUND. */
  async read(scope: TenantScope, { projectId, proposalId }: ParsedInputOf<typeof ReadProposal>): Promise<OutputOf<typeof ReadProposal>> {
    const { proposal, current } = await this.db.run(scope, async (tx) => {
      const found = required(await this.proposals.find(tx, projectId, proposalId));
      return { proposal: found, current: (await this.pages.versions(tx, projectId, [found.path])).get(found.path) };
    });
    const repository = this.store.open({ organisationId: scope.organisationId, projectId });
    const { standing, content } = await standingOf(repository, proposal, current);
    const before = current && (await repository.contents([current.blob], FILE_BYTES_MAX)).get(current.blob);
    return { proposal: toProposal(proposal), text: proposal.content, standing, ...diffOf(proposal.path, before?.toString() ?? null, content?.toString() ?? null) };
  }

  /** Only the tables change. */
  async setMode(scope: TenantScope, { projectId, mode }: ParsedInputOf<typeof SetReviewMode>): Promise<{ mode: ReviewMode }> {
    requireWriter(scope, projectId);
    requirePerson(scope);
    await this.db.run(scope, async (tx) => {
      const before = await this.proposals.mode(tx, projectId);
      await this.proposals.saveMode(tx, projectId, mode);
      await recordAudit(tx, scope, { action: 'review.mode-changed', target: `project:${projectId}`, before: { mode: before }, after: { mode } });
    });
    return { mode };
  }

  /** In one transaction with the commit. Throws NOT_FOUND, REVIEW_DECIDED, REVIEW_OUTDATED, NOTHING_TO_EDIT, and what is wrong with an edited text. */
  async decide(scope: TenantScope, input: Decision): Promise<Decided> {
    requirePerson(scope);
    return this.repositories.exclusively(scope, input, async (held) => {
      const proposal = required(await this.proposals.find(held.tx, input.projectId, input.proposalId));
      if (proposal.state !== 'open') throw new Fault(REVIEW_DECIDED);
      const made = input.decision === 'approve' ? await this.approve(held, input, edited(proposal, input.text)) : { commit: null, pageId: null };
      await record(held, scope, input, proposal.path, made.commit);
      const decided = await this.proposals.decide(held.tx, proposal, input.decision === 'approve' ? 'approved' : 'rejected', input.author.name, made.commit);
      return { proposal: toProposal(required(decided)), pageId: made.pageId };
    });
  }

  private async approve(held: HeldRepository, { projectId, author }: Decision, proposal: WholeProposal): Promise<{ commit: string | null; pageId: string | null }> {
    const current = (await this.pages.versions(held.tx, projectId, [proposal.path])).get(proposal.path);
    const told = await standingOf(held.repository, proposal, current);
    if (told.standing === 'nothing') return { commit: null, pageId: current?.pageId ?? null };
    if (told.standing !== 'applies' && told.standing !== 'merges') throw new Fault(REVIEW_OUTDATED, { sentence: OUTDATED[told.standing] ?? REVIEW_OUTDATED.sentence });
    return commitOf(held, projectId, author, proposal, told, current);
  }
}

/** The proposal with the text that who approves made of it. */
function edited(proposal: WholeProposal, text: string | undefined): WholeProposal {
  if (text === undefined) return proposal;
  if (proposal.content === null) throw new Fault(NOTHING_TO_EDIT);
  return { ...proposal, content: fileOfText(text).content.toString() };
}

/** The approver stands for the page; where others wrote in it meanwhile it is no more than theirs. */
async function commitOf(held: HeldRepository, projectId: string, author: Decision['author'], proposal: WholeProposal, { standing, content }: Standing, current: CurrentVersion | undefined) {
  const path = parsePagePath(proposal.path);
  const commit = await held.commit({
    writes: content ? [{ path, content }] : [], deletes: content ? [] : [path], message: `Approve: ${proposal.reason}`, author: { ...author, agent: null, sessionId: null, proposer: proposerOf(proposal) },
    trusts: new Map(content ? [[path, writtenTrust('person', {}, current, standing === 'merges')]] : []),
  });
  return { commit, pageId: content && pageIdOf(projectId, path, preparedFile(content).blob, commit) };
}

async function record({ tx }: HeldRepository, scope: TenantScope, { decision, projectName, proposalId }: Decision, path: string, commit: string | null): Promise<void> {
  const target = `proposal:${projectName} ${proposalId}` as const;
  if (decision === 'approve') await recordAudit(tx, scope, { action: 'proposal.approved', target, after: { path, commit } });
  else await recordAudit(tx, scope, { action: 'proposal.rejected', target, after: { path } });
}

function proposerOf({ author, email, agent, session_id: sessionId }: WholeProposal): string {
  return `${author} <${email}>${agent ? ` with ${agent}` : ''}${sessionId ? `, session ${sessionId}` : ''}`;
}

function diffOf(path: string, before: string | null, after: string | null): { diff: string; isCut: boolean } {
  const patch = createTwoFilesPatch(before === null ? '/dev/null' : path, after === null ? '/dev/null' : path, before ?? '', after ?? '', undefined, undefined, { context: 3, maxEditLength: DIFF_LINES_MAX });
  const diff = (patch ?? '').split('\n').filter((line) => !/^=+$/.test(line)).join('\n');
  return { diff: diff.slice(0, DIFF_CHARS_MAX), isCut: patch === undefined || diff.length > DIFF_CHARS_MAX };
}

function required<T>(found: T | undefined): T {
  if (found === undefined) throw new Fault(NOT_FOUND, { sentence: 'There is no such proposal, or a later one took its place. List them again.' });
  return found;
}

/** No app of ours decides for a person. */
function requirePerson(scope: TenantScope): void {
  if (!userOf(scope)) throw new Fault(PEOPLE_DECIDE);
}
