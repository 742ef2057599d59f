import { queryOptions } from '@tanstack/react-query';
import type { Schema } from 'ai-memory-api-client';
import { api, ask } from '../api/client.js';

export type User = Schema<'User'>;
export type Role = User['role'];

export const ROLES: readonly Role[] = ['owner', 'admin', 'member', 'viewer'];

export const usersQuery = queryOptions({ queryKey: ['admin', 'users'], queryFn: ({ signal }) => ask(api.GET('/api/v1/users', { signal })) });
export const groupsQuery = queryOptions({ queryKey: ['admin', 'groups'], queryFn: ({ signal }) => ask(api.GET('/api/v1/groups', { signal })) });
export const serviceAccountsQuery = queryOptions({ queryKey: ['admin', 'service-accounts'], queryFn: ({ signal }) => ask(api.GET('/api/v1/service-accounts', { signal })) });

export const groupQuery = (group: string) => queryOptions({
  queryKey: ['admin', 'groups', group], queryFn: ({ signal }) => ask(api.GET('/api/v1/groups/{group}', { params: { path: { group } }, signal })),
});

/** Roles that a person may give: only owners make owners. */
export function rolesGivenBy(role: Role | undefined): readonly Role[] {
  return role === 'owner' ? ROLES : ROLES.filter((each) => each !== 'owner');
}
