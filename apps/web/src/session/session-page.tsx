import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useEffect, useMemo } from 'react';
import { useStrings } from '../strings/strings.js';
import { TextField } from '../ui/field.js';
import { Badge, PageTitle } from '../ui/layout.js';
import { Empty, Loading, Problem } from '../ui/states.js';
import { TimeAgo } from '../ui/time-ago.js';
import { rowsOf, targetOf } from './event-kind.js';
import { FILTERS, type SessionAddress } from './session-address.js';
import { SessionPages } from './session-pages.js';
import { timelineQuery } from './session-queries.js';
import { Timeline } from './timeline.js';

/** What happened in a session, event by event. */
export function SessionPage() {
  const { workspace, project, session: id } = useParams({ from: '/w/$workspace/$project/sessions/$session' });
  const address = useSearch({ from: '/w/$workspace/$project/sessions/$session' });
  const navigate = useNavigate();
  const { session: words, count } = useStrings();
  const query = useInfiniteQuery(timelineQuery(id));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const events = useMemo(() => query.data?.pages.flatMap(({ observations }) => observations) ?? [], [query.data]);
  const { filter = 'all', q = '' } = useDeferredValue(address);
  const rows = useMemo(() => rowsOf(events, filter, q), [events, filter, q]);
  if (query.error && events.length === 0) return <Problem isWholePage error={query.error} onRetry={() => void query.refetch()} />;
  const session = query.data?.pages[0]?.session;
  if (!session) return <Loading lines={12} />;
  const change = (next: SessionAddress): void => void navigate({ to: '.', search: { ...address, ...next, event: undefined, nth: undefined } as SessionAddress, replace: true });
  return (
    <>
      <PageTitle title={words.of(session.agent, session.owner.name)} of={project} above={<><TimeAgo at={session.started_at} /> · {count.events(session.observations)}{session.model ? ` · ${session.model}` : ''}{session.cwd ? ` · ${session.cwd}` : ''}</>}>
        {session.ended_at === null ? <Badge look="accent">{words.running}</Badge> : null}
      </PageTitle>
      <SessionPages place={{ workspace, project }} session={session} />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <div role="group" aria-label={words.timeline} className="flex flex-wrap gap-1">
          {FILTERS.map((each) => <Link key={each} to="." search={{ ...address, filter: each === 'all' ? undefined : each, event: undefined, nth: undefined } as never} replace activeOptions={{ exact: true }} aria-current={each === (address.filter ?? 'all') ? 'true' : undefined} className="rounded-md px-2.5 py-1 text-sm text-quiet hover:bg-hover [&[aria-current]]:bg-accent-soft [&[aria-current]]:text-accent">{words[each]}</Link>)}
        </div>
        <TextField label={words.filter} isLabelHidden type="search" placeholder={words.filter} value={address.q ?? ''} maxLength={512} onChange={(event) => change({ q: event.target.value || undefined })} className="ml-auto w-full sm:w-64" />
      </div>
      {rows.length === 0 && !hasNextPage ? <Empty icon="session" title={words.none} hint={words.noneHint} /> : <Timeline session={id} rows={rows} target={targetOf(rows, address)} isWhole={!hasNextPage} />}
    </>
  );
}
