import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import { type Place, queryClient } from '../api/queries.js';

export const REVIEW_STATES = ['open', 'approved', 'rejected'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];
export type Decision = 'approve' | 'reject';

export const reviewKey = (place: Place) => ['project', place, 'review'] as const;

export const reviewQuery = (place: Place, state: ReviewState) => queryOptions({
  queryKey: [...reviewKey(place), 'list', state],
  queryFn: ({ signal }) => ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/review', { params: { path: { ...place }, query: { state, limit: 100 } }, signal })),
});

export const proposalQuery = (place: Place, proposal: string) => queryOptions({
  queryKey: [...reviewKey(place), 'proposal', proposal],
  queryFn: ({ signal }) => ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/review/{proposal}', { params: { path: { ...place, proposal } }, signal })),
});

/** One after the other, as each approval changes the wiki that the next is brought into; of a single one with the text that it shall have. Gives why the others could not be. */
export async function decideAll(place: Place, proposals: readonly string[], decision: Decision, text?: string): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const proposal of proposals) await decide(place, proposal, decision, text).catch((error: unknown) => failures.push(error));
  await queryClient.invalidateQueries({ queryKey: ['project', place] });
  return failures;
}

function decide(place: Place, proposal: string, decision: Decision, text?: string) {
  const params = { path: { ...place, proposal } };
  return decision === 'approve'
    ? ask(api.POST('/api/v1/workspaces/{workspace}/projects/{project}/review/{proposal}/approve', { params, ...(text === undefined ? {} : { body: { text } }) }))
    : ask(api.POST('/api/v1/workspaces/{workspace}/projects/{project}/review/{proposal}/reject', { params }));
}
