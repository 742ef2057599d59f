import { QueryClient, queryOptions } from '@tanstack/react-query';
import { api, ask } from './client.js';
import { isPassing } from './problem.js';

/** Answers are shown at once when a page is opened again, and asked for anew behind them. */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 15_000, gcTime: 10 * 60_000, retry: (count, error) => count < 2 && isPassing(error), refetchOnWindowFocus: true }, mutations: { retry: false } },
});

export interface Place {
  workspace: string;
  project: string;
}

const readMe = ({ signal }: { signal?: AbortSignal }) => ask(api.GET('/api/v1/me', { signal }));

export type Me = Awaited<ReturnType<typeof readMe>>;

/** Who is signed in. */
export const meQuery = queryOptions({ queryKey: ['me'], staleTime: 5 * 60_000, queryFn: readMe });

export const projectsQuery = queryOptions({ queryKey: ['projects'], staleTime: 60_000, queryFn: ({ signal }) => ask(api.GET('/api/v1/projects', { signal })) });

/** A project, and what whoever looks may do in it. */
export const projectQuery = (place: Place) => queryOptions({
  queryKey: ['project', place, 'itself'],
  staleTime: 60_000,
  queryFn: ({ signal }) => ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}', { params: { path: { ...place } }, signal })),
});

export const projectStatusQuery = (place: Place) => queryOptions({
  queryKey: ['project', place, 'status'],
  queryFn: ({ signal }) => ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/status', { params: { path: { ...place } }, signal })),
});
