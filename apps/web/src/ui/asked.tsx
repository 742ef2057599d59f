import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading, Problem } from './states.js';

/** Shows an answer, or that it is on its way, or why there is none. What was there before stays while it is asked anew. */
export function Asked<T>({ query, lines, isWholePage, children }: { query: UseQueryResult<T>; lines?: number; isWholePage?: boolean; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Problem error={query.error} isWholePage={isWholePage} onRetry={() => void query.refetch()} />;
  return <Loading lines={lines} />;
}
