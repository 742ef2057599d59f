import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  AddWebhook, AdvertiseRefs, BeginHandoff, BeginPurge, BeginReindexes, BeginAllReindexes, BlamePage, BootstrapProject, CancelHandoff, CancelMessage, type CapturedEvent, CaptureEvents, ClaimBriefing, ClaimHandoff, ClaimMessages, ConsolidateSession,
  ContinueFetch, CountCaptured, CountDays, CountDocuments, CountIndexed, CountLeft, CountPages, CountStoredObservations, CountStoredPages, CountAllReindexes, DecideProposal, DeleteSlot, DiffPage, EraseCaptured, EraseCompiled, EraseIndex, EraseUserCompiled, EraseUserIndex, EraseUserWiki, EraseWiki, ExportCaptured, ExportCompiled, ExportPages, ExportWiki, FetchPack, FinalizeSession, FindPages, FindPastPages, FindSession, ImportPages, type InputOf, LintProject, ListChanges,
  ListArchived, ListDeliveries, ListUserSessions, ListWebhooks, ListConsolidations, ListFeedback, ListHandoffs, ListLatest, ListLinks, ListMessages, ListOpenHandoffs, ListPages, ListProposals, ListPurges, ListReindexes, ListRelated, ListSessions, ListSlots, PullObservations, PullPages, PullSessions, PullSeveralSessions, ReadHistory, ReadCaptureRetention, ReadModelSettings,
  ReadObservations, ReadPage, ReadProject, ReadProposal, ReadPurgedPaths, ReadRetention, ReadSession, ReadSpending, ReadTimeline, ReceivePush, DeleteWebhook, type RequestContract, RevertWrites, SearchMemories,
  SendMessage, SetReviewMode, SettleHead, SettlePurge, SettleSession, SettleSeveralSessions, StagePush, TestModels, WriteCaptureRetention, WriteFeedback, WriteModelSettings, WritePages, WriteRetention, WriteSlot,
} from '#libs/contracts';

/** What two organisations have in common, so that only the organisation itself can tell them apart. */
export const CWD = '/home/dev/shop';
export const PAGE = 'notes/shared.md';
export const NOWHERE = 'http://127.0.0.1:1/v1';

export interface Ids {
  workspaceId: string;
  projectId: string;
  nativeSessionId: string;
  sessionId: string;
  handoffId: string;
  slotId: string;
  messageId: string;
  pageId: string;
  /** Of a rule, by an agent. */
  proposalId: string;
  commit: string;
  ownerId: string;
  cursor: string;
  /** A fetch that is under way, and the project it is of. */
  transferId: string;
  bulkyProjectId: string;
  /** A push to that project, put aside. */
  stagedId: string;
  /** Of another page of that project. */
  purgeId: string;
  webhookId: string;
  /** An archive, likewise. */
  archiveId: string;
}

export interface Row {
  contract: RequestContract;
  /** Inputs that differ in the given ids alone; `own` has the asker's, for what must be right beside them. */
  inputs(ids: Ids, own: Ids): object[];
  /** Whether the answer to the asker's own ids holds the asker's texts. */
  isTelling: boolean;
}

function row<C extends RequestContract>(contract: C, isTelling: boolean, inputs: (ids: Ids, own: Ids) => NoInfer<InputOf<C>>[]): Row {
  return { contract, isTelling, inputs: inputs as Row['inputs'] };
}

export const event = (kind: CapturedEvent['kind'], body: string): CapturedEvent => ({
  kind, sourceEvent: kind, occurredAt: new Date().toISOString(), title: body, body, isSubagent: false, idempotencyKey: randomUUID(), isKeyShortLived: false,
});
export const AUTHOR = { name: 'dev', email: 'dev@example.com' };

export const LS_REFS = Buffer.from('0014command=ls-refs\n0000').toString('base64');
export const EMPTY_ARCHIVE = gzipSync(Buffer.alloc(1_024)).toString('base64');
export const NO_PUSH = Buffer.from('0000').toString('base64');

/** Every request of the bus. What reads stands before what writes: writing under a foreign id makes something of one's own there. */
export const MATRIX: readonly Row[] = [
  row(ReadProject, false, ({ projectId }) => [{ projectId }]),
  row(FindSession, true, ({ nativeSessionId }) => [{ agent: 'codex', nativeSessionId }]),
  row(ReadSession, true, ({ sessionId }) => [{ sessionId }]),
  row(ListSessions, true, ({ projectId, ownerId }, own) => [{ projectId }, { projectId: own.projectId, ownerId }]),
  row(ReadObservations, true, ({ sessionId }) => [{ sessionId }, { sessionId, query: 'canary' }]),
  row(PullObservations, true, ({ sessionId }) => [{ sessionId, afterSequence: 0 }]),
  row(PullSeveralSessions, true, ({ sessionId }) => [{ sessions: [{ sessionId, afterSequence: 0 }] }]),
  row(PullSessions, false, ({ projectId }) => [{ projectId, afterSessionId: null }]),
  row(ReadTimeline, true, ({ sessionId }) => [{ sessionId, generation: 99, offset: 0 }]),
  row(CountStoredObservations, false, () => [{}]),
  row(CountStoredPages, false, () => [{}]),
  row(CountDays, false, ({ projectId }) => [{ projectId, days: 30 }]),
  row(CountCaptured, false, ({ projectId }) => [{ projectId }]),
  row(ReadPage, true, ({ projectId, commit }, own) => [{ projectId, path: PAGE }, { projectId, path: PAGE, at: commit }, { projectId: own.projectId, path: PAGE, at: commit }, { projectId, path: PAGE, asOf: '2999-01-01T00:00:00Z' }]),
  row(FindPastPages, true, ({ projectId }) => [{ projectId, asOf: '2999-01-01T00:00:00Z', words: ['canary'] }]),
  row(ListPages, true, ({ projectId, cursor }, own) => [{ projectIds: [projectId] }, { projectIds: [own.projectId, projectId] }, { projectIds: [own.projectId], order: 'path' as const, kinds: ['session' as const], cursor }]),
  row(ReadHistory, true, ({ projectId }) => [{ projectId, path: PAGE }]),
  row(BlamePage, true, ({ projectId }) => [{ projectId, path: PAGE }]),
  row(DiffPage, true, ({ projectId, commit }, own) => [{ projectId, path: PAGE }, { projectId: own.projectId, path: PAGE, from: commit }, { projectId: own.projectId, path: PAGE, to: commit }]),
  row(CountPages, false, ({ projectId }) => [{ projectId }]),
  row(PullPages, true, ({ projectId }) => [{ projectId, afterRevision: 0 }]),
  row(AdvertiseRefs, false, ({ projectId }) => [{ projectId, service: 'git-upload-pack' as const, isVersion2: true }, { projectId, service: 'git-receive-pack' as const, isVersion2: false }]),
  row(FetchPack, false, ({ projectId }) => [{ projectId, isVersion2: true, request: LS_REFS }]),
  row(ExportPages, false, ({ projectId }) => [{ projectId }]),
  row(ImportPages, false, ({ archiveId, bulkyProjectId }) => [{ projectId: bulkyProjectId, projectName: 'acme/bulky', transferId: archiveId, isPartial: false, isDryRun: true, author: AUTHOR }]),
  ...[ExportCaptured, ExportWiki].map((contract) => row(contract, true, ({ projectId }) => [{ of: { projectId }, after: null }])),
  row(ExportCompiled, false, ({ bulkyProjectId }) => [{ of: { projectId: bulkyProjectId }, after: null }]),
  row(ContinueFetch, false, ({ transferId, bulkyProjectId }) => [{ projectId: bulkyProjectId, transferId }]),
  row(StagePush, false, ({ projectId, nativeSessionId }) => [{ projectId, transferId: nativeSessionId, offset: 0, data: NO_PUSH }]),
  row(ReceivePush, false, ({ stagedId, bulkyProjectId }) => [{ projectId: bulkyProjectId, projectName: 'acme/bulky', transferId: stagedId }]),
  row(SearchMemories, true, ({ projectId }, own) => [{ projectIds: [projectId], query: 'canary words' }, { projectIds: [projectId, own.projectId], query: 'canary words' }, { projectIds: [projectId], query: 'canary words', asOf: '2999-01-01T00:00:00Z' }]),
  row(CountIndexed, false, ({ projectId }) => [{ projectId }]),
  row(ListReindexes, false, ({ projectId }) => [{ projectIds: [projectId] }]),
  row(CountAllReindexes, false, () => [{}]),
  row(ListPurges, false, () => [{}]),
  row(ReadPurgedPaths, false, ({ purgeId }) => [{ purgeId }]),
  row(CountLeft, false, ({ projectId, sessionId }) => [{ projectId, paths: [PAGE], sessionId }]),
  row(CountDocuments, false, ({ projectId, sessionId }) => [{ projectId, paths: [PAGE], sessionId }]),
  row(ReadRetention, false, ({ projectId }) => [{ projectId }]),
  row(ListArchived, false, ({ projectId }) => [{ projectId }]),
  row(ListProposals, true, ({ projectId }) => [{ projectId }]),
  row(ReadProposal, true, ({ projectId, proposalId }, own) => [{ projectId, proposalId }, { projectId: own.projectId, proposalId }]),
  row(FindPages, true, ({ projectId }, own) => [{ pages: [{ projectId, path: PAGE }, { projectId: own.projectId, path: PAGE }] }]),
  row(ListChanges, true, ({ projectId }) => [{ projectId, since: '2020-01-01T00:00:00Z', until: '2999-01-01T00:00:00Z' }]),
  row(LintProject, false, ({ projectId }) => [{ projectId }]),
  row(ListLinks, true, ({ projectId }) => [{ projectId }]),
  row(ListRelated, true, ({ projectId }) => [{ projectId, path: PAGE }]),
  row(ListHandoffs, true, ({ projectId }) => [{ projectId }]),
  row(ListLatest, true, ({ projectId }, own) => [{ projectIds: [projectId] }, { projectIds: [projectId, own.projectId] }]),
  row(ListOpenHandoffs, true, ({ projectId }, own) => [{ projectIds: [projectId] }, { projectIds: [projectId, own.projectId] }]),
  row(ListConsolidations, false, ({ sessionId }) => [{ sessionId }, {}]),
  row(ReadSpending, false, () => [{}]),
  row(ReadModelSettings, false, () => [{}]),
  row(ListFeedback, true, ({ projectId, pageId }, own) => [{ projectId }, { projectId: own.projectId, pageIds: [pageId] }]),
  row(WriteFeedback, true, ({ projectId, pageId }, own) => [{ projectId, path: PAGE, pageId, signal: 'wrong' as const, reason: 'It says something else' }, { projectId: own.projectId, path: PAGE, pageId, signal: 'wrong' as const, reason: 'It says something else' }]),
  row(SettleHead, false, ({ projectId }) => [{ projectId, revision: 99 }]),
  row(SettleSession, false, ({ sessionId }) => [{ sessionId, by: 'search' as const, generation: 99 }]),
  row(SettleSeveralSessions, false, ({ sessionId }) => [{ by: 'search' as const, sessions: [{ sessionId, generation: 99 }] }]),
  row(FinalizeSession, true, ({ sessionId }) => [{ sessionId }]),
  row(CancelHandoff, true, ({ projectId, handoffId }, own) => [{ projectId: own.projectId, handoffId }, { projectId, handoffId }]),
  row(ClaimHandoff, true, ({ projectId, handoffId }, own) => [{ projectId, cwd: CWD }, { projectId, handoffId }, { projectId: own.projectId, handoffId }]),
  row(ClaimBriefing, false, ({ projectId, nativeSessionId }) => [{ projectId, agent: 'codex', nativeSessionId }]),
  row(BeginHandoff, true, ({ projectId }) => [{ projectId, summary: 'Continue' }]),
  row(WritePages, false, ({ projectId, pageId }, own) => [
    { projectId: own.projectId, projectName: 'acme/shop', pages: [{ path: PAGE, frontmatter: {}, body: 'New', expectedPageId: pageId }], message: 'Write', author: AUTHOR },
    { projectId, projectName: 'acme/shop', pages: [{ path: 'notes/new.md', frontmatter: {}, body: 'New', isCreateOnly: true }], message: 'Write', author: AUTHOR },
    { projectId, projectName: 'acme/shop', pages: [], deletes: [{ path: 'notes/none.md' }], message: 'Delete', author: AUTHOR },
  ]),
  row(RevertWrites, false, ({ projectId, sessionId, ownerId }, own) => [
    { projectId, projectName: 'acme/shop', writer: { sessionId }, isDryRun: true, author: AUTHOR },
    { projectId: own.projectId, projectName: 'acme/shop', writer: { userId: ownerId, name: 'dev', email: 'nobody@example.com' }, isDryRun: false, author: AUTHOR },
  ]),
  row(BeginPurge, false, ({ projectId, sessionId }) => [{ projectId, projectName: 'acme/shop', target: { path: PAGE }, isDryRun: true, by: 'dev' }, { projectId, projectName: 'acme/shop', target: { sessionId }, isDryRun: true, by: 'dev' }]),
  row(SettlePurge, false, ({ purgeId }) => [{ purgeId, by: 'search' as const }]),
  row(ListWebhooks, true, () => [{}]),
  row(AddWebhook, false, () => [{ name: randomUUID(), url: NOWHERE, mode: 'observe' as const, onFailure: 'open' as const }]),
  row(ListDeliveries, false, ({ webhookId }) => [{ webhookId }]),
  row(DeleteWebhook, false, ({ webhookId }) => [{ webhookId }]),
  row(ReadCaptureRetention, false, ({ projectId }) => [{ projectId }]),
  row(WriteCaptureRetention, false, ({ projectId }) => [{ projectId, days: null }]),
  row(WriteRetention, false, ({ projectId }) => [{ projectId, halfLifeDays: 40 }]),
  row(ConsolidateSession, false, ({ sessionId }) => [{ sessionId }]),
  row(ListSlots, true, ({ projectId }) => [{ projectId }]),
  row(DeleteSlot, true, ({ projectId, slotId }, own) => [{ projectId, name: 'mine' }, { projectId: own.projectId, name: 'mine', expectedSlotId: slotId }]),
  row(WriteSlot, false, ({ projectId, slotId }, own) => [{ projectId, name: 'new', text: 'New' }, { projectId: own.projectId, name: 'mine', text: 'New', expectedSlotId: slotId }]),
  row(ListMessages, true, ({ projectId }) => [{ projectId }, { projectId, box: 'outbox' as const }]),
  row(CancelMessage, true, ({ projectId, messageId }, own) => [{ projectId: own.projectId, messageId }, { projectId, messageId }]),
  row(ClaimMessages, true, ({ projectId, messageId }, own) => [{ projectId }, { projectId, messageId }, { projectId: own.projectId, messageId }]),
  row(SendMessage, true, ({ projectId, ownerId }) => [
    { from: { projectId, name: 'a' }, to: { projectId, name: 'a' }, recipient: null, body: 'New' }, { from: { projectId, name: 'a' }, to: null, recipient: { userId: ownerId, name: 'dev' }, body: 'New' },
  ]),
  row(BootstrapProject, false, ({ projectId }) => [{ projectId, projectName: 'acme/shop', material: { name: 'shop', files: [], folders: [], commits: [] }, isDryRun: true, author: AUTHOR }]),
  row(TestModels, false, () => [{}]),
  row(WriteModelSettings, false, () => [{ isAutomatic: false, models: [{ provider: 'openai-compat' as const, model: 'm', baseUrl: NOWHERE }] }]),
  row(CaptureEvents, false, ({ workspaceId, projectId }) => [{ workspaceId, projectId, agent: 'codex', nativeSessionId: randomUUID(), cwd: CWD, events: [event('notification', 'Waiting')] }]),
  row(SetReviewMode, false, ({ projectId }) => [{ projectId, mode: 'automatic' as const }]),
  row(DecideProposal, true, ({ projectId, proposalId }, own) => [
    { projectId, projectName: 'acme/shop', proposalId, decision: 'approve' as const, author: AUTHOR }, { projectId: own.projectId, projectName: 'acme/shop', proposalId, decision: 'reject' as const, author: AUTHOR },
  ]),
  row(BeginAllReindexes, false, () => [{}]),
  row(BeginReindexes, true, ({ projectId }) => [{ projectIds: [projectId] }]),
  row(ListUserSessions, false, () => [{ userId: randomUUID() }]),
  row(EraseUserCompiled, false, () => [{ userId: randomUUID() }]),
  row(EraseUserIndex, false, () => [{ userId: randomUUID(), name: 'nobody' }]),
  row(EraseUserWiki, false, () => [{ userId: randomUUID(), name: 'nobody', email: 'nobody@example.com', after: null }]),
  ...[EraseCompiled, EraseCaptured, EraseWiki, EraseIndex].map((contract) => row(contract, false, ({ bulkyProjectId }) => [{ projectId: bulkyProjectId }])),
];
