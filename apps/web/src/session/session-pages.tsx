import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Schema } from 'ai-memory-api-client';
import { api, ask } from '../api/client.js';
import type { Place } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Icon } from '../ui/icon.js';

/** The page that a session became, which is named by its id. */
export function SessionPages({ place, session }: { place: Place; session: Schema<'Session'> }) {
  const { session: words } = useStrings();
  const { data } = useQuery({
    queryKey: ['project', place, 'page of session', session.session_id],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/pages', { params: { path: { ...place }, query: { prefix: `sessions/${session.session_id}`, limit: 5 } }, signal })),
  });
  const pages = data?.pages ?? [];
  if (pages.length === 0) return null;
  return (
    <p className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg bg-raised px-3 py-2 text-sm">
      <Icon name="page" className="text-quiet" /><span className="text-quiet">{words.page}</span>
      {pages.map(({ path, title }) => <Link key={path} to="/w/$workspace/$project/pages/$" params={{ ...place, _splat: path }} className="text-accent hover:underline">{title}</Link>)}
    </p>
  );
}
