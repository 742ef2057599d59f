import { queryOptions } from '@tanstack/react-query';
import type { Schema } from 'ai-memory-api-client';
import { api, ask } from '../api/client.js';

export type Token = Schema<'Token'>;
export type TokenScope = Token['scopes'][number];

/** All that a token may be let do, in the order in which people think of it. */
export const TOKEN_SCOPES: readonly TokenScope[] = ['ingest:write', 'memory:read', 'memory:write', 'pages:write', 'git', 'admin:people', 'admin:tokens', 'admin:settings', 'admin:audit', 'admin:data'];
export const READING_SCOPES: readonly TokenScope[] = ['memory:read', 'git'];
/** Of an agent: it captures, reads and writes, and administers nothing. */
export const AGENT_SCOPES: readonly TokenScope[] = ['ingest:write', 'memory:read', 'memory:write', 'pages:write', 'git'];

const DAYS = [7, 30, 90, 365, 730] as const;

/** One's own; of owners and admins all of the organisation. */
export const tokensQuery = queryOptions({ queryKey: ['tokens'], queryFn: ({ signal }) => ask(api.GET('/api/v1/tokens', { signal })) });
export const tokenPolicyQuery = queryOptions({ queryKey: ['token-policy'], queryFn: ({ signal }) => ask(api.GET('/api/v1/token-policy', { signal })) });

/** How long a new token may live, in days: what the policy allows of the usual spans, and its own longest. */
export function daysAllowed(daysMax: number): number[] {
  const usual = DAYS.filter((days) => days <= daysMax);
  return usual.length > 0 ? [...usual] : [daysMax];
}
