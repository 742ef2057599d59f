import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client.js';
import { PageRow } from '../project/page-row.js';
import { useStrings } from '../strings/strings.js';
import { Button } from '../ui/button.js';
import { Rows, Section } from '../ui/layout.js';
import { Empty, Loading, Problem } from '../ui/states.js';
import { agoText } from '../ui/time-ago.js';
import { lookedUntil } from './last-look.js';

const CHANGES_STEP = 15;

export const recentQuery = infiniteQueryOptions({
  queryKey: ['recent'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/recent', { params: { query: { limit: CHANGES_STEP, ...(pageParam ? { cursor: pageParam } : {}) } }, signal })),
  getNextPageParam: (last) => last.next_cursor ?? undefined,
});

/** Pages that changed in any project: those since the last look first, older ones below. */
export function RecentChanges() {
  const { home, language, time, shell, project } = useStrings();
  const [since] = useState(() => lookedUntil());
  const query = useInfiniteQuery(recentQuery);
  if (query.error && !query.data) return <Problem error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Section title={home.first}><Loading lines={10} /></Section>;
  const all = query.data.pages.flatMap(({ pages }) => pages);
  const fresh = since === null ? all : all.filter(({ page }) => page.updated_at > since);
  const older = all.slice(fresh.length);
  const rows = (pages: typeof all) => pages.map(({ scope, page }) => <PageRow key={`${scope.workspace}/${scope.project}/${page.path}`} place={scope} page={page} isPlaceShown />);
  const title = since === null ? home.first : home.since(agoText(since, language.code, time.now));
  return (
    <>
      <Section title={title}>
        {fresh.length > 0 ? <Rows label={title}>{rows(fresh)}</Rows> : all.length === 0 ? <Empty title={project.noPages} hint={project.noPagesHint} /> : <p className="rounded-lg border border-line px-3 py-3 text-sm text-quiet">{home.nothingNew}</p>}
      </Section>
      {older.length > 0 && <Section title={home.earlier}><Rows label={home.earlier}>{rows(older)}</Rows></Section>}
      {query.hasNextPage && <Button onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage}>{shell.more}</Button>}
    </>
  );
}
