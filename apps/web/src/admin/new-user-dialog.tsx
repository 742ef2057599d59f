import { useState } from 'react';
import { api, ask } from '../api/client.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { SelectField, TextField } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { type Role, rolesGivenBy } from './people-queries.js';

export function NewUserDialog({ givenBy, onClose }: { givenBy: Role | undefined; onClose: () => void }) {
  const { people } = useStrings();
  const [draft, setDraft] = useState({ name: '', email: '', role: 'member' as Role });
  const add = useChange(() => ask(api.POST('/api/v1/users', { body: draft })), { changes: [['admin', 'users']], told: people.added(draft.name), onDone: onClose });
  return (
    <FormDialog isOpen onClose={onClose} title={people.add} submit={people.add} onSubmit={() => add.mutate(undefined)} isPending={add.isPending} error={add.error}>
      <TextField name="name" label={people.name} hint={people.nameHint} value={draft.name} required maxLength={200} onChange={(event) => setDraft({ ...draft, name: event.target.value })} />
      <TextField name="email" type="email" label={people.email} value={draft.email} required maxLength={320} onChange={(event) => setDraft({ ...draft, email: event.target.value })} />
      <SelectField name="role" label={people.role} hint={people.roleHints[draft.role]} value={draft.role} options={rolesGivenBy(givenBy).map((role) => [role, people.roles[role]] as const)} onChange={(event) => setDraft({ ...draft, role: event.target.value as Role })} />
    </FormDialog>
  );
}
