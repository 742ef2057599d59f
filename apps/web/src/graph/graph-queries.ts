import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import type { Place } from '../api/queries.js';
import { graphOf, type LinkedPage } from './graph-of.js';

/** More would neither be drawn in time nor be made out by anybody. */
export const GRAPH_PAGES_MAX = 5_000;

/** A project's pages by what they link to, thousand by thousand. */
export const graphQuery = (place: Place) => queryOptions({
  queryKey: ['project', place, 'graph'],
  staleTime: 60_000,
  // A layout begins anew with another graph: not for coming back to the window.
  refetchOnWindowFocus: false,
  queryFn: async ({ signal }) => {
    const pages: LinkedPage[] = [];
    let after: string | null = null;
    do {
      const query: { after?: string } = after === null ? {} : { after };
      const { pages: more, next }: { pages: LinkedPage[]; next: string | null } = await ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/links', { params: { path: { ...place }, query }, signal }));
      pages.push(...more);
      after = next;
    } while (after !== null && pages.length < GRAPH_PAGES_MAX);
    return { graph: graphOf(pages), isCut: after !== null };
  },
});
