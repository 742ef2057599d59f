import { queryOptions } from '@tanstack/react-query';
import type { Schema } from 'ai-memory-api-client';
import { api, ask } from '../api/client.js';
import type { Place } from '../api/queries.js';

export type SignOnSettings = Schema<'SignOnSettings'>;

const readModels = ({ signal }: { signal?: AbortSignal }) => ask(api.GET('/api/v1/model-settings', { signal }));

export type ModelSettings = Awaited<ReturnType<typeof readModels>>['settings'];
export type Model = ModelSettings['models'][number];

export const signOnQuery = queryOptions({ queryKey: ['admin', 'sign-on'], queryFn: ({ signal }) => ask(api.GET('/api/v1/sign-on-settings', { signal })) });
export const modelsQuery = queryOptions({ queryKey: ['admin', 'models'], queryFn: readModels });
export const spendingQuery = queryOptions({ queryKey: ['admin', 'spending'], queryFn: ({ signal }) => ask(api.GET('/api/v1/spending', { params: { query: { months: 12 } }, signal })) });
export const usageQuery = queryOptions({ queryKey: ['admin', 'usage'], queryFn: ({ signal }) => ask(api.GET('/api/v1/usage', { params: { query: { days: 30 } }, signal })) });
export const auditRetentionQuery = queryOptions({ queryKey: ['admin', 'audit-retention'], queryFn: ({ signal }) => ask(api.GET('/api/v1/audit/retention', { signal })) });
export const captureRetentionQuery = queryOptions({ queryKey: ['admin', 'capture-retention'], queryFn: ({ signal }) => ask(api.GET('/api/v1/capture-retention', { signal })) });
export const webhooksQuery = queryOptions({ queryKey: ['admin', 'webhooks'], queryFn: ({ signal }) => ask(api.GET('/api/v1/webhooks', { signal })) });

export const projectCaptureRetentionQuery = (place: Place) => queryOptions({
  queryKey: ['admin', 'capture-retention', place],
  queryFn: ({ signal }) => ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/capture-retention', { params: { path: { ...place } }, signal })),
});

export const pageRetentionQuery = (place: Place) => queryOptions({
  queryKey: ['admin', 'page-retention', place],
  queryFn: ({ signal }) => ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/retention', { params: { path: { ...place } }, signal })),
});

export const deliveriesQuery = (webhook: string) => queryOptions({
  queryKey: ['admin', 'webhooks', webhook, 'deliveries'], queryFn: ({ signal }) => ask(api.GET('/api/v1/webhooks/{webhook}/deliveries', { params: { path: { webhook } }, signal })),
});
