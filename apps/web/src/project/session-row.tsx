import { Link } from '@tanstack/react-router';
import type { Schema } from 'ai-memory-api-client';
import type { Place } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Icon } from '../ui/icon.js';
import { Badge } from '../ui/layout.js';
import { TimeAgo } from '../ui/time-ago.js';

export function SessionRow({ place, session }: { place: Place; session: Schema<'Session'> }) {
  const strings = useStrings();
  return (
    <li>
      <Link to="/w/$workspace/$project/sessions/$session" params={{ ...place, session: session.session_id }} className="flex items-center gap-3 px-3 py-2.5 hover:bg-raised focus-visible:-outline-offset-2">
        <Icon name="session" className="size-4 text-quiet" />
        <span className="min-w-0 flex-1 truncate"><span className="font-medium">{session.agent}</span> <span className="text-quiet">{session.owner.name}{session.model ? ` · ${session.model}` : ''}</span></span>
        {session.ended_at === null && <Badge look="accent">{strings.session.running}</Badge>}
        <span className="hidden text-xs text-quiet sm:inline">{strings.count.events(session.observations)}</span>
        <TimeAgo at={session.started_at} className="w-24 shrink-0 text-right text-xs text-quiet" />
      </Link>
    </li>
  );
}
