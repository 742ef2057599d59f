import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Schema } from 'ai-memory-api-client';
import { useState } from 'react';
import { api, ask, isGone } from '../api/client.js';
import { queryClient } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button, buttonClass } from '../ui/button.js';
import { Badge, PageTitle } from '../ui/layout.js';
import { Confirmation } from '../ui/modal.js';
import { Loading, Problem } from '../ui/states.js';
import { TimeAgo } from '../ui/time-ago.js';
import { tell, tellFailure } from '../ui/toasts.js';
import { DiffView } from './diff-view.js';
import { historyQuery, pageKey, pageQuery, type PageRef } from './page-queries.js';

type Revision = Schema<'Revision'>;
const LOOKS = { added: 'accent', modified: 'plain', deleted: 'danger' } as const;

/** Every version of a page, and what one of them changed. */
export function HistoryView({ pageRef, current, at }: { pageRef: PageRef; current?: Schema<'Page'>; at?: string }) {
  const { history, page: words } = useStrings();
  const query = useQuery(historyQuery(pageRef));
  const params = { workspace: pageRef.workspace, project: pageRef.project, _splat: pageRef.path };
  return (
    <>
      <PageTitle title={`${history.title}: ${current?.title ?? pageRef.path}`} of={pageRef.project} above={<span className="font-mono text-xs">{pageRef.path}</span>}>
        {current && <Link to="/w/$workspace/$project/pages/$" params={params} className={buttonClass()}>{words.read}</Link>}
      </PageTitle>
      <Asked query={query} lines={10}>{({ revisions }) => {
        const chosen = Math.max(revisions.findIndex(({ commit }) => commit === at), 0);
        return (
          <div className="grid grid-cols-1 gap-6 lg:grid-cols-[17rem_minmax(0,1fr)]">
            <nav aria-label={history.versions}>
              <ol className="max-h-[70dvh] divide-y divide-line overflow-y-auto rounded-lg border border-line">
                {revisions.map((revision, index) => (
                  <li key={revision.commit}>
                    <Link to="/w/$workspace/$project/pages/$" params={params} search={{ view: 'history', at: revision.commit }} replace activeOptions={{ exact: true }} aria-current={index === chosen ? 'true' : undefined} className="block px-3 py-2 text-sm hover:bg-raised focus-visible:-outline-offset-2 [&[aria-current]]:bg-accent-soft">
                      <span className="flex items-center justify-between gap-2"><span className="truncate font-medium">{revision.author}</span><Badge look={LOOKS[revision.change]}>{history[revision.change]}</Badge></span>
                      <span className="block truncate text-xs text-quiet"><TimeAgo at={revision.committed_at} />{revision.agent ? ` · ${revision.agent}` : ''}{revision.pushed_by ? ` · ${history.pushedBy(revision.pushed_by)}` : ''}</span>
                    </Link>
                  </li>
                ))}
              </ol>
            </nav>
            <Change key={revisions[chosen]!.commit} pageRef={pageRef} revision={revisions[chosen]!} before={revisions[chosen + 1]} isNewest={chosen === 0} currentId={current?.page_id} />
          </div>
        );
      }}</Asked>
    </>
  );
}

/** The text of a version; empty before the first, and after a deletion. */
function useText(pageRef: PageRef, revision: Revision | undefined): { text?: string; error: unknown } {
  const isThere = revision !== undefined && revision.change !== 'deleted';
  const query = useQuery({ ...pageQuery(pageRef, revision?.commit), enabled: isThere });
  if (!isThere || isGone(query.error)) return { text: '', error: null };
  return { text: query.data?.page.body, error: query.error };
}

function Change({ pageRef, revision, before, isNewest, currentId }: { pageRef: PageRef; revision: Revision; before?: Revision; isNewest: boolean; currentId?: string }) {
  const { history } = useStrings();
  const [isUnified, setUnified] = useState(() => window.innerWidth < 900);
  const [old, now] = [useText(pageRef, before), useText(pageRef, revision)];
  const error = old.error ?? now.error;
  const params = { workspace: pageRef.workspace, project: pageRef.project, _splat: pageRef.path };
  return (
    <section className="min-w-0">
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <p className="min-w-0 basis-full text-sm sm:flex-1 sm:basis-0"><span className="wrap-anywhere">{revision.message.split('\n')[0]}</span> <span className="font-mono text-xs text-quiet">{revision.commit.slice(0, 10)}</span></p>
        <Button look="quiet" aria-pressed={isUnified} onClick={() => setUnified(!isUnified)}>{isUnified ? history.sideBySide : history.unified}</Button>
        {revision.change !== 'deleted' && <Link to="/w/$workspace/$project/pages/$" params={params} search={{ at: revision.commit }} className={buttonClass()}>{history.view}</Link>}
        {!isNewest && revision.change !== 'deleted' && <RestoreButton pageRef={pageRef} commit={revision.commit} currentId={currentId} />}
      </div>
      {error ? <Problem error={error} /> : old.text === undefined || now.text === undefined ? <Loading lines={8} /> : <DiffView before={old.text} after={now.text} labels={[history.before, history.after]} isUnified={isUnified} />}
    </section>
  );
}

function RestoreButton({ pageRef, commit, currentId }: { pageRef: PageRef; commit: string; currentId?: string }) {
  const { history } = useStrings();
  const [isAsking, setAsking] = useState(false);
  const restore = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/workspaces/{workspace}/projects/{project}/restore/{path}', { params: { path: { ...pageRef }, header: currentId ? { 'if-match': `"${currentId}"` } : {} }, body: { commit } })),
    onSuccess: async () => {
      tell(history.restored);
      await queryClient.invalidateQueries({ queryKey: pageKey(pageRef) });
    },
    onError: tellFailure,
  });
  return (
    <>
      <Button onClick={() => setAsking(true)} disabled={restore.isPending}>{history.restore}</Button>
      <Confirmation isOpen={isAsking} onClose={() => setAsking(false)} title={history.restore} hint={history.confirm} onYes={() => restore.mutate()}
        yes={<Button look="primary" type="submit">{history.restore}</Button>} no={<Button onClick={() => setAsking(false)}>{history.cancel}</Button>} />
    </>
  );
}
