import { ActivityController } from './activity.controller.js';
import { ArchivesController } from './archives.controller.js';
import { AuditController } from './audit.controller.js';
import { BlamesController } from './blames.controller.js';
import { BootstrapController } from './bootstrap.controller.js';
import { BriefingController } from './briefing.controller.js';
import { CaptureRetentionController } from './capture-retention.controller.js';
import { ConnectionsController } from './connections.controller.js';
import { ConsolidationsController } from './consolidations.controller.js';
import { EditsController } from './edits.controller.js';
import { ErasuresController } from './erasures.controller.js';
import { ExportsController } from './exports.controller.js';
import { FeedbackController } from './feedback.controller.js';
import { GrantsController } from './grants.controller.js';
import { GraphController } from './graph.controller.js';
import { GroupsController } from './groups.controller.js';
import { HandoffsController } from './handoffs.controller.js';
import { HistoryController } from './history.controller.js';
import { HoldsController } from './holds.controller.js';
import { HomeController } from './home.controller.js';
import { LintController } from './lint.controller.js';
import { MeController } from './me.controller.js';
import { MessagesController } from './messages.controller.js';
import { ModelSettingsController } from './model-settings.controller.js';
import { OrganisationsController } from './organisations.controller.js';
import { PagesWriteController } from './pages-write.controller.js';
import { PagesController } from './pages.controller.js';
import { PasswordsController } from './passwords.controller.js';
import { PinsController } from './pins.controller.js';
import { ProfileController } from './profile.controller.js';
import { ProjectSettingsController } from './project-settings.controller.js';
import { ProjectsController } from './projects.controller.js';
import { PurgesController } from './purges.controller.js';
import { ReindexesController } from './reindexes.controller.js';
import { RelatedController } from './related.controller.js';
import { RetentionController } from './retention.controller.js';
import { ReviewController } from './review.controller.js';
import { SearchController } from './search.controller.js';
import { ServiceAccountsController } from './service-accounts.controller.js';
import { SessionsController } from './sessions.controller.js';
import { SignInsController } from './sign-ins.controller.js';
import { SignOnSettingsController } from './sign-on-settings.controller.js';
import { SlotsController } from './slots.controller.js';
import { StatusController } from './status.controller.js';
import { SystemController } from './system.controller.js';
import { TokenPolicyController } from './token-policy.controller.js';
import { TokensController } from './tokens.controller.js';
import { UsageController } from './usage.controller.js';
import { UsersController } from './users.controller.js';
import { WebhooksController } from './webhooks.controller.js';
import { WorkspacesController } from './workspaces.controller.js';

/** All that is served below `/api/v1`, in the order of the OpenAPI document. */
export const API_CONTROLLERS = [
  StatusController, HomeController, ActivityController, WorkspacesController, ProjectsController, ProjectSettingsController, PagesController, PagesWriteController, EditsController, PinsController, HistoryController, BlamesController, PurgesController, ReindexesController, ErasuresController, HoldsController, ExportsController, RetentionController, CaptureRetentionController, RelatedController, GraphController, ArchivesController, BootstrapController, ReviewController, SearchController,
  SessionsController, HandoffsController, SlotsController, ProfileController, MessagesController, BriefingController, FeedbackController, LintController, ConsolidationsController, ModelSettingsController, UsersController, GroupsController, GrantsController, ServiceAccountsController, TokensController, TokenPolicyController, ConnectionsController,
  AuditController, UsageController, WebhooksController, OrganisationsController, SystemController, MeController, SignInsController, PasswordsController, SignOnSettingsController,
] as const;
