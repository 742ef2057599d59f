import { type AuditAction, type AuditFacts, recordAudit } from '#libs/audit';
import type { TenantScope } from '#libs/tenancy';
import type { HeldRepository, Project } from './repositories.service.js';
import type { NewCommit } from './new-commit.js';

type CommitAction = Extract<AuditAction, 'pages.written' | 'pages.reverted' | 'pages.archived'>;

/**
 * A commit of pages, and its entry in the audit log: which pages, by whom; nothing of what they say. What machines call a page is made
 * of what it says, and a purge could not take it out of the log: of theirs the commit alone is told.
 */
export async function recordedCommit(
  held: HeldRepository, scope: TenantScope, { projectName }: Project, commit: NewCommit, { action, facts = {} }: { action: CommitAction; facts?: AuditFacts<'pages.written'> & AuditFacts<'pages.reverted'> },
): Promise<string> {
  const id = await held.commit(commit);
  const { writes, deletes, author: { agent, sessionId } } = commit;
  const paths = [...writes.map(({ path }) => path), ...deletes];
  const isNamed = facts.by === 'person' || facts.by === 'agent';
  await recordAudit(held.tx, scope, {
    action, target: `project:${projectName}`, after: { commit: id, ...(isNamed ? { paths } : {}), pages: paths.length, deleted: deletes.length, agent, session_id: sessionId, ...facts },
  });
  return id;
}
