export type { EventContract, InputOf, OutputOf, ParsedInputOf, PayloadOf, RequestContract, SignalContract } from './define.js';
export { CaptureEvents, CaptureOutcome } from './ingest/capture-events.contract.js';
export { CAPTURE_BYTES_MAX, CapturedEvent, Observation, ObservationKind, PlanItem, Session, ToolFamily, ToolUse } from './ingest/observation.js';
export {
  CountCaptured, CountDays, FinalizeSession, FindSession, ListSessions, ObservationsStored, PULLED_SESSIONS_MAX, PullObservations, PullSessions, ReadObservations, ReadSession, ReadTimeline, SessionEnded,
} from './ingest/sessions.contract.js';
export { LATEST_MAX, ListLatest } from './ingest/list-latest.contract.js';
export { CountStoredObservations } from './ingest/count-stored.contract.js';
export { ExportCaptured } from './ingest/export-captured.contract.js';
export { EraseCaptured } from './ingest/erase-captured.contract.js';
export { ReadCaptureRetention, SessionsExpired, WriteCaptureRetention } from './ingest/capture-retention.contract.js';
export { ListUserSessions } from './ingest/list-user-sessions.contract.js';
export { SettleSession } from './ingest/settle-session.contract.js';
export { PullSeveralSessions, SettleSeveralSessions, SEVERAL_SESSIONS_MAX } from './ingest/several-sessions.contract.js';
export { BootstrapProject, Material } from './compiler/bootstrap.contract.js';
export { ConsolidateSession, ConsolidationJob, ListConsolidations, ReadSpending } from './compiler/consolidation.contract.js';
export { ModelPrice, ModelProvider, ModelSettings, ReadModelSettings, TestModels, WriteModelSettings } from './compiler/model-settings.contract.js';
export { EVIDENCE_NOTICE, HISTORY_END, HISTORY_START } from './compiler/history-fence.js';
export { ExportCompiled } from './compiler/export-compiled.contract.js';
export { EraseCompiled } from './compiler/erase-compiled.contract.js';
export { EraseUserCompiled } from './compiler/erase-user-compiled.contract.js';
export { CountLeft } from './compiler/count-left.contract.js';
export { ClaimBriefing } from './compiler/briefings.contract.js';
export { FeedbackSignal, ListFeedback, PageFeedback, WriteFeedback } from './compiler/feedback.contract.js';
export { LintCode, LintFinding, LintProject, LintSeverity } from './compiler/lint.contract.js';
export { BeginHandoff, CancelHandoff, ClaimHandoff, Handoff, HandoffState, ListHandoffs, ListOpenHandoffs } from './compiler/handoffs.contract.js';
export { CancelMessage, ClaimMessages, INBOX_MAX, ListMessages, Message, MESSAGE_BYTES_MAX, MessageState, SendMessage, SENT_HOURLY_MAX } from './compiler/messages.contract.js';
export { DeleteSlot, ListSlots, Slot, SLOT_BYTES_MAX, SlotKind, SlotName, SLOTS_MAX, WriteSlot } from './compiler/slots.contract.js';
export {
  CommitAuthor, CountPages, FindPages, FindPastPages, HeadMoved, ListPages, Page, PAGE_BYTES_MAX, PageHead, PageKind, PageSince, PageTier, PageTrust, PAST_PAGES_MAX, PAST_WORDS_MAX, PullPages, ReadHistory, ReadPage, WritePages, WrittenBy,
} from './wiki-git/pages.contract.js';
export { ExportPages, ImportPages, REFUSED_SHOWN_MAX } from './wiki-git/archives.contract.js';
export {
  AdvertiseRefs, ContinueFetch, FetchPack, GIT_CHUNK_BYTES_MAX, PUSH_BYTES_MAX, ReceivePush, StagePush,
} from './wiki-git/git-transport.contract.js';
export { BLAMED_PARTS_MAX, BlamePage, DiffPage, ListChanges, REVERTED_PAGES_MAX, RevertWrites } from './wiki-git/page-life.contract.js';
export { DecideProposal, ListProposals, Proposal, ProposalStanding, ProposalState, ReadProposal, ReviewMode, SetReviewMode } from './wiki-git/review.contract.js';
export { BeginPurge, HistoryPurged, ListPurges, PURGED_PAGES_MAX, ReadPurgedPaths, SettlePurge } from './wiki-git/purges.contract.js';
export { ListArchived, ReadRetention, WriteRetention } from './wiki-git/retention.contract.js';
export { CountStoredPages } from './wiki-git/count-stored.contract.js';
export { ExportWiki } from './wiki-git/export-wiki.contract.js';
export { EraseWiki } from './wiki-git/erase-wiki.contract.js';
export { AddWebhook, DeleteWebhook, ListDeliveries, ListWebhooks, OnFailure, WebhookMode } from './wiki-git/webhooks.contract.js';
export { EraseUserWiki } from './wiki-git/erase-user-wiki.contract.js';
export { SettleHead } from './wiki-git/settle-head.contract.js';
export { EraseIndex } from './search/erase-index.contract.js';
export { EraseUserIndex } from './search/erase-user-index.contract.js';
export { BeginReindexes, BeginAllReindexes, CountAllReindexes, ListReindexes, Reindex, ReindexPhase } from './search/reindexes.contract.js';
export { CountDocuments } from './search/count-documents.contract.js';
export { CountIndexed, DocumentKind, ObservationHit, PageHit, ScoreShares, SEARCH_CURSOR_CHARS_MAX, SearchMemories, TermRarity } from './search/search-memories.contract.js';
export { AccessChanged } from './gateway/access-changed.contract.js';
export { AddressBlocked } from './gateway/address-blocked.contract.js';
export { ReadProject } from './gateway/read-project.contract.js';
export { ListRelated, RelationKind } from './wiki-git/related-pages.contract.js';
export { LINKED_PAGES_MAX, LINKS_OF_PAGE_MAX, ListLinks } from './wiki-git/list-links.contract.js';
