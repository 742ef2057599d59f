import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client.js';
import { meQuery } from '../api/queries.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { ConfirmButton } from '../ui/confirm-button.js';
import { SelectField, TextField } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Badge, PageTitle } from '../ui/layout.js';
import { Empty } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { TimeAgo } from '../ui/time-ago.js';
import { type Role, rolesGivenBy, serviceAccountsQuery } from './people-queries.js';

/** Users that are programs. Their tokens are made where all tokens are. */
export function ServiceAccountsPage() {
  const { admin, accounts, people } = useStrings();
  const query = useQuery(serviceAccountsQuery);
  const [isNew, setNew] = useState(false);
  const disable = useChange((account: string) => ask(api.DELETE('/api/v1/service-accounts/{account}', { params: { path: { account } } })), { changes: [['admin']], told: accounts.disabled });
  return (
    <>
      <PageTitle title={admin.serviceAccounts} of={admin.title}><Button look="primary" onClick={() => setNew(true)}>{accounts.add}</Button></PageTitle>
      <Asked query={query} lines={6}>{({ service_accounts: all }) => (all.length === 0 ? <Empty icon="plug" title={accounts.none} hint={accounts.noneHint} /> : (
        <Table label={admin.serviceAccounts} rows={all} keyOf={({ user_id: id }) => id} columns={[
          { label: people.name, cell: ({ name, disabled_at: at }) => <span className="flex flex-wrap items-center gap-1.5 font-medium">{name}{at && <Badge look="warn">{people.disabled}</Badge>}</span> },
          { label: people.role, className: 'w-32', cell: ({ role }) => people.roles[role] },
          { label: people.since, isSecondary: true, className: 'w-32 text-quiet', cell: ({ created_at: at }) => <TimeAgo at={at} /> },
          { label: people.actions, isActions: true, cell: ({ user_id: id, name, disabled_at: at }) => at === null && (
            <ConfirmButton label={people.disable} about={name} title={people.disableTitle(name)} hint={accounts.disableHint} yes={people.disable} onYes={() => disable.mutateAsync(id)} />
          ) },
        ]} />
      ))}</Asked>
      {isNew && <NewAccountDialog onClose={() => setNew(false)} />}
    </>
  );
}

function NewAccountDialog({ onClose }: { onClose: () => void }) {
  const { accounts, people } = useStrings();
  const { data: me } = useQuery(meQuery);
  const [draft, setDraft] = useState({ name: '', role: 'member' as Role });
  const add = useChange(() => ask(api.POST('/api/v1/service-accounts', { body: draft })), { changes: [['admin']], told: people.added(draft.name), onDone: onClose });
  return (
    <FormDialog isOpen onClose={onClose} title={accounts.add} submit={accounts.add} onSubmit={() => add.mutate(undefined)} isPending={add.isPending} error={add.error}>
      <TextField name="name" label={people.name} hint={accounts.nameHint} value={draft.name} required maxLength={63} onChange={(event) => setDraft({ ...draft, name: event.target.value })} />
      <SelectField name="role" label={people.role} hint={people.roleHints[draft.role]} value={draft.role} options={rolesGivenBy(me?.user.role).map((role) => [role, people.roles[role]] as const)} onChange={(event) => setDraft({ ...draft, role: event.target.value as Role })} />
    </FormDialog>
  );
}
