import { Link } from '@tanstack/react-router';
import type { Schema } from 'ai-memory-api-client';
import type { Place } from '../api/queries.js';
import { Icon } from '../ui/icon.js';
import { Badge } from '../ui/layout.js';
import { TimeAgo } from '../ui/time-ago.js';

/** A page in a list: what it is, who wrote it last, and when. */
export function PageRow({ place, page, isPlaceShown = false }: { place: Place; page: Schema<'PageHead'>; isPlaceShown?: boolean }) {
  return (
    <li>
      <Link to="/w/$workspace/$project/pages/$" params={{ ...place, _splat: page.path }} className="flex items-start gap-3 px-3 py-2.5 hover:bg-raised focus-visible:-outline-offset-2">
        <Icon name={page.pinned ? 'pin' : 'page'} className="mt-0.5 size-4 text-quiet" />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{page.title}</span>
          <span className="block truncate text-sm text-quiet">{isPlaceShown ? `${place.workspace}/${place.project} · ` : ''}{page.summary ?? page.path}</span>
        </span>
        <span className="hidden shrink-0 items-center gap-2 text-xs text-quiet sm:flex"><Badge>{page.kind}</Badge>{page.author}</span>
        <TimeAgo at={page.updated_at} className="w-24 shrink-0 text-right text-xs leading-5 text-quiet" />
      </Link>
    </li>
  );
}
