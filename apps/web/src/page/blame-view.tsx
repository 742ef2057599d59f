import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Schema } from 'ai-memory-api-client';
import { api, ask } from '../api/client.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { TimeAgo } from '../ui/time-ago.js';
import { pageKey, type PageRef } from './page-queries.js';

const blameQuery = (ref: PageRef, pageId: string) => queryOptions({
  queryKey: [...pageKey(ref), 'blame', pageId],
  queryFn: ({ signal }) => ask(api.GET('/api/v1/workspaces/{workspace}/projects/{project}/blame/{path}', { params: { path: { ...ref } }, signal })),
});

/** The text in parts, each beside who wrote it last. */
export function BlameView({ pageRef, page }: { pageRef: PageRef; page: Schema<'Page'> }) {
  const { blame } = useStrings();
  const { workspace, project } = pageRef;
  const query = useQuery(blameQuery(pageRef, page.page_id));
  const lines = page.body.split('\n');
  return (
    <>
      <p className="mb-3 text-sm text-quiet">{blame.hint}</p>
      <Asked query={query} lines={12}>{({ parts }) => (
        <ol className="divide-y divide-line overflow-hidden rounded-lg border border-line">
          {parts.map(({ first_line: first, lines: count, commit, committed_at: at, author, agent, session_id: session }) => (
            <li key={first} className="grid gap-x-4 sm:grid-cols-[13rem_minmax(0,1fr)]">
              <div className="bg-raised px-3 py-2 text-xs leading-5 text-quiet">
                <span className="font-medium text-ink">{author || blame.unknown}</span>{agent ? ` · ${agent}` : ''}<br />
                <Link to="/w/$workspace/$project/pages/$" params={{ workspace, project, _splat: pageRef.path }} search={{ view: 'history', at: commit }} className="text-accent hover:underline"><TimeAgo at={at} /></Link>
                {session && <> · <Link to="/w/$workspace/$project/sessions/$session" params={{ workspace, project, session }} className="text-accent hover:underline">{blame.session}</Link></>}
              </div>
              <pre className="px-3 py-2 font-mono text-xs leading-5 whitespace-pre-wrap wrap-anywhere">{lines.slice(first - 1, first - 1 + count).join('\n') || ' '}</pre>
            </li>
          ))}
        </ol>
      )}</Asked>
    </>
  );
}
