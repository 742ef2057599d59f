import { z } from 'zod';

/**
 * Answers of the REST API as far as the command reads them (`/openapi.json` of a server holds them whole). Everything else
 * is kept, so that `--json` prints what the server said.
 */
const Scope = z.looseObject({ workspace: z.string(), project: z.string() });
const Page = z.looseObject({ path: z.string(), title: z.string(), kind: z.string(), updated_at: z.string(), author: z.string(), trust: z.string().optional(), body: z.string(), superseded_by: z.string().nullable().optional() });
const ScoreDetails = z.object({
  words: z.array(z.object({ term: z.string(), score: z.number() })), feedback: z.number(), proximity: z.number(), passage: z.number(), neighbours: z.number(), lift: z.number(), factors: z.record(z.string(), z.number()),
});
const Hit = z.looseObject({ scope: Scope, title: z.string(), snippet: z.string(), score: z.number(), score_details: ScoreDetails.optional() });

export const IdentityAnswer = z.looseObject({ version: z.string(), level: z.string(), operator: z.string(), organisation: z.string() });
export const ProjectStatusAnswer = z.looseObject({
  scope: Scope,
  sessions: z.looseObject({ total: z.int(), open: z.int() }),
  observations: z.looseObject({ total: z.int(), last_7_days: z.int(), last_at: z.string().nullable() }),
  pages: z.looseObject({ total: z.int() }),
  open_handoffs: z.int(),
});
export const ProjectAnswer = z.looseObject({ workspace: z.string(), project: z.string(), identity: z.string().nullable(), created_at: z.string() });
export const ProjectsAnswer = z.looseObject({ projects: z.array(ProjectAnswer) });
export const OneProjectAnswer = z.looseObject({ project: z.looseObject({ workspace: z.string(), project: z.string(), visibility: z.string() }) });
export const OrganisationAnswer = z.looseObject({ project_visibility: z.string() });
export const RenamedAnswer = z.looseObject({ workspace: z.looseObject({ workspace: z.string() }) });
const User = z.looseObject({ user_id: z.string(), name: z.string(), email: z.string(), kind: z.string(), role: z.string(), disabled_at: z.string().nullable() });
export const UserAnswer = z.looseObject({ user: User });
export const UsersAnswer = z.looseObject({ users: z.array(User) });
export const PasswordAnswer = z.looseObject({ user_id: z.string() });
export const InvitationAnswer = z.looseObject({ url: z.string(), expires_at: z.string() });
export const GroupAnswer = z.looseObject({ group: z.looseObject({ name: z.string(), members: z.array(z.looseObject({ name: z.string() })) }) });
export const GroupsAnswer = z.looseObject({ groups: z.array(z.looseObject({ name: z.string(), members: z.int() })) });
const Grant = z.looseObject({ grant_id: z.string(), user: z.string().nullable(), group: z.string().nullable(), level: z.string() });
export const GrantAnswer = z.looseObject({ grant: Grant });
export const GrantsAnswer = z.looseObject({ grants: z.array(Grant) });
export const EnsuredAnswer = z.looseObject({ scope: Scope });
export const SearchAnswer = z.looseObject({
  scopes: z.array(Scope),
  hits: z.array(Hit.extend({ path: z.string(), kind: z.string(), updated_at: z.string(), superseded: z.boolean(), section: z.looseObject({ heading: z.string(), anchor: z.string() }).optional(), since: z.string().optional() })),
  raw_hits: z.array(Hit.extend({ session_id: z.string(), kind: z.string(), occurred_at: z.string(), repeats: z.int().default(0) })),
  corrections: z.array(z.looseObject({ term: z.string(), searched: z.array(z.string()) })).default([]),
  next_cursor: z.string().nullable(),
});
export const PageAnswer = z.looseObject({ scope: Scope, page: Page });
export const PagesAnswer = z.looseObject({ scope: Scope, pages: z.array(z.looseObject({ path: z.string() })) });
export const WrittenAnswer = z.looseObject({ scope: Scope, path: z.string(), outcome: z.enum(['written', 'merged', 'conflict', 'unchanged', 'deleted', 'absent']), commit: z.string().nullable() });
export const HistoryAnswer = z.looseObject({
  scope: Scope, revisions: z.array(z.looseObject({ commit: z.string(), committed_at: z.string(), author: z.string(), change: z.string(), message: z.string() })),
});
export const DiffAnswer = z.looseObject({ scope: Scope, diff: z.string(), cut: z.boolean() });
export const RevertedAnswer = z.looseObject({ scope: Scope, pages: z.array(z.looseObject({ path: z.string(), outcome: z.string() })), has_more: z.boolean() });
export const ArchivedAnswer = z.looseObject({ scope: Scope, pages: z.array(z.looseObject({ path: z.string(), archived_at: z.string() })) });
export const RetentionSetAnswer = z.looseObject({ scope: Scope, enabled: z.boolean(), half_life_days: z.int() });
export const RetentionAnswer = RetentionSetAnswer.extend({ age_days_min: z.number(), faded: z.array(z.looseObject({ path: z.string(), strength: z.number() })) });
export const PurgeAnswer = z.looseObject({
  scope: Scope, purge_id: z.string().nullable(), pages: z.array(z.looseObject({ path: z.string(), outcome: z.string() })), versions: z.int(), observations: z.int(), documents: z.int(),
  handoffs: z.int(), jobs: z.int(), feedback: z.int(), also_in: z.array(z.string()),
});
export const PurgesAnswer = z.looseObject({ purges: z.array(z.looseObject({ purge_id: z.string(), done: z.boolean(), waiting_for: z.array(z.string()) })) });
const Erasure = z.looseObject({ erasure_id: z.string(), organisation_id: z.string(), project_id: z.string().nullable(), user_id: z.string().nullish(), requested_at: z.string(), done: z.boolean(), rows: z.record(z.string(), z.int()) });
export type ErasureView = z.output<typeof Erasure>;
export const MeAnswer = z.looseObject({ user: z.looseObject({ name: z.string() }) });
export const ErasurePolicyAnswer = z.looseObject({ by_oneself: z.boolean() });
export const ErasureAnswer = z.looseObject({ erasure: Erasure });
export const ErasuresAnswer = z.looseObject({ erasures: z.array(Erasure) });
const Hold = z.looseObject({ hold_id: z.string(), project_id: z.string().nullable(), reason: z.string(), placed_at: z.string(), lifted_at: z.string().nullable() });
export const HoldAnswer = z.looseObject({ hold: Hold });
export const HoldsAnswer = z.looseObject({ holds: z.array(Hold) });
const Reindex = z.looseObject({
  reindex_id: z.string(), scope: Scope, phase: z.string(), requested_by: z.string().nullable(), requested_at: z.string(), documents_read: z.int(), documents_total: z.int().nullable(), failure: z.string().nullable(),
});
export const ReindexesAnswer = z.looseObject({ reindexes: z.array(Reindex) });
export const BegunReindexesAnswer = z.looseObject({ reindexes: z.array(Reindex.extend({ is_new: z.boolean() })) });
export const InstallationReindexAnswer = z.looseObject({ begun: z.int(), under_way: z.int() });
export const InstallationReindexesAnswer = z.looseObject({ organisations: z.int(), waiting: z.int(), running: z.int(), documents_read: z.int(), documents_total: z.int() });
export const BootstrapAnswer = z.looseObject({ scope: Scope, pages: z.array(z.looseObject({ path: z.string(), outcome: z.string(), body: z.string().optional() })) });
export const ImportedAnswer = z.looseObject({
  scope: Scope, outcome: z.enum(['imported', 'unchanged', 'refused', 'dry_run']), commit: z.string().nullable(), added: z.int(), changed: z.int(), unchanged: z.int(),
  refused: z.array(z.looseObject({ path: z.string(), reason: z.string() })), refused_count: z.int(),
});
const Proposal = z.looseObject({
  proposal_id: z.string(), path: z.string(), change: z.string(), trust: z.string(), author: z.string(), agent: z.string().nullable(), reason: z.string(), state: z.string(), proposed_at: z.string(),
  commit: z.string().nullable(),
});
export const ProposalsAnswer = z.looseObject({ scope: Scope, mode: z.string(), open: z.int(), proposals: z.array(Proposal) });
export const ProposalAnswer = z.looseObject({ scope: Scope, proposal: Proposal, standing: z.string(), diff: z.string(), cut: z.boolean() });
export const DecidedAnswer = z.looseObject({ scope: Scope, proposal: Proposal });
export const ReviewModeAnswer = z.looseObject({ scope: Scope, mode: z.string() });
export const HandoffsAnswer = z.looseObject({
  scope: Scope,
  handoffs: z.array(z.looseObject({ from_agent: z.string(), state: z.string(), summary: z.string(), created_at: z.string(), owner: z.looseObject({ name: z.string() }) })),
  next_cursor: z.string().nullish(),
});
export const MessageView = z.looseObject({
  message_id: z.string(), from: z.string(), sender: z.string(), agent: z.string().nullable(), to: z.string().nullable(), recipient: z.string().nullable(),
  subject: z.string(), body: z.string(), state: z.string(), sent_at: z.string(),
});
export type MessageView = z.output<typeof MessageView>;
export const MessageAnswer = z.looseObject({ scope: Scope, message: MessageView });
export const MessagesAnswer = z.looseObject({ scope: Scope, messages: z.array(MessageView) });
export const ClaimedMessageAnswer = z.looseObject({ scope: Scope, message: MessageView.nullable(), waiting: z.int() });
export const SlotView = z.looseObject({ name: z.string(), everywhere: z.boolean(), kind: z.string(), text: z.string(), slot_id: z.string(), updated_at: z.string() });
export type SlotView = z.output<typeof SlotView>;
export const SlotAnswer = z.looseObject({ slot: SlotView });
export const SlotsAnswer = z.looseObject({ slots: z.array(SlotView) });
export const BriefingAnswer = z.looseObject({ scope: Scope, markdown: z.string() });
export const FeedbackAnswer = z.looseObject({ scope: Scope, feedback: z.looseObject({ path: z.string(), counts: z.record(z.string(), z.int()) }) });
export const LintAnswer = z.looseObject({
  scope: Scope,
  pages: z.int(),
  counts: z.record(z.string(), z.int()),
  findings: z.array(z.looseObject({ code: z.string(), severity: z.enum(['error', 'warning', 'advice']), pages: z.array(z.string()), what: z.string(), todo: z.string() })),
});
export const SessionView = z.looseObject({
  session_id: z.string(), native_session_id: z.string(), agent: z.string(), cwd: z.string().nullable(), started_at: z.string(), ended_at: z.string().nullable(), observations: z.int(), expired_at: z.string().nullish(),
});
export type SessionView = z.output<typeof SessionView>;
const Webhook = z.looseObject({ webhook_id: z.string(), name: z.string(), url: z.string(), mode: z.string(), on_failure: z.string() });
export const WebhooksAnswer = z.looseObject({ webhooks: z.array(Webhook) });
export const WebhookAnswer = z.looseObject({ webhook: Webhook, secret: z.string() });
export const WebhookRemovedAnswer = z.looseObject({ removed: z.boolean() });
export const DeliveriesAnswer = z.looseObject({
  deliveries: z.array(z.looseObject({ delivery_id: z.string(), sent_at: z.string(), status: z.string(), http_status: z.int().nullable(), duration_ms: z.int() })),
});
export const CaptureRetentionAnswer = z.looseObject({ retention_days: z.int().nullable(), effective_days: z.int().nullish() });
export const SessionsAnswer = z.looseObject({ scope: Scope, sessions: z.array(SessionView), total: z.int() });
const ConsolidationView = z.looseObject({
  session_id: z.string(), state: z.enum(['waiting', 'running', 'done', 'failed']), reason: z.string().nullable(),
  usage: z.looseObject({ calls: z.int(), input_tokens: z.int(), output_tokens: z.int(), cost_usd: z.number() }),
});
export type ConsolidationView = z.output<typeof ConsolidationView>;
export const ConsolidationAnswer = z.looseObject({ job: ConsolidationView });
export const ConsolidationsAnswer = z.looseObject({ jobs: z.array(ConsolidationView) });
export const SessionAnswer = z.looseObject({ scope: Scope, session: SessionView });
export const TokenView = z.looseObject({
  token_id: z.string(), kind: z.string(), name: z.string(), state: z.string(), scopes: z.array(z.string()), projects: z.array(Scope).nullable(), expires_at: z.string().nullable(),
  last_used_at: z.string().nullable(),
});
export type TokenView = z.output<typeof TokenView>;
const IssuedToken = TokenView.extend({ token: z.string() });
export type IssuedToken = z.output<typeof IssuedToken>;
export const TokenAnswer = z.looseObject({ token: TokenView });
export const TokensAnswer = z.looseObject({ tokens: z.array(TokenView) });
/** None for who is local. */
export const OwnTokenAnswer = z.looseObject({ token: TokenView.nullable() });
export const IssuedTokenAnswer = z.looseObject({ token: IssuedToken });
export const RotatedTokenAnswer = z.looseObject({ token: IssuedToken, old: TokenView });
export const ServiceAccountsAnswer = z.looseObject({ service_accounts: z.array(z.looseObject({ user_id: z.string(), name: z.string() })) });
