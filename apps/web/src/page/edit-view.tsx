import { useBlocker, useNavigate } from '@tanstack/react-router';
import { useMutation } from '@tanstack/react-query';
import type { Schema } from 'ai-memory-api-client';
import { useDeferredValue, useRef, useState } from 'react';
import { api, ask } from '../api/client.js';
import { queryClient } from '../api/queries.js';
import { Markdown } from '../markdown/markdown.js';
import { useStrings } from '../strings/strings.js';
import { Button } from '../ui/button.js';
import { TextArea, TextField } from '../ui/field.js';
import { PageTitle } from '../ui/layout.js';
import { Confirmation } from '../ui/modal.js';
import { tell, tellFailure } from '../ui/toasts.js';
import { ConflictView } from './conflict-view.js';
import { pageKey, pageQuery, type PageRef } from './page-queries.js';

interface Draft {
  title: string;
  tags: string;
  summary: string;
  body: string;
}

/** What a save met: the version that is stored, and where the text was kept that did not fit into it. */
interface Conflict {
  stored: Schema<'Page'>;
  keptAt: string;
}

function draftOf({ title, tags, summary, body }: Schema<'Page'>): Draft {
  return { title, tags: tags.join(', '), summary: summary ?? '', body };
}

/** Changing a page, beside how it will look. What others change meanwhile is merged; what can't be is shown, and nothing is lost. */
export function EditView({ pageRef, page }: { pageRef: PageRef; page: Schema<'Page'> }) {
  const { edit: words } = useStrings();
  // The version that the person began with: the page itself may be asked for anew behind.
  const [base, setBase] = useState(page);
  const [draft, setDraft] = useState(() => draftOf(page));
  const [conflict, setConflict] = useState<Conflict>();
  const isSaved = useRef(false);
  const navigate = useNavigate();
  const params = { workspace: pageRef.workspace, project: pageRef.project, _splat: pageRef.path };
  const leave = (search: { view?: 'history' } = {}): void => void navigate({ to: '/w/$workspace/$project/pages/$', params, search });
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(base));
  const blocker = useBlocker({ shouldBlockFn: () => isChanged && !isSaved.current, enableBeforeUnload: () => isChanged && !isSaved.current, withResolver: true });
  const save = useMutation({
    mutationFn: () => saved(pageRef, base, draft),
    onSuccess: async ({ outcome, conflict_path: keptAt }) => {
      await queryClient.invalidateQueries({ queryKey: pageKey(pageRef) });
      if (outcome === 'conflict') {
        const { page: stored } = await queryClient.fetchQuery({ ...pageQuery(pageRef), staleTime: 0 });
        setBase(stored);
        setConflict({ stored, keptAt: keptAt! });
        return;
      }
      if (conflict) await dropKept(pageRef, conflict.keptAt);
      isSaved.current = true;
      tell(outcome === 'merged' ? words.merged : outcome === 'unchanged' ? words.unchanged : words.saved);
      // Who was merged with somebody sees what came of it.
      leave(outcome === 'merged' ? { view: 'history' } : {});
    },
    onError: tellFailure,
  });
  return (
    <form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <PageTitle title={`${words.title}: ${base.title}`} of={pageRef.project} above={<span className="font-mono text-xs">{pageRef.path}</span>}>
        <Button onClick={() => leave()}>{words.cancel}</Button>
        <Button type="submit" look="primary" disabled={save.isPending || !isChanged}>{save.isPending ? words.saving : words.save}</Button>
      </PageTitle>
      {conflict && <ConflictView stored={conflict.stored.body} mine={draft.body} keptAt={conflict.keptAt} onTakeStored={() => setDraft(draftOf(conflict.stored))} />}
      <div className="mb-4 grid gap-3 sm:grid-cols-2">
        <TextField label={words.pageTitle} value={draft.title} required maxLength={256} onChange={(event) => setDraft({ ...draft, title: event.target.value })} />
        <TextField label={words.tags} value={draft.tags} onChange={(event) => setDraft({ ...draft, tags: event.target.value })} />
        <TextField label={words.summary} value={draft.summary} maxLength={2_000} onChange={(event) => setDraft({ ...draft, summary: event.target.value })} className="sm:col-span-2" />
      </div>
      <EditorWithPreview pageRef={pageRef} body={draft.body} onChange={(body) => setDraft({ ...draft, body })} onSave={() => isChanged && save.mutate()} />
      <Confirmation isOpen={blocker.status === 'blocked'} onClose={() => blocker.reset?.()} title={words.leave} hint={words.leaveHint} onYes={() => blocker.proceed?.()}
        yes={<Button type="submit" look="danger">{words.leaveNow}</Button>} no={<Button onClick={() => blocker.reset?.()}>{words.stay}</Button>} />
    </form>
  );
}

export function EditorWithPreview({ pageRef, body, onChange, onSave }: { pageRef: PageRef; body: string; onChange: (body: string) => void; onSave: () => void }) {
  const { edit: words } = useStrings();
  const shown = useDeferredValue(body);
  return (
    <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
      <TextArea label={words.body} value={body} onChange={(event) => onChange(event.target.value)} rows={24} spellCheck inputClassName="min-h-[55dvh] font-mono text-xs leading-5"
        onKeyDown={(event) => { if (event.key === 's' && (event.metaKey || event.ctrlKey)) { event.preventDefault(); onSave(); } }} />
      <div className="min-w-0">
        <p className="mb-1 text-sm text-quiet">{words.preview}</p>
        <div className="max-h-[75dvh] min-h-[55dvh] overflow-y-auto rounded-md border border-line p-4" tabIndex={0} role="region" aria-label={words.preview}><Markdown text={shown} place={pageRef} path={pageRef.path} /></div>
      </div>
    </div>
  );
}

export function tagsOf(text: string): string[] {
  return text.split(',').map((tag) => tag.trim()).filter(Boolean);
}

function saved(pageRef: PageRef, base: Schema<'Page'>, draft: Draft) {
  const body = { base_page_id: base.page_id, body: draft.body, title: draft.title, tags: tagsOf(draft.tags), summary: draft.summary === '' ? null : draft.summary };
  return ask(api.POST('/api/v1/workspaces/{workspace}/projects/{project}/edit/{path}', { params: { path: { ...pageRef } }, body }));
}

/** Its text is in the page now, as the person decided. */
async function dropKept({ workspace, project }: PageRef, path: string): Promise<void> {
  await api.DELETE('/api/v1/workspaces/{workspace}/projects/{project}/pages/{path}', { params: { path: { workspace, project, path } } });
}
