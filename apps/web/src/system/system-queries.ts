import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';

/** While somebody looks: how often the state is asked for anew. */
const LOOK_EVERY_MS = 10_000;

export const systemQuery = queryOptions({ queryKey: ['system'], refetchInterval: LOOK_EVERY_MS, queryFn: ({ signal }) => ask(api.GET('/api/v1/system', { signal })) });
export const deadLettersQuery = queryOptions({ queryKey: ['system', 'dead-letters'], queryFn: ({ signal }) => ask(api.GET('/api/v1/system/dead-letters', { signal })) });
export const installationReindexesQuery = queryOptions({ queryKey: ['system', 'reindexes'], refetchInterval: LOOK_EVERY_MS, queryFn: ({ signal }) => ask(api.GET('/api/v1/installation/reindexes', { signal })) });
export const limitsQuery = (organisation: string) => queryOptions({ queryKey: ['system', 'limits', organisation], queryFn: ({ signal }) => ask(api.GET('/api/v1/organisations/{organisation}/limits', { params: { path: { organisation } }, signal })) });
