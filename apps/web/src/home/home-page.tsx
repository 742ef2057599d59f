import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { projectsQuery } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button, buttonClass } from '../ui/button.js';
import { TextField } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { Badge, PageTitle, Section } from '../ui/layout.js';
import { Empty } from '../ui/states.js';
import { PendingHandoffs } from './pending-handoffs.js';
import { RecentChanges } from './recent-changes.js';

/** From so many projects on, a filter helps. */
const FILTER_FROM = 9;
/** Shown before somebody asks for all of them. */
const PROJECTS_SHOWN = 12;

export function HomePage() {
  const { home } = useStrings();
  return (
    <div className="mx-auto max-w-5xl space-y-8">
      <PageTitle title={home.title} />
      <Projects />
      <div className="grid grid-cols-1 gap-8 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="min-w-0 space-y-8"><RecentChanges /></div>
        <PendingHandoffs />
      </div>
    </div>
  );
}

function Projects() {
  const { home, shell, project: words } = useStrings();
  const query = useQuery(projectsQuery);
  const [wanted, setWanted] = useState('');
  const deferred = useDeferredValue(wanted.toLowerCase());
  const [isWhole, setWhole] = useState(() => window.location.hash === '#projects');
  return (
    <Section title={home.yourProjects} className="scroll-mt-16">
      <div id="projects" />
      <Asked query={query} lines={6}>{({ projects }) => {
        if (projects.length === 0) return <Empty icon="folder" title={home.empty} hint={home.emptyHint}><Link to="/setup" className={buttonClass('primary')}>{home.connect}</Link></Empty>;
        const found = projects.filter(({ workspace, project }) => `${workspace}/${project}`.toLowerCase().includes(deferred));
        const shown = isWhole ? found : found.slice(0, PROJECTS_SHOWN);
        return (
          <>
            {projects.length >= FILTER_FROM && <TextField label={home.filter} isLabelHidden type="search" placeholder={home.filter} value={wanted} onChange={(event) => setWanted(event.target.value)} className="mb-3 max-w-sm" />}
            {shown.length === 0 && <p className="text-sm text-quiet">{home.noMatch}</p>}
            <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
              {shown.map(({ project_id: id, workspace, project, visibility }) => (
                <li key={id}>
                  <Link to="/w/$workspace/$project" params={{ workspace, project }} className="flex items-center gap-2.5 rounded-lg border border-line px-3 py-2.5 hover:bg-raised">
                    <Icon name="folder" className="text-quiet" />
                    <span className="min-w-0 flex-1"><span className="block truncate font-medium">{project}</span><span className="block truncate text-xs text-quiet">{workspace}</span></span>
                    {visibility === 'restricted' && <Badge>{words.restricted}</Badge>}
                  </Link>
                </li>
              ))}
            </ul>
            {found.length > shown.length && <Button className="mt-3" onClick={() => setWhole(true)}>{shell.showAll} ({found.length})</Button>}
          </>
        );
      }}</Asked>
    </Section>
  );
}
