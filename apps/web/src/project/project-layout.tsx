import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useParams } from '@tanstack/react-router';
import { isGone } from '../api/client.js';
import { projectQuery } from '../api/queries.js';
import { NotFound } from '../shell/broken.js';
import { useCurrentInView } from '../shell/current-in-view.js';
import { useStrings } from '../strings/strings.js';
import { PROJECT_TABS } from './project-tabs.js';

/** Where one is, and what else there is of this project. */
export function ProjectLayout() {
  const strings = useStrings();
  const params = useParams({ from: '/w/$workspace/$project' });
  const tabsRow = useCurrentInView<HTMLUListElement>();
  const { data, error } = useQuery(projectQuery(params));
  if (isGone(error)) return <NotFound />;
  const tabs = PROJECT_TABS.filter(({ isForAdmins = false }) => !isForAdmins || data?.access === 'admin');
  return (
    <div className="mx-auto max-w-6xl">
      <nav aria-label={strings.project.projectRoot} className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line">
        <Link to="/w/$workspace/$project" params={params} activeOptions={{ exact: true }} className="min-w-0 py-2 font-semibold wrap-anywhere hover:text-accent">
          <span className="font-normal text-quiet">{params.workspace} / </span>{params.project}
        </Link>
        <ul ref={tabsRow} className="-mb-px flex gap-1 overflow-x-auto text-sm">
          {/* All of them take the same two names. */}
          {tabs.map(({ to, label, isExact = false }) => (
            <li key={to}>
              <Link to={to as '/w/$workspace/$project'} params={params} activeOptions={{ exact: isExact }} className="block border-b-2 border-transparent px-2 py-2 whitespace-nowrap text-quiet hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink">{label(strings)}</Link>
            </li>
          ))}
        </ul>
      </nav>
      <Outlet />
    </div>
  );
}
