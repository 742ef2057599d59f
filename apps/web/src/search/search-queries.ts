import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import type { SearchAddress } from './search-address.js';

const DAY_MS = 86_400_000;

/** What was found before stays until the next is there. */
export const searchQuery = ({ q = '', workspace, project, kind, days, explain }: SearchAddress, limit = 20) => queryOptions({
  queryKey: ['search', { q, workspace, project, kind, days, explain }, limit],
  enabled: q.trim() !== '',
  placeholderData: keepPreviousData,
  staleTime: 30_000,
  queryFn: ({ signal }) => ask(api.GET('/api/v1/search', {
    params: { query: {
      q, limit, ...(workspace ? { workspace } : {}), ...(workspace && project ? { project } : {}), ...(kind ? { kind: [kind] as never } : {}), ...(explain ? { explain: 'true' as never } : {}),
      ...(days ? { after: new Date(Date.now() - days * DAY_MS).toISOString() } : {}),
    } },
    signal,
  })),
});
