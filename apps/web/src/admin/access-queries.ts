import { queryOptions } from '@tanstack/react-query';
import type { Schema } from 'ai-memory-api-client';
import { api, ask } from '../api/client.js';

export type Grant = Schema<'Grant'>;
export type Level = Grant['level'];

export const LEVELS: readonly Level[] = ['read', 'write', 'admin'];

/** What is granted: of a project, or where that is not told, of all in a workspace. */
export interface Granted {
  workspace: string;
  project?: string;
}

export const organisationQuery = queryOptions({ queryKey: ['admin', 'organisation'], queryFn: ({ signal }) => ask(api.GET('/api/v1/organisation', { signal })) });
export const workspacesQuery = queryOptions({ queryKey: ['admin', 'workspaces'], queryFn: ({ signal }) => ask(api.GET('/api/v1/workspaces', { signal })) });

export const grantsQuery = ({ workspace, project }: Granted) => queryOptions({
  queryKey: ['admin', 'grants', workspace, project ?? ''],
  queryFn: ({ signal }) => ask(project === undefined ? api.GET('/api/v1/workspaces/{workspace}/grants', { params: { path: { workspace } }, signal })
    : api.GET('/api/v1/workspaces/{workspace}/projects/{project}/grants', { params: { path: { workspace, project } }, signal })),
});

export function putGrant({ workspace, project }: Granted, body: { user?: string; group?: string; level: Level }) {
  return ask(project === undefined ? api.PUT('/api/v1/workspaces/{workspace}/grants', { params: { path: { workspace } }, body }) : api.PUT('/api/v1/workspaces/{workspace}/projects/{project}/grants', { params: { path: { workspace, project } }, body }));
}

export function removeGrant({ workspace, project }: Granted, grant: string) {
  return ask(project === undefined ? api.DELETE('/api/v1/workspaces/{workspace}/grants/{grant}', { params: { path: { workspace, grant } } })
    : api.DELETE('/api/v1/workspaces/{workspace}/projects/{project}/grants/{grant}', { params: { path: { workspace, project, grant } } }));
}
