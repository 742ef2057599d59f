import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { projectStatusQuery } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { buttonClass } from '../ui/button.js';
import { PageTitle, Rows, Section } from '../ui/layout.js';
import { Empty } from '../ui/states.js';
import { ActivityMap } from './activity-map.js';
import { PageRow } from './page-row.js';
import { PageTreePanel } from './page-tree-panel.js';
import { pinnedQuery, recentPagesQuery, sessionsQuery } from './project-queries.js';
import { SessionRow } from './session-row.js';

/** What a project holds, at a glance. */
export function OverviewPage() {
  const place = useParams({ from: '/w/$workspace/$project' });
  const { project, count } = useStrings();
  const status = useQuery(projectStatusQuery(place));
  const recent = useQuery(recentPagesQuery(place));
  const pinned = useQuery(pinnedQuery(place));
  const sessions = useQuery(sessionsQuery(place, { limit: 8 }));
  return (
    <>
      <PageTitle title={place.project} of={place.workspace} above={status.data && [count.pages(status.data.pages.total), count.sessions(status.data.sessions.total), count.events(status.data.observations.total), count.handoffs(status.data.open_handoffs)].join(' · ')}>
        <Link to="/w/$workspace/$project/new" params={place} className={buttonClass()}>{project.newPage}</Link>
      </PageTitle>
      <div className="grid grid-cols-1 gap-8 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="min-w-0 space-y-8">
          <Section title={project.activity}><ActivityMap place={place} /></Section>
          <Section title={project.rules}>
            <Asked query={pinned} lines={3}>{(pages) => (pages.length === 0 ? <p className="text-sm text-quiet">{project.noRules}</p> : <Rows label={project.rules}>{pages.map((page) => <PageRow key={page.path} place={place} page={page} />)}</Rows>)}</Asked>
          </Section>
          <Section title={project.recent}>
            <Asked query={recent} lines={8}>{({ pages }) => (pages.length === 0 ? <Empty title={project.noPages} hint={project.noPagesHint} /> : <Rows label={project.recent}>{pages.map((page) => <PageRow key={page.path} place={place} page={page} />)}</Rows>)}</Asked>
          </Section>
          <Section title={project.lastSessions} aside={<Link to="/w/$workspace/$project/sessions" params={place} className="text-accent hover:underline">{project.sessions}</Link>}>
            <Asked query={sessions} lines={4}>{(found) => (found.sessions.length === 0 ? <Empty icon="session" title={project.noSessions} hint={project.noSessionsHint} /> : <Rows label={project.lastSessions}>{found.sessions.map((session) => <SessionRow key={session.session_id} place={place} session={session} />)}</Rows>)}</Asked>
          </Section>
        </div>
        <Section title={project.tree}><PageTreePanel place={place} /></Section>
      </div>
    </>
  );
}
