import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client.js';
import { projectsQuery } from '../api/queries.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { ConfirmButton } from '../ui/confirm-button.js';
import { SelectField, TextField } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Badge } from '../ui/layout.js';
import { Table } from '../ui/table.js';
import { TimeAgo } from '../ui/time-ago.js';
import { holdsQuery } from './data-queries.js';

/** Legal holds: while one stands, nothing of what it is about is erased. */
export function Holds() {
  const { data: words, people } = useStrings();
  const query = useQuery(holdsQuery);
  const { data: known } = useQuery(projectsQuery);
  const [isNew, setNew] = useState(false);
  const lift = useChange((hold: string) => ask(api.DELETE('/api/v1/holds/{hold}', { params: { path: { hold } } })), { changes: [['admin', 'holds']], told: words.lifted });
  const placeOf = (id: string | null): string => {
    const project = known?.projects.find(({ project_id: each }) => each === id);
    return id === null ? words.everything : project ? `${project.workspace}/${project.project}` : id.slice(0, 8);
  };
  return (
    <>
      <Asked query={query} lines={3}>{({ holds }) => (holds.length === 0 ? <p className="text-sm text-quiet">{words.noHolds}</p> : (
        <Table label={words.holds} rows={holds} keyOf={({ hold_id: id }) => id} columns={[
          { label: words.what, cell: ({ project_id: id, lifted_at: at }) => <span className="flex flex-wrap items-center gap-1.5 font-medium">{placeOf(id)}{at && <Badge>{words.wasLifted}</Badge>}</span> },
          { label: words.reason, isSecondary: true, cell: ({ reason }) => reason },
          { label: words.when, className: 'text-quiet', cell: ({ placed_at: at }) => <TimeAgo at={at} /> },
          { label: people.actions, isActions: true, cell: ({ hold_id: id, project_id: project, lifted_at: at }) => at === null && <ConfirmButton label={words.lift} about={placeOf(project)} title={words.liftTitle} hint={words.liftHint} yes={words.lift} onYes={() => lift.mutateAsync(id)} /> },
        ]} />
      ))}</Asked>
      <Button className="mt-3" onClick={() => setNew(true)}>{words.placeHold}</Button>
      {isNew && <NewHoldDialog onClose={() => setNew(false)} />}
    </>
  );
}

function NewHoldDialog({ onClose }: { onClose: () => void }) {
  const { data: words } = useStrings();
  const { data } = useQuery(projectsQuery);
  const [draft, setDraft] = useState({ place: '', reason: '' });
  const [workspace, project] = draft.place.split('/');
  const add = useChange(() => ask(api.POST('/api/v1/holds', { body: { reason: draft.reason, ...(workspace && project ? { project: { workspace, project } } : {}) } })), { changes: [['admin', 'holds']], onDone: onClose });
  const places = (data?.projects ?? []).map((each) => `${each.workspace}/${each.project}`);
  return (
    <FormDialog isOpen onClose={onClose} title={words.placeHold} submit={words.placeHold} onSubmit={() => add.mutate(undefined)} isPending={add.isPending} error={add.error}>
      <SelectField name="project" label={words.what} value={draft.place} options={[['', words.everything], ...places.map((place) => [place, place] as const)]} onChange={(event) => setDraft({ ...draft, place: event.target.value })} />
      <TextField name="reason" label={words.reason} value={draft.reason} required maxLength={500} onChange={(event) => setDraft({ ...draft, reason: event.target.value })} />
    </FormDialog>
  );
}
