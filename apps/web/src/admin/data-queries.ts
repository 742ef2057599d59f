import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';

export const ERASED = ['projects', 'users'] as const;
export type Erased = (typeof ERASED)[number];

export const erasuresQuery = (of: Erased) => queryOptions({ queryKey: ['admin', 'erasures', of], queryFn: ({ signal }) => ask(api.GET('/api/v1/erasures', { params: { query: { of } }, signal })) });
export const erasurePolicyQuery = queryOptions({ queryKey: ['admin', 'erasure-policy'], queryFn: ({ signal }) => ask(api.GET('/api/v1/erasures/policy', { signal })) });
export const holdsQuery = queryOptions({ queryKey: ['admin', 'holds'], queryFn: ({ signal }) => ask(api.GET('/api/v1/holds', { signal })) });
