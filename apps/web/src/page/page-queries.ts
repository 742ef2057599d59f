import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import type { Place } from '../api/queries.js';

/** Which page of which project. */
export interface PageRef extends Place {
  path: string;
}

export const pageKey = ({ workspace, project, path }: PageRef) => ['project', { workspace, project }, 'page', path] as const;

/** The page, as it is or as it was in a commit. */
export const pageQuery = (ref: PageRef, at?: string) => queryOptions({
  queryKey: [...pageKey(ref), 'body', at ?? null],
  ...(at ? { staleTime: Infinity } : {}),
  queryFn: ({ signal }) => ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/pages/{path}', { params: { path: { ...ref }, query: at ? { at } : {} }, signal })),
});

export const relatedQuery = (ref: PageRef) => queryOptions({
  queryKey: [...pageKey(ref), 'related'],
  queryFn: ({ signal }) => ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/related/{path}', { params: { path: { ...ref }, query: { limit: 12 } }, signal })),
});

export const historyQuery = (ref: PageRef) => queryOptions({
  queryKey: [...pageKey(ref), 'history'],
  queryFn: ({ signal }) => ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/history/{path}', { params: { path: { ...ref }, query: { limit: 100 } }, signal })),
});
