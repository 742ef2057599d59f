import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import type { Place } from '../api/queries.js';

const PAGES_AT_A_TIME = 100;
/** So that a tree of a large wiki does not ask without end; further pages are found by search. */
export const TREE_PAGES_MAX = 2_000;

/** All pages of a project by path, hundred by hundred. */
export const projectPagesQuery = (place: Place) => infiniteQueryOptions({
  queryKey: ['project', place, 'pages'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/pages', { params: { path: { ...place }, query: { limit: PAGES_AT_A_TIME, ...(pageParam ? { cursor: pageParam } : {}) } }, signal })),
  getNextPageParam: (last, all) => (all.length * PAGES_AT_A_TIME < TREE_PAGES_MAX ? (last.next_cursor ?? undefined) : undefined),
});

export const recentPagesQuery = (place: Place) => queryOptions({
  queryKey: ['project', place, 'recent'],
  queryFn: ({ signal }) => ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/recent', { params: { path: { ...place }, query: { limit: 12 } }, signal })),
});

export const pinnedQuery = (place: Place) => queryOptions({
  queryKey: ['project', place, 'rules'],
  queryFn: async ({ signal }) => {
    const path = { ...place };
    const [rules, recent] = await Promise.all([
      ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/pages', { params: { path, query: { limit: 50, kind: ['rule'] } }, signal })),
      ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/recent', { params: { path, query: { limit: 100 } }, signal })),
    ]);
    return [...rules.pages, ...recent.pages.filter(({ pinned, kind }) => pinned && kind !== 'rule')];
  },
});

export const daysQuery = (place: Place) => queryOptions({
  queryKey: ['project', place, 'days'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/days', { params: { path: { ...place } }, signal })),
});

export type SessionState = 'open' | 'ended' | 'all';

export const sessionsQuery = (place: Place, { state = 'all', offset = 0, limit = 50 }: { state?: SessionState; offset?: number; limit?: number } = {}) => queryOptions({
  queryKey: ['project', place, 'sessions', state, offset, limit],
  placeholderData: keepPreviousData,
  queryFn: ({ signal }) => ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/sessions', { params: { path: { ...place }, query: { state, offset, limit } }, signal })),
});
