import { useMutation } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '../api/client.js';
import { queryClient } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/field.js';
import { PageTitle } from '../ui/layout.js';
import { tell, tellFailure } from '../ui/toasts.js';
import { EditorWithPreview, tagsOf } from './edit-view.js';

/** A page that is not there yet. Where there is one of that path already, nothing is written. */
export function NewPage() {
  const { path = 'notes/' } = useSearch({ from: '/w/$workspace/$project/new' });
  return <NewPageForm key={path} proposed={path} />;
}

function NewPageForm({ proposed }: { proposed: string }) {
  const place = useParams({ from: '/w/$workspace/$project' });
  const { edit: words } = useStrings();
  const navigate = useNavigate();
  const [draft, setDraft] = useState({ path: proposed, title: '', tags: '', body: '' });
  const path = draft.path.endsWith('.md') ? draft.path : `${draft.path}.md`;
  const save = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/workspaces/{workspace}/projects/{project}/pages/{path}', {
      params: { path: { ...place, path }, header: { 'if-none-match': '*' } }, body: { title: draft.title, tags: tagsOf(draft.tags), body: draft.body },
    })),
    onSuccess: async () => {
      tell(words.saved);
      await queryClient.invalidateQueries({ queryKey: ['project', place] });
      void navigate({ to: '/w/$workspace/$project/pages/$', params: { ...place, _splat: path } });
    },
    onError: tellFailure,
  });
  return (
    <form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <PageTitle title={words.newTitle} of={place.project}><Button type="submit" look="primary" disabled={save.isPending}>{save.isPending ? words.saving : words.save}</Button></PageTitle>
      <div className="mb-4 grid gap-3 sm:grid-cols-2">
        <TextField label={words.pageTitle} value={draft.title} required maxLength={256} onChange={(event) => setDraft({ ...draft, title: event.target.value })} />
        <TextField label={words.path} hint={words.pathHint} value={draft.path} required maxLength={512} onChange={(event) => setDraft({ ...draft, path: event.target.value })} />
        <TextField label={words.tags} value={draft.tags} onChange={(event) => setDraft({ ...draft, tags: event.target.value })} className="sm:col-span-2" />
      </div>
      <EditorWithPreview pageRef={{ ...place, path }} body={draft.body} onChange={(body) => setDraft({ ...draft, body })} onSave={() => save.mutate()} />
    </form>
  );
}
