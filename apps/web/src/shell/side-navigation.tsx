import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { meQuery, projectsQuery } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Icon, type IconName } from '../ui/icon.js';
import { furtherFor } from './navigation.js';
import { PaletteButton } from './palette-button.js';
import { UserMenu } from './user-menu.js';

const PROJECTS_SHOWN = 12;
const ITEM = 'flex min-h-8 items-center gap-2 rounded-md px-2 text-sm text-quiet hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink';

/** Where one can go. On phones the same stands in a drawer. */
export function SideNavigation({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const strings = useStrings();
  const { shell } = strings;
  const { data: me } = useQuery(meQuery);
  return (
    <nav aria-label={shell.navigation} className="flex h-full flex-col gap-3 overflow-y-auto p-3">
      <p className="truncate px-2 pt-1 font-semibold" title={me?.organisation.name}>{me?.organisation.name ?? shell.untitled}</p>
      <PaletteButton onClick={onSearch} />
      <div className="flex flex-1 flex-col gap-3">
        <ul className="space-y-0.5">
          <Item to="/" icon="home" label={shell.home} isExact />
          <Item to="/search" icon="search" label={shell.search} />
        </ul>
        <ProjectItems />
        <ul className="mt-auto space-y-0.5">
          {furtherFor(me).map(({ to, icon, label }) => <Item key={to} to={to} icon={icon} label={label(strings)} />)}
        </ul>
      </div>
      <UserMenu onHelp={onHelp} />
    </nav>
  );
}

function Item({ to, icon, label, isExact = false }: { to: LinkProps['to']; icon: IconName; label: string; isExact?: boolean }) {
  return <li><Link to={to} activeOptions={{ exact: isExact }} className={ITEM}><Icon name={icon} />{label}</Link></li>;
}

function ProjectItems() {
  const { shell } = useStrings();
  const { data } = useQuery(projectsQuery);
  const projects = (data?.projects ?? []).filter(({ workspace }) => workspace !== '_global');
  if (projects.length === 0) return null;
  return (
    <div>
      <h2 className="px-2 pb-1 text-xs font-medium text-quiet">{shell.projects}</h2>
      <ul className="space-y-0.5">
        {projects.slice(0, PROJECTS_SHOWN).map(({ project_id: id, workspace, project }) => (
          <li key={id}>
            <Link to="/w/$workspace/$project" params={{ workspace, project }} className={ITEM} title={`${workspace}/${project}`}>
              <Icon name="folder" /><span className="truncate">{project}</span>
            </Link>
          </li>
        ))}
      </ul>
      {projects.length > PROJECTS_SHOWN && <Link to="/" hash="projects" className={ITEM}>{shell.allProjects} ({projects.length})</Link>}
    </div>
  );
}
