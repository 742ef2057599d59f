import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { SelectField } from '../ui/field.js';
import { Form } from '../ui/form.js';
import { Badge, Rows } from '../ui/layout.js';
import { Modal } from '../ui/modal.js';
import { tellFailure } from '../ui/toasts.js';
import { type Grant, type Granted, grantsQuery, type Level, LEVELS, putGrant, removeGrant } from './access-queries.js';
import { groupsQuery, usersQuery } from './people-queries.js';

/** Who may what in a project or a workspace, beside what their role lets them. */
export function GrantsDialog({ of, onClose }: { of: Granted; onClose: () => void }) {
  const { access } = useStrings();
  const query = useQuery(grantsQuery(of));
  return (
    <Modal isOpen onClose={onClose} title={access.grantsOf(of.project ? `${of.workspace}/${of.project}` : of.workspace)}>
      <div className="space-y-4 overflow-y-auto p-4">
        <p className="text-sm text-quiet">{of.project ? access.grantsHint : access.workspaceGrantsHint}</p>
        <AddGrant of={of} />
        <Asked query={query}>{({ grants }) => (grants.length === 0 ? <p className="text-sm text-quiet">{access.noGrants}</p> : <Rows label={access.grants}>{grants.map((grant) => <GrantRow key={grant.grant_id} of={of} grant={grant} />)}</Rows>)}</Asked>
      </div>
    </Modal>
  );
}

function GrantRow({ of, grant: { grant_id: id, user, group, level } }: { of: Granted; grant: Grant }) {
  const { access, forms, admin } = useStrings();
  const remove = useChange(() => removeGrant(of, id), { changes: [['admin', 'grants']] });
  return (
    <li className="flex items-center gap-2 px-3 py-1.5 text-sm">
      <span className="min-w-0 flex-1 wrap-anywhere">{user ?? group}{group && <span className="ml-1.5 text-xs text-quiet">{admin.group}</span>}</span>
      <Badge look={level === 'admin' ? 'warn' : 'plain'}>{access.levels[level]}</Badge>
      <Button look="quiet" disabled={remove.isPending} onClick={() => remove.mutate(undefined, { onError: tellFailure })}>{forms.remove}<span className="sr-only"> {user ?? group}</span></Button>
    </li>
  );
}

function AddGrant({ of }: { of: Granted }) {
  const { access, forms, admin } = useStrings();
  const { data: users } = useQuery(usersQuery);
  const { data: groups } = useQuery(groupsQuery);
  const [who, setWho] = useState('');
  const [level, setLevel] = useState<Level>('read');
  const add = useChange(() => {
    const [kind, ...name] = who.split(':');
    return putGrant(of, { [kind!]: name.join(':'), level });
  }, { changes: [['admin', 'grants']], onDone: () => setWho('') });
  const choices = [...(groups?.groups ?? []).map(({ name }) => [`group:${name}`, `${name} (${admin.group})`] as const), ...(users?.users ?? []).map(({ name }) => [`user:${name}`, name] as const)];
  return (
    <Form error={add.error} onSubmit={() => add.mutate(undefined)} className="space-y-2">
      <div className="flex items-end gap-2">
        <SelectField label={access.who} value={who} required options={[['', forms.choose], ...choices]} onChange={(event) => setWho(event.target.value)} className="min-w-0 flex-1" />
        <SelectField label={access.level} value={level} options={LEVELS.map((each) => [each, access.levels[each]] as const)} onChange={(event) => setLevel(event.target.value as Level)} className="w-28" />
        <Button type="submit" disabled={who === '' || add.isPending}>{access.grant}</Button>
      </div>
    </Form>
  );
}
