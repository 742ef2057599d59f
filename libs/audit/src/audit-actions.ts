/** What may stand in an entry beside who, when and where: never a text of a page, a prompt, a message or a secret. */
export type AuditValue = string | number | boolean | null | readonly string[];

/**
 * Every action that is recorded, with the fields that its entry may name before and after. What is not listed is not
 * recorded, so that neither content nor a secret gets in with a field that somebody adds elsewhere.
 */
export const AUDIT_ACTIONS = {
  'organisation.created': ['name'],
  'user.created': ['role'],
  'user.changed': ['role', 'disabled'],
  'group.created': ['name'],
  'group.removed': ['name', 'members'],
  'group.members-set': ['members'],
  'group.member-added': ['user_id'],
  'group.member-removed': ['user_id'],
  'grant.given': ['to', 'level'],
  'grant.removed': ['to', 'level'],
  'data.exported': ['user_id', 'project_id'],
  'token.created': ['name', 'user_id', 'kind', 'expires_at', 'scopes', 'project_ids'],
  'token.rotated': ['name', 'user_id', 'token_id', 'expires_at'],
  'token.policy-changed': ['days_max', 'may_never_expire'],
  'token.revoked': ['name', 'user_id'],
  'password.set': [],
  'password.removed': [],
  'invitation.created': [],
  'signin.succeeded': ['method'],
  'signin.ended': [],
  'signon.settings-changed': ['issuer', 'client_id', 'default_role'],
  'connection.made': ['client', 'scopes', 'project_ids'],
  'connection.revoked': ['client'],
  'workspace.created': ['name'],
  'project.created': ['name', 'identity'],
  'project.moved': ['workspace', 'name'],
  'project.visibility-changed': ['visibility'],
  'workspace.renamed': ['name'],
  'organisation.visibility-changed': ['visibility'],
  'pages.written': ['commit', 'paths', 'deleted', 'pages', 'by', 'agent', 'session_id'],
  'pages.reverted': ['commit', 'paths', 'deleted', 'pages', 'session_id', 'user_id'],
  'pages.archived': ['commit', 'paths', 'pages'],
  'pages.imported': ['commit', 'added', 'changed', 'refused'],
  'pages.exported': ['commit'],
  'git.pushed': ['commit'],
  'proposal.approved': ['path', 'commit'],
  'proposal.rejected': ['path'],
  'review.mode-changed': ['mode'],
  'retention.changed': ['enabled', 'half_life_days'],
  'capture.retention-changed': ['retention_days'],
  'capture.expired': ['sessions'],
  'purge.begun': ['path', 'session_id', 'user_id', 'purge_id'],
  'purge.finished': ['purge_id'],
  'erasure.begun': ['erasure_id'],
  'erasure.policy-changed': ['by_oneself'],
  'hold.placed': ['project_id'],
  'hold.lifted': ['project_id'],
  'models.changed': ['enabled', 'automatic', 'models', 'monthly_cap_usd', 'monthly_cap_tokens'],
  'webhook.created': ['name', 'host', 'mode', 'on_failure'],
  'webhook.removed': ['name'],
  'limits.changed': ['limits'],
  'event.requeued': ['subject', 'listener'],
  'event.removed': ['subject', 'listener'],
  'audit.exported': ['from', 'to'],
  'audit.retention-changed': ['retention_days'],
  'audit.forgotten': ['entries', 'until'],
  'signin.failed': ['code'],
  'access.refused': ['code'],
} as const satisfies Record<string, readonly string[]>;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

/** A thing before or after a change, as far as it is recorded. */
export type AuditFacts<A extends AuditAction> = { readonly [Field in (typeof AUDIT_ACTIONS)[A][number]]?: AuditValue };
