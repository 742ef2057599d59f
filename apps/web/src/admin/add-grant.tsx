import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '../api/change.js';
import { meQuery } from '../api/queries.js';
import { isAdmin } from '../shell/navigation.js';
import { useStrings } from '../strings/strings.js';
import { Button } from '../ui/button.js';
import { SelectField, TextField } from '../ui/field.js';
import { Form } from '../ui/form.js';
import { type Granted, type Level, LEVELS, putGrant } from './access-queries.js';
import { groupsQuery, usersQuery } from './people-queries.js';

/** To whom: `user:ada` or `group:payments`. */
type Grantee = `${'user' | 'group'}:${string}` | '';

export function AddGrant({ of }: { of: Granted }) {
  const { access } = useStrings();
  const { data: me } = useQuery(meQuery);
  const [who, setWho] = useState<Grantee>('');
  const [level, setLevel] = useState<Level>('read');
  const name = who.slice(who.indexOf(':') + 1).trim();
  const add = useChange(() => putGrant(of, { [who.slice(0, who.indexOf(':'))]: name, level }), { changes: [['admin', 'grants']], onDone: () => setWho('') });
  const Field = isAdmin(me) ? ChosenGrantee : NamedGrantee;
  return (
    <Form error={add.error} onSubmit={() => add.mutate(undefined)} className="space-y-2">
      <div className="flex flex-wrap items-end gap-2">
        <Field who={who} onChange={setWho} />
        <SelectField label={access.level} value={level} options={LEVELS.map((each) => [each, access.levels[each]] as const)} onChange={(event) => setLevel(event.target.value as Level)} className="w-28" />
        <Button type="submit" disabled={name === '' || add.isPending}>{access.grant}</Button>
      </div>
    </Form>
  );
}

interface GranteeProps {
  who: Grantee;
  onChange: (who: Grantee) => void;
}

function ChosenGrantee({ who, onChange }: GranteeProps) {
  const { access, forms, admin } = useStrings();
  const { data: users } = useQuery(usersQuery);
  const { data: groups } = useQuery(groupsQuery);
  const choices = [...(groups?.groups ?? []).map(({ name }) => [`group:${name}`, `${name} (${admin.group})`] as const), ...(users?.users ?? []).map(({ name }) => [`user:${name}`, name] as const)];
  return <SelectField label={access.who} value={who} required options={[['', forms.choose], ...choices]} onChange={(event) => onChange(event.target.value as Grantee)} className="min-w-40 flex-1" />;
}

/** Who is a project's admin alone is not told who else there is, and names them. */
function NamedGrantee({ who, onChange }: GranteeProps) {
  const { access } = useStrings();
  const kind = who.startsWith('group:') ? 'group' : 'user';
  const name = who.slice(who.indexOf(':') + 1);
  return (
    <>
      <SelectField label={access.who} value={kind} options={[['user', access.isUser], ['group', access.isGroup]]} onChange={(event) => onChange(`${event.target.value as 'user' | 'group'}:${name}`)} className="w-32" />
      <TextField label={access.name} name={kind} value={name} required maxLength={200} onChange={(event) => onChange(`${kind}:${event.target.value}`)} className="min-w-40 flex-1" />
    </>
  );
}
