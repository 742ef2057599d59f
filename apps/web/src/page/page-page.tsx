import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { isGone } from '../api/client.js';
import { useShortcuts } from '../shell/shortcuts.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Loading } from '../ui/states.js';
import { AbsentPage } from './absent-page.js';
import { PageHeader } from './page-header.js';
import { pageQuery } from './page-queries.js';
import { ReadView } from './read-view.js';

const RawView = lazy(() => import('./raw-view.js').then(({ RawView: component }) => ({ default: component })));
const BlameView = lazy(() => import('./blame-view.js').then(({ BlameView: component }) => ({ default: component })));
const HistoryView = lazy(() => import('./history-view.js').then(({ HistoryView: component }) => ({ default: component })));
const EditView = lazy(() => import('./edit-view.js').then(({ EditView: component }) => ({ default: component })));

/** One page, and what can be done with it. */
export function PagePage() {
  const { workspace, project, _splat: path = '' } = useParams({ from: '/w/$workspace/$project/pages/$' });
  const { view = 'read', at } = useSearch({ from: '/w/$workspace/$project/pages/$' });
  const { page: words } = useStrings();
  const ref = { workspace, project, path };
  const navigate = useNavigate();
  const go = (search: { view?: 'edit' | 'history' }) => () => void navigate({ to: '/w/$workspace/$project/pages/$', params: { workspace, project, _splat: path }, search });
  useShortcuts({ e: go({ view: 'edit' }), h: go({ view: 'history' }) });
  // History compares versions itself: the page that it is about is the current one.
  const query = useQuery(pageQuery(ref, view === 'history' ? undefined : at));
  if (isGone(query.error) && view !== 'history') return <AbsentPage pageRef={ref} />;
  if (view === 'history') return <Suspense fallback={<Loading lines={8} />}><HistoryView pageRef={ref} current={query.data?.page} at={at} /></Suspense>;
  return (
    <Asked query={query} lines={12} isWholePage>{({ page }) => (
      <>
        {view === 'edit' ? null : <PageHeader pageRef={ref} page={page} view={view} />}
        {at && view !== 'edit' && <p className="mb-4 rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">{words.asOf(new Date(page.updated_at).toLocaleString())} <Link to="/w/$workspace/$project/pages/$" params={{ workspace, project, _splat: path }} className="underline">{words.toCurrent}</Link></p>}
        <Suspense fallback={<Loading lines={10} />}>
          {view === 'raw' ? <RawView page={page} /> : view === 'blame' ? <BlameView pageRef={ref} page={page} /> : view === 'edit' ? <EditView key={path} pageRef={ref} page={page} /> : <ReadView pageRef={ref} page={page} />}
        </Suspense>
      </>
    )}</Asked>
  );
}
