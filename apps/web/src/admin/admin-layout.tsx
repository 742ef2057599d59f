import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { meQuery } from '../api/queries.js';
import { NotFound } from '../shell/broken.js';
import { useCurrentInView } from '../shell/current-in-view.js';
import { isAdmin } from '../shell/navigation.js';
import { useStrings } from '../strings/strings.js';
import { ADMIN_SECTIONS } from './admin-sections.js';

/** Around every part of the administration. For whom it is not, there is nothing here: the server would refuse them each answer. */
export function AdminLayout() {
  const strings = useStrings();
  const { data: me } = useQuery(meQuery);
  const list = useCurrentInView<HTMLUListElement>();
  if (!isAdmin(me)) return <NotFound />;
  return (
    <div className="mx-auto max-w-6xl lg:grid lg:grid-cols-[11rem_minmax(0,1fr)] lg:gap-10">
      <nav aria-label={strings.shell.admin} className="mb-6">
        <ul ref={list} className="flex gap-1 overflow-x-auto pb-1 text-sm lg:sticky lg:top-6 lg:flex-col">
          {ADMIN_SECTIONS.map(({ to, label }) => (
            <li key={to}><Link to={to} className="block rounded-md px-2 py-1.5 whitespace-nowrap text-quiet hover:bg-hover hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink">{label(strings)}</Link></li>
          ))}
        </ul>
      </nav>
      <div className="min-w-0"><Outlet /></div>
    </div>
  );
}
