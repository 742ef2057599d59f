import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client.js';
import { meQuery, projectsQuery } from '../api/queries.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Button } from '../ui/button.js';
import { CheckField, SelectField, TextField } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { ShownOnce } from '../ui/shown-once.js';
import { AGENT_SCOPES, daysAllowed, READING_SCOPES, TOKEN_SCOPES, tokenPolicyQuery, type TokenScope } from './token-queries.js';

export interface TokenOwner {
  userId: string;
  name: string;
}

type Reach = 'agent' | 'reading' | 'chosen';

interface Draft {
  name: string;
  userId: string;
  days: string;
  reach: Reach;
  scopes: readonly TokenScope[];
  projects: readonly string[];
}

const EMPTY: Draft = { name: '', userId: '', days: '', reach: 'agent', scopes: [], projects: [] };

/** The button, the form, and the secret, shown this once. Who may make tokens for others chooses among `owners`. */
export function NewToken({ owners }: { owners?: readonly TokenOwner[] }) {
  const { tokens: words } = useStrings();
  const [isOpen, setOpen] = useState(false);
  const [secret, setSecret] = useState<string>();
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>{words.add}</Button>
      {isOpen && <NewTokenDialog owners={owners} onClose={(made) => { setOpen(false); setSecret(made); }} />}
      {secret && <ShownOnce title={words.made} hint={words.madeHint} secret={secret} onClose={() => setSecret(undefined)} />}
    </>
  );
}

function bodyOf({ name, userId, days, reach, scopes, projects }: Draft) {
  const places = projects.map((place) => {
    const [workspace, project] = place.split('/');
    return { workspace: workspace!, project: project! };
  });
  return {
    name, scopes: [...({ agent: AGENT_SCOPES, reading: READING_SCOPES, chosen: scopes }[reach])], ...(userId ? { user_id: userId } : {}), ...(places.length > 0 ? { projects: places } : {}),
    ...(days === '' ? {} : { expires_in_days: days === 'never' ? null : Number(days) }),
  };
}

function NewTokenDialog({ owners, onClose }: { owners?: readonly TokenOwner[]; onClose: (secret?: string) => void }) {
  const { tokens: words, people } = useStrings();
  const { data: me } = useQuery(meQuery);
  const { data: policy } = useQuery(tokenPolicyQuery);
  const [draft, setDraft] = useState(EMPTY);
  const add = useChange(() => ask(api.POST('/api/v1/tokens', { body: bodyOf(draft) })), { changes: [['tokens']], onDone: ({ token }) => onClose(token.token) });
  const days = daysAllowed(policy?.policy.days_max ?? 90).map((each) => [String(each), words.days(each)] as const);
  const never = policy?.policy.may_never_expire ? [['never', words.never] as const] : [];
  return (
    <FormDialog isOpen onClose={() => onClose()} title={words.add} submit={words.add} onSubmit={() => add.mutate(undefined)} isPending={add.isPending} error={add.error}>
      <TextField name="name" label={people.name} hint={words.nameHint} value={draft.name} required maxLength={200} onChange={(event) => setDraft({ ...draft, name: event.target.value })} />
      {owners && <SelectField name="user_id" label={words.whose} value={draft.userId} options={[['', words.oneself], ...owners.filter(({ userId }) => userId !== me?.user.user_id).map(({ userId, name }) => [userId, name] as const)]} onChange={(event) => setDraft({ ...draft, userId: event.target.value })} />}
      <SelectField name="expires_in_days" label={words.expires} value={draft.days} options={[['', words.asUsual], ...days, ...never]} onChange={(event) => setDraft({ ...draft, days: event.target.value })} />
      <SelectField name="scopes" label={words.may} value={draft.reach} options={[['agent', words.agentReach], ['reading', words.readingReach], ['chosen', words.chosenReach]]} onChange={(event) => setDraft({ ...draft, reach: event.target.value as Reach })} />
      {draft.reach === 'chosen' && <Checks label={words.may} all={TOKEN_SCOPES} chosen={draft.scopes} onChange={(scopes) => setDraft({ ...draft, scopes })} nameOf={(scope) => `${scope}: ${words.scopes[scope]}`} />}
      <ProjectChecks chosen={draft.projects} onChange={(projects) => setDraft({ ...draft, projects })} />
    </FormDialog>
  );
}

function ProjectChecks({ chosen, onChange }: { chosen: readonly string[]; onChange: (chosen: readonly string[]) => void }) {
  const { tokens: words } = useStrings();
  const { data } = useQuery(projectsQuery);
  const all = (data?.projects ?? []).filter(({ workspace }) => workspace !== '_global').map(({ workspace, project }) => `${workspace}/${project}`);
  return (
    <details>
      <summary className="text-sm text-quiet">{chosen.length === 0 ? words.everyProject : words.someProjects(chosen.length)}</summary>
      <div className="mt-2"><Checks label={words.projects} all={all} chosen={chosen} onChange={onChange} nameOf={(place) => place} /></div>
    </details>
  );
}

function Checks<Value extends string>({ label, all, chosen, onChange, nameOf }: { label: string; all: readonly Value[]; chosen: readonly Value[]; onChange: (chosen: readonly Value[]) => void; nameOf: (value: Value) => string }) {
  return (
    <fieldset className="max-h-56 space-y-1.5 overflow-y-auto rounded-md border border-line p-3">
      <legend className="sr-only">{label}</legend>
      {all.map((value) => <CheckField key={value} label={nameOf(value)} checked={chosen.includes(value)} onChange={(event) => onChange(event.target.checked ? [...chosen, value] : chosen.filter((each) => each !== value))} />)}
    </fieldset>
  );
}
