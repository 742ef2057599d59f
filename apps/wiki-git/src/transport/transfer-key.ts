import type { TenantScope } from '#libs/tenancy';

/** Under which a transfer is kept, so that nobody but who began it can go on with it. */
export function transferKey({ organisationId, actor }: TenantScope, projectId: string, transferId: string): string {
  return [organisationId, actor.type === 'user' ? actor.userId : actor.service, projectId, transferId].join(' ');
}
