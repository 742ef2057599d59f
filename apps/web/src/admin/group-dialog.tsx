import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { SelectField } from '../ui/field.js';
import { Form } from '../ui/form.js';
import { Rows } from '../ui/layout.js';
import { Modal } from '../ui/modal.js';
import { tellFailure } from '../ui/toasts.js';
import { groupQuery, usersQuery } from './people-queries.js';

/** Who is in a group: added and taken out here. */
export function GroupDialog({ group, onClose }: { group: string; onClose: () => void }) {
  const { groups: words } = useStrings();
  const query = useQuery(groupQuery(group));
  const takeOut = useChange((user: string) => ask(api.DELETE('/api/v1/groups/{group}/members/{user}', { params: { path: { group, user } } })), { changes: [['admin', 'groups']] });
  return (
    <Modal isOpen onClose={onClose} title={words.membersOf(group)}>
      <div className="space-y-4 overflow-y-auto p-4">
        <Asked query={query}>{({ group: { members } }) => (
          <>
            <AddMember group={group} present={members.map(({ user_id: id }) => id)} />
            {members.length === 0 ? <p className="text-sm text-quiet">{words.empty}</p> : (
              <Rows label={words.membersOf(group)}>
                {members.map(({ user_id: id, name }) => (
                  <li key={id} className="flex items-center justify-between gap-2 px-3 py-1.5 text-sm">
                    <span className="wrap-anywhere">{name}</span>
                    <Button look="quiet" disabled={takeOut.isPending} onClick={() => takeOut.mutate(id, { onError: tellFailure })}>{words.takeOut}<span className="sr-only"> {name}</span></Button>
                  </li>
                ))}
              </Rows>
            )}
          </>
        )}</Asked>
      </div>
    </Modal>
  );
}

function AddMember({ group, present }: { group: string; present: readonly string[] }) {
  const { groups: words } = useStrings();
  const { data } = useQuery(usersQuery);
  const [user, setUser] = useState('');
  const add = useChange(() => ask(api.PUT('/api/v1/groups/{group}/members/{user}', { params: { path: { group, user } } })), { changes: [['admin', 'groups']], onDone: () => setUser('') });
  const others = (data?.users ?? []).filter(({ user_id: id }) => !present.includes(id));
  return (
    <Form error={add.error} onSubmit={() => add.mutate(undefined)} className="space-y-2">
      <div className="flex items-end gap-2">
        <SelectField label={words.addMember} value={user} required onChange={(event) => setUser(event.target.value)} options={[['', words.choose], ...others.map(({ user_id: id, name }) => [id, name] as const)]} className="flex-1" />
        <Button type="submit" disabled={user === '' || add.isPending}>{words.addOne}</Button>
      </div>
    </Form>
  );
}
