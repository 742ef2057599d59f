import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { ConfirmButton } from '../ui/confirm-button.js';
import { TextField } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { PageTitle } from '../ui/layout.js';
import { Empty } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { GroupDialog } from './group-dialog.js';
import { groupsQuery } from './people-queries.js';

export function GroupsPage() {
  const { admin, groups: words, people } = useStrings();
  const query = useQuery(groupsQuery);
  const [isNew, setNew] = useState(false);
  const [opened, setOpened] = useState<string>();
  const remove = useChange((group: string) => ask(api.DELETE('/api/v1/groups/{group}', { params: { path: { group } } })), { changes: [['admin']], told: words.removed });
  return (
    <>
      <PageTitle title={admin.groups} of={admin.title}><Button look="primary" onClick={() => setNew(true)}>{words.add}</Button></PageTitle>
      <Asked query={query} lines={6}>{({ groups }) => (groups.length === 0 ? <Empty icon="people" title={words.none} hint={words.noneHint} /> : (
        <Table label={admin.groups} rows={groups} keyOf={({ name }) => name} columns={[
          { label: words.name, cell: ({ name }) => <span className="font-medium">{name}</span> },
          { label: words.members, className: 'w-28', cell: ({ members }) => <span className="tabular-nums">{members}</span> },
          { label: people.actions, isActions: true, cell: ({ name }) => (
            <>
              <Button look="quiet" onClick={() => setOpened(name)}>{words.members}<span className="sr-only"> {name}</span></Button>
              <ConfirmButton label={words.remove} about={name} title={words.removeTitle(name)} hint={words.removeHint} yes={words.remove} onYes={() => remove.mutateAsync(name)} />
            </>
          ) },
        ]} />
      ))}</Asked>
      {isNew && <NewGroupDialog onClose={(made) => { setNew(false); setOpened(made); }} />}
      {opened && <GroupDialog group={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}

function NewGroupDialog({ onClose }: { onClose: (made?: string) => void }) {
  const { groups: words } = useStrings();
  const [name, setName] = useState('');
  const add = useChange(() => ask(api.PUT('/api/v1/groups/{group}', { params: { path: { group: name } } })), { changes: [['admin', 'groups']], onDone: ({ group }) => onClose(group.name) });
  return (
    <FormDialog isOpen onClose={() => onClose()} title={words.add} submit={words.add} onSubmit={() => add.mutate(undefined)} isPending={add.isPending} error={add.error}>
      <TextField name="group" label={words.name} value={name} required maxLength={200} onChange={(event) => setName(event.target.value)} />
    </FormDialog>
  );
}
