import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Schema } from 'ai-memory-api-client';
import { useEffect, useMemo, useState } from 'react';
import { api, ask } from '../api/client.js';
import type { Place } from '../api/queries.js';
import { type Happening, newestFirst } from './newest-first.js';

/** While there is no stream: a proxy may let none through, or too many are open. */
const POLL_MS = 4_000;

const latestQuery = (place?: Place) => queryOptions({
  queryKey: ['activity', place ?? null],
  staleTime: 0,
  queryFn: ({ signal }) => ask(api.GET('/api/v1/activity', { params: { query: { ...place } }, signal })),
});

/** What happens, newest first, in one project or in all: as it happens where the server can say so, else every few seconds. */
export function useHappenings(place?: Place) {
  const { workspace, project } = place ?? {};
  const [streamed, setStreamed] = useState<Happening[]>([]);
  const [isLive, setLive] = useState(false);
  const query = useQuery({ ...latestQuery(place), refetchInterval: isLive ? false : POLL_MS });
  useEffect(() => {
    setStreamed([]);
    const wanted = workspace && project ? `?${new URLSearchParams({ workspace, project }).toString()}` : '';
    const source = new EventSource(`/api/v1/activity/stream${wanted}`);
    source.addEventListener('open', () => setLive(true));
    // The browser comes back by itself, but not where it was refused.
    source.addEventListener('error', () => setLive(false));
    source.addEventListener('message', ({ data }: MessageEvent<string>) => setStreamed((before) => newestFirst(before, [JSON.parse(data) as Schema<'Happening'>])));
    return () => source.close();
  }, [workspace, project]);
  const happenings = useMemo(() => newestFirst(streamed, query.data?.happenings ?? []), [streamed, query.data]);
  return { happenings, isLive, query };
}
