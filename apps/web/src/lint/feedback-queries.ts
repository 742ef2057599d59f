import { queryOptions } from '@tanstack/react-query';
import type { Schema } from 'ai-memory-api-client';
import { api, ask } from '../api/client.js';
import type { Place } from '../api/queries.js';

export type Signal = Schema<'Feedback'>['remarks'][number]['signal'];
export const SIGNALS: readonly Signal[] = ['helpful', 'not_helpful', 'stale', 'wrong'];

/** What people said of a project's pages, the last judged first. */
export const feedbackQuery = (place: Place) => queryOptions({
  queryKey: ['project', place, 'feedback'],
  queryFn: ({ signal }) => ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/feedback', { params: { path: { ...place }, query: { limit: 100 } }, signal })),
});
