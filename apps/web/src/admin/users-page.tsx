import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { api, ask } from '../api/client.js';
import { meQuery } from '../api/queries.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { SelectField, TextField } from '../ui/field.js';
import { Badge, PageTitle } from '../ui/layout.js';
import { Table } from '../ui/table.js';
import { TimeAgo } from '../ui/time-ago.js';
import { tellFailure } from '../ui/toasts.js';
import { NewUserDialog } from './new-user-dialog.js';
import { type Role, rolesGivenBy, type User, usersQuery } from './people-queries.js';
import { UserActions } from './user-actions.js';

/** From so many on, a filter helps. */
const FILTER_FROM = 12;

export function UsersPage() {
  const { admin, people } = useStrings();
  const query = useQuery(usersQuery);
  const { data: me } = useQuery(meQuery);
  const [isNew, setNew] = useState(false);
  const [wanted, setWanted] = useState('');
  const deferred = useDeferredValue(wanted.trim().toLowerCase());
  const isOneself = ({ user_id: id }: User): boolean => id === me?.user.user_id;
  return (
    <>
      <PageTitle title={admin.users} of={admin.title}><Button look="primary" onClick={() => setNew(true)}>{people.add}</Button></PageTitle>
      <Asked query={query} lines={8}>{({ users }) => {
        const persons = users.filter(({ kind }) => kind === 'person');
        const found = persons.filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(deferred));
        return (
          <>
            {persons.length >= FILTER_FROM && <TextField label={people.filter} isLabelHidden type="search" placeholder={people.filter} value={wanted} onChange={(event) => setWanted(event.target.value)} className="mb-3 max-w-sm" />}
            <Table label={admin.users} rows={found} keyOf={({ user_id: id }) => id} columns={[
              { label: people.name, cell: (user) => <Named user={user} isOneself={isOneself(user)} /> },
              { label: people.role, className: 'w-36', cell: (user) => <RoleField user={user} givenBy={me?.user.role} isFixed={isOneself(user)} /> },
              { label: people.since, isSecondary: true, className: 'w-32 text-quiet', cell: ({ created_at: at }) => <TimeAgo at={at} /> },
              { label: people.actions, isActions: true, cell: (user) => !isOneself(user) && <UserActions user={user} /> },
            ]} />
          </>
        );
      }}</Asked>
      {isNew && <NewUserDialog givenBy={me?.user.role} onClose={() => setNew(false)} />}
    </>
  );
}

function Named({ user: { name, email, operator, disabled_at: disabledAt }, isOneself }: { user: User; isOneself: boolean }) {
  const { people } = useStrings();
  return (
    <div className="min-w-0">
      <span className="flex flex-wrap items-center gap-1.5 font-medium">{name}{isOneself && <Badge>{people.you}</Badge>}{operator && <Badge look="accent">{people.operator}</Badge>}{disabledAt && <Badge look="warn">{people.disabled}</Badge>}</span>
      <span className="text-xs text-quiet">{email}</span>
    </div>
  );
}

/** Nobody takes their own role away here: the last owner would shut themselves out. */
function RoleField({ user, givenBy, isFixed }: { user: User; givenBy: Role | undefined; isFixed: boolean }) {
  const { people } = useStrings();
  const change = useChange((role: Role) => ask(api.PUT('/api/v1/users/{user}/role', { params: { path: { user: user.user_id } }, body: { role } })), { changes: [['admin', 'users']], told: people.roleChanged(user.name) });
  const roles = rolesGivenBy(givenBy);
  if (isFixed || !roles.includes(user.role)) return people.roles[user.role];
  return (
    <SelectField label={people.roleOf(user.name)} isLabelHidden value={user.role} disabled={change.isPending} options={roles.map((role) => [role, people.roles[role]] as const)}
      onChange={(event) => change.mutate(event.target.value as Role, { onError: tellFailure })} />
  );
}
