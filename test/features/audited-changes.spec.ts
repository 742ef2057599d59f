import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { AUDIT_ACTIONS, type AuditAction } from '#libs/audit';
import * as contracts from '#libs/contracts';
import type { RequestContract } from '#libs/contracts';
import { API_CONTROLLERS } from '../../apps/gateway/src/http/api-controllers.js';
import { routeTable } from '../../apps/gateway/src/http/route-table.js';
import { TOOLSETS } from '../../apps/gateway/src/mcp/toolset.js';

/** The actions that a change may record, or why it is none that the log is about. */
type Recorded = readonly AuditAction[] | { readonly notRecorded: string };

const WORK = { notRecorded: 'the work of a session: kept as a row that names its author' };
const OWN_NOTES = { notRecorded: 'a person\'s own notes and messages, which are nobody else\'s to look through' };
const QUESTION = { notRecorded: 'asks, and changes nothing' };
const ASKED_MODELS = { notRecorded: 'asks models for a word; what it took is in the spending' };
const ERASED = { notRecorded: 'a step of an erasure, which is recorded when it begins and has a report of its own' };
const INDEX = { notRecorded: 'makes an index anew from what is there; nothing that anybody wrote or may do changes' };
const WRITES: readonly AuditAction[] = ['pages.written'];
const P = '/api/v1/workspaces/{workspace}/projects/{project}';

const ROUTES: Readonly<Record<string, Recorded>> = {
  [`PUT ${P}`]: ['project.created', 'workspace.created'],
  [`PUT ${P}/pages/{path}`]: WRITES,
  [`DELETE ${P}/pages/{path}`]: WRITES,
  [`POST ${P}/edit/{path}`]: WRITES,
  [`POST ${P}/pin/{path}`]: WRITES,
  [`POST ${P}/restore/{path}`]: WRITES,
  [`POST ${P}/revert`]: ['pages.reverted'],
  [`DELETE ${P}/history/{path}`]: ['purge.begun', 'purge.finished'],
  'DELETE /api/v1/sessions/{session}': ['purge.begun', 'purge.finished'],
  [`PUT ${P}/retention`]: ['retention.changed'],
  [`POST ${P}/import`]: ['pages.imported'],
  [`POST ${P}/bootstrap`]: WRITES,
  [`PUT ${P}/review`]: ['review.mode-changed'],
  [`POST ${P}/review/{proposal}/approve`]: ['proposal.approved'],
  [`POST ${P}/review/{proposal}/reject`]: ['proposal.rejected'],
  'POST /api/v1/search': QUESTION,
  'POST /api/v1/sessions/{session}/finalize': WORK,
  [`POST ${P}/handoffs`]: WORK,
  [`POST ${P}/handoffs/{handoff}/cancel`]: WORK,
  [`PUT ${P}/slots/{slot}`]: OWN_NOTES,
  [`DELETE ${P}/slots/{slot}`]: OWN_NOTES,
  'PUT /api/v1/profile/{slot}': OWN_NOTES,
  'DELETE /api/v1/profile/{slot}': OWN_NOTES,
  [`POST ${P}/messages`]: OWN_NOTES,
  [`POST ${P}/messages/claim`]: OWN_NOTES,
  [`POST ${P}/messages/{message}/cancel`]: OWN_NOTES,
  [`POST ${P}/feedback/{path}`]: WORK,
  'POST /api/v1/sessions/{session}/consolidate': WORK,
  'PUT /api/v1/model-settings': ['models.changed'],
  'POST /api/v1/model-settings/test': ASKED_MODELS,
  'POST /api/v1/users': ['user.created'],
  'POST /api/v1/tokens': ['token.created'],
  'DELETE /api/v1/tokens/{token}': ['token.revoked'],
  'POST /api/v1/tokens/{token}/rotate': ['token.rotated', 'token.created'],
  'PUT /api/v1/token-policy': ['token.policy-changed'],
  'POST /api/v1/service-accounts': ['user.created'],
  'DELETE /api/v1/service-accounts/{account}': ['user.changed'],
  'DELETE /api/v1/connections/{connection}': ['connection.revoked'],
  'DELETE /api/v1/sign-ins/{sign_in}': ['signin.ended'],
  'PUT /api/v1/sign-on-settings': ['signon.settings-changed'],
  'PUT /api/v1/users/{user}/password': ['password.set'],
  'DELETE /api/v1/users/{user}/password': ['password.removed'],
  'POST /api/v1/users/{user}/invitation': ['invitation.created'],
  'PUT /api/v1/users/{user}/role': ['user.changed'],
  'POST /api/v1/users/{user}/disable': ['user.changed'],
  'POST /api/v1/users/{user}/enable': ['user.changed'],
  'PUT /api/v1/groups/{group}': ['group.created'],
  'DELETE /api/v1/groups/{group}': ['group.removed'],
  'PUT /api/v1/groups/{group}/members/{user}': ['group.member-added'],
  'DELETE /api/v1/groups/{group}/members/{user}': ['group.member-removed'],
  [`PUT ${P}/grants`]: ['grant.given'],
  [`DELETE ${P}/grants/{grant}`]: ['grant.removed'],
  'PUT /api/v1/workspaces/{workspace}/grants': ['grant.given'],
  'DELETE /api/v1/workspaces/{workspace}/grants/{grant}': ['grant.removed'],
  [`POST ${P}/move`]: ['project.moved', 'workspace.created'],
  [`PUT ${P}/visibility`]: ['project.visibility-changed'],
  'POST /api/v1/workspaces/{workspace}/rename': ['workspace.renamed'],
  'PUT /api/v1/organisation': ['organisation.visibility-changed'],
  [`POST ${P}/reindexes`]: INDEX,
  'POST /api/v1/reindexes': INDEX,
  'POST /api/v1/installation/reindexes': INDEX,
  'POST /api/v1/system/dead-letters/{dead_letter}/requeue': ['event.requeued'],
  'DELETE /api/v1/system/dead-letters/{dead_letter}': ['event.removed'],
  'PUT /api/v1/audit/retention': ['audit.retention-changed', 'audit.forgotten'],
  'PUT /api/v1/organisations/{organisation}/limits': ['limits.changed'],
  [`DELETE ${P}`]: ['erasure.begun'],
  'DELETE /api/v1/organisations/{organisation}': ['erasure.begun'],
  'DELETE /api/v1/users/{user}': ['erasure.begun'],
  'DELETE /api/v1/me': ['erasure.begun'],
  'PUT /api/v1/erasures/policy': ['erasure.policy-changed'],
  'PUT /api/v1/capture-retention': ['capture.retention-changed', 'capture.expired'],
  [`PUT ${P}/capture-retention`]: ['capture.retention-changed', 'capture.expired'],
  'POST /api/v1/webhooks': ['webhook.created'],
  'DELETE /api/v1/webhooks/{webhook}': ['webhook.removed'],
  'POST /api/v1/holds': ['hold.placed'],
  'DELETE /api/v1/holds/{hold}': ['hold.lifted'],
  'POST /api/v1/organisations': ['organisation.created', 'token.created'],
};

const TOOLS: Readonly<Record<string, Recorded>> = {
  memory_write_page: WRITES,
  memory_delete_page: WRITES,
  memory_restore_page: WRITES,
  memory_consolidate: WORK,
  memory_feedback: WORK,
  memory_handoff_begin: WORK,
  memory_handoff_accept: WORK,
  memory_handoff_cancel: WORK,
  memory_message_send: OWN_NOTES,
  memory_message_pop: OWN_NOTES,
  memory_message_cancel: OWN_NOTES,
  memory_slot_write: OWN_NOTES,
  memory_slot_delete: OWN_NOTES,
};

const REQUESTS: Readonly<Record<string, Recorded>> = {
  'ingest.capture-events.v1': { notRecorded: 'events are evidence themselves; the project and workspace that the first of them makes are recorded' },
  'ingest.finalize-session.v1': WORK,
  'compiler.erase-compiled.v1': ERASED,
  'ingest.erase-captured.v1': ERASED,
  'search.erase-index.v1': ERASED,
  'wiki-git.erase-wiki.v1': ERASED,
  'compiler.erase-user-compiled.v1': ERASED,
  'search.erase-user-index.v1': ERASED,
  'ingest.write-capture-retention.v1': ['capture.retention-changed'],
  'wiki-git.add-webhook.v1': ['webhook.created'],
  'wiki-git.delete-webhook.v1': ['webhook.removed'],
  'wiki-git.erase-user-wiki.v1': ['purge.begun', 'purge.finished'],
  'search.begin-reindexes.v1': INDEX,
  'search.begin-all-reindexes.v1': INDEX,
  'compiler.begin-handoff.v1': WORK,
  'compiler.claim-handoff.v1': WORK,
  'compiler.cancel-handoff.v1': WORK,
  'compiler.write-feedback.v1': WORK,
  'compiler.consolidate-session.v1': WORK,
  'compiler.send-message.v1': OWN_NOTES,
  'compiler.claim-messages.v1': OWN_NOTES,
  'compiler.cancel-message.v1': OWN_NOTES,
  'compiler.write-slot.v1': OWN_NOTES,
  'compiler.delete-slot.v1': OWN_NOTES,
  'compiler.bootstrap-project.v1': WRITES,
  'compiler.write-model-settings.v1': ['models.changed'],
  'compiler.test-models.v1': ASKED_MODELS,
  'wiki-git.write-pages.v1': WRITES,
  'wiki-git.revert-writes.v1': ['pages.reverted'],
  'wiki-git.stage-push.v1': { notRecorded: 'puts bytes aside; what they do is recorded when they are taken in' },
  'wiki-git.receive-push.v1': ['git.pushed'],
  'wiki-git.import-pages.v1': ['pages.imported'],
  'wiki-git.decide-proposal.v1': ['proposal.approved', 'proposal.rejected'],
  'wiki-git.set-review-mode.v1': ['review.mode-changed'],
  'wiki-git.write-retention.v1': ['retention.changed'],
  'wiki-git.begin-purge.v1': ['purge.begun', 'purge.finished'],
};

/** Recorded where nobody asks for a change by the API, or where one is refused. */
const ELSEWHERE: readonly AuditAction[] = ['signin.succeeded', 'connection.made', 'group.members-set', 'signin.failed', 'access.refused', 'pages.archived', 'pages.exported', 'data.exported', 'audit.exported'];

describe('every change has its entry in the audit log, or a reason to have none:', () => {
  it('routes', () => {
    const changing = routeTable(API_CONTROLLERS).filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(ROUTES).sort()).toEqual(changing.sort());
  });

  it('tools', () => {
    const changing = TOOLSETS.full.filter(({ listed }) => !listed.annotations?.readOnlyHint).map(({ name }) => name);
    expect(Object.keys(TOOLS).sort()).toEqual(changing.sort());
  });

  it('requests of the bus', () => {
    const changing = Object.values<unknown>(contracts).filter((each): each is RequestContract => (each as RequestContract).type === 'request' && (each as RequestContract).isChange);
    expect(Object.keys(REQUESTS).sort()).toEqual(changing.map(({ subject }) => subject).sort());
  });

  it('and every action is some change\'s', () => {
    const recorded = [ROUTES, TOOLS, REQUESTS].flatMap((table) => Object.values(table)).flatMap((each) => ('notRecorded' in each ? [] : each));
    expect([...new Set([...recorded, ...ELSEWHERE])].sort()).toEqual(Object.keys(AUDIT_ACTIONS).sort());
  });
});
