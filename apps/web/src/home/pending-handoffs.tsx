import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '../api/client.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Rows, Section } from '../ui/layout.js';
import { TimeAgo } from '../ui/time-ago.js';

const HANDOFFS_SHOWN = 6;

export const openHandoffsQuery = queryOptions({ queryKey: ['handoffs', 'open'], queryFn: ({ signal }) => ask(api.GET('/api/v1/handoffs', { params: { query: { limit: HANDOFFS_SHOWN } }, signal })) });

/** What waits for the next session, wherever. */
export function PendingHandoffs() {
  const { home } = useStrings();
  const query = useQuery(openHandoffsQuery);
  return (
    <Section title={home.handoffs}>
      <Asked query={query} lines={4}>{({ handoffs }) => (handoffs.length === 0 ? <p className="text-sm text-quiet">{home.noHandoffs}</p> : (
        <Rows label={home.handoffs}>
          {handoffs.map(({ scope, handoff }) => (
            <li key={handoff.handoff_id}>
              <Link to="/w/$workspace/$project/handoffs" params={scope} className="block px-3 py-2.5 hover:bg-raised focus-visible:-outline-offset-2">
                <span className="line-clamp-3 text-sm wrap-anywhere">{handoff.summary}</span>
                <span className="mt-1 flex justify-between gap-2 text-xs text-quiet"><span className="truncate">{scope.project} · {handoff.from_agent} · {handoff.owner.name}</span><TimeAgo at={handoff.created_at} className="shrink-0" /></span>
              </Link>
            </li>
          ))}
        </Rows>
      ))}</Asked>
    </Section>
  );
}
