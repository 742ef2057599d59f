import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Schema } from 'ai-memory-api-client';
import { api, ask } from '../api/client.js';
import { queryClient } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Button, buttonClass } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Badge, PageTitle } from '../ui/layout.js';
import { TimeAgo } from '../ui/time-ago.js';
import { tellFailure } from '../ui/toasts.js';
import type { PageView } from './page-address.js';
import { pageKey, type PageRef } from './page-queries.js';

/** Title, who wrote it last, and the ways to look at it. */
export function PageHeader({ pageRef, page, view }: { pageRef: PageRef; page: Schema<'Page'>; view: PageView }) {
  const { page: words } = useStrings();
  const params = { workspace: pageRef.workspace, project: pageRef.project, _splat: pageRef.path };
  const views: readonly (readonly [PageView, string])[] = [['read', words.read], ['blame', words.blame], ['raw', words.raw], ['history', words.history]];
  return (
    <>
      <PageTitle title={page.title} of={pageRef.project} above={<FolderPath path={pageRef.path} />}>
        <PinButton pageRef={pageRef} isPinned={page.pinned} />
        <Link to="/w/$workspace/$project/pages/$" params={params} search={{ view: 'edit' }} className={buttonClass('primary')}><Icon name="edit" className="size-3.5" />{words.edit}</Link>
      </PageTitle>
      <div className="-mt-2 mb-5 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 text-sm text-quiet">
        <span className="flex flex-wrap items-center gap-2"><Badge>{page.kind}</Badge>{page.pinned && <Badge look="accent">{words.pinned}</Badge>}<span>{page.author}, <TimeAgo at={page.updated_at} /></span></span>
        <nav aria-label={page.title} className="flex gap-1">
          {views.map(([each, label]) => <Link key={each} to="/w/$workspace/$project/pages/$" params={params} search={each === 'read' ? {} : { view: each }} activeOptions={{ exact: true }} aria-current={each === view ? 'true' : undefined} className="rounded-md px-2 py-1 hover:bg-hover hover:text-ink [&[aria-current]]:bg-hover [&[aria-current]]:text-ink">{label}</Link>)}
        </nav>
      </div>
      {page.superseded_by && <p className="mb-4 rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">{words.superseded} <Link to="/w/$workspace/$project/pages/$" params={{ ...params, _splat: page.superseded_by }} className="underline">{page.superseded_by}</Link></p>}
    </>
  );
}

function FolderPath({ path }: { path: string }) {
  return <span className="font-mono text-xs wrap-anywhere">{path}</span>;
}

function PinButton({ pageRef, isPinned }: { pageRef: PageRef; isPinned: boolean }) {
  const { page: words } = useStrings();
  const pin = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/workspaces/{workspace}/projects/{project}/pin/{path}', { params: { path: { ...pageRef } }, body: { pinned: !isPinned } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: pageKey(pageRef) }),
    onError: tellFailure,
  });
  return <Button look="quiet" disabled={pin.isPending} onClick={() => pin.mutate()}><Icon name="pin" className="size-3.5" />{isPinned ? words.unpin : words.pin}</Button>;
}
