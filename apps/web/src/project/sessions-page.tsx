import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { PageTitle, Rows } from '../ui/layout.js';
import { Empty } from '../ui/states.js';
import { sessionsQuery } from './project-queries.js';
import { SessionRow } from './session-row.js';

const SESSIONS_STEP = 50;

export function SessionsPage() {
  const place = useParams({ from: '/w/$workspace/$project' });
  const { project, shell, count } = useStrings();
  const [offset, setOffset] = useState(0);
  const query = useQuery(sessionsQuery(place, { offset, limit: SESSIONS_STEP }));
  return (
    <>
      <PageTitle title={project.sessions} of={place.project} above={query.data && count.sessions(query.data.total)} />
      <Asked query={query} lines={10}>{({ sessions, total }) => (total === 0 ? <Empty icon="session" title={project.noSessions} hint={project.noSessionsHint} /> : (
        <>
          <Rows label={project.sessions}>{sessions.map((session) => <SessionRow key={session.session_id} place={place} session={session} />)}</Rows>
          <div className="mt-3 flex gap-2">
            {offset > 0 && <Button onClick={() => setOffset(Math.max(0, offset - SESSIONS_STEP))}>{shell.newer}</Button>}
            {offset + sessions.length < total && <Button onClick={() => setOffset(offset + SESSIONS_STEP)}>{shell.older}</Button>}
          </div>
        </>
      ))}</Asked>
    </>
  );
}
