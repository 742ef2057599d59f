import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';

const EVENTS_AT_A_TIME = 200;
/** A line or two of each; the whole text is asked for where somebody opens it. */
const SHORT_CHARS = 600;
const WHOLE_CHARS = 16_384;

/** A session's events from the first on, two hundred at a time. */
export const timelineQuery = (session: string) => infiniteQueryOptions({
  queryKey: ['session', session, 'timeline'],
  initialPageParam: 0,
  queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/sessions/{session}/observations', { params: { path: { session }, query: { limit: EVENTS_AT_A_TIME, offset: pageParam, body_max_chars: SHORT_CHARS } }, signal })),
  getNextPageParam: (last, all) => (last.observations.length === EVENTS_AT_A_TIME && all.length * EVENTS_AT_A_TIME < last.total ? all.length * EVENTS_AT_A_TIME : undefined),
});

/** One event whole: the `index`th of its session. */
export const wholeEventQuery = (session: string, index: number) => ({
  queryKey: ['session', session, 'event', index],
  staleTime: Infinity,
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const { observations } = await ask(api.GET('/api/v1/sessions/{session}/observations', { params: { path: { session }, query: { limit: 1, offset: index, body_max_chars: WHOLE_CHARS } }, signal }));
    return observations[0] ?? null;
  },
});
