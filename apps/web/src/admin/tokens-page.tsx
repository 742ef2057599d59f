import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { NewToken } from '../account/new-token.js';
import { TokenTable } from '../account/token-table.js';
import { type Token, tokenPolicyQuery, tokensQuery } from '../account/token-queries.js';
import { api, ask } from '../api/client.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { CheckField, TextField } from '../ui/field.js';
import { Form, FormButtons } from '../ui/form.js';
import { PageTitle, Section } from '../ui/layout.js';
import { usersQuery } from './people-queries.js';

/** Everybody's tokens, and how long they may live. */
export function TokensPage() {
  const { admin, tokens: words } = useStrings();
  const query = useQuery(tokensQuery);
  const policy = useQuery(tokenPolicyQuery);
  const { data } = useQuery(usersQuery);
  const [isWhole, setWhole] = useState(false);
  const users = data?.users ?? [];
  const nameOf = ({ user_id: id }: Token): string => users.find(({ user_id: each }) => each === id)?.name ?? '';
  return (
    <div className="space-y-8">
      <div>
        <PageTitle title={admin.tokens} of={admin.title}><NewToken owners={users.filter(({ disabled_at: at }) => at === null).map(({ user_id: userId, name }) => ({ userId, name }))} /></PageTitle>
        <CheckField label={words.withEnded} checked={isWhole} onChange={(event) => setWhole(event.target.checked)} className="mb-3" />
        <Asked query={query} lines={8}>{({ tokens }) => <TokenTable owner={nameOf} tokens={tokens.filter(({ state }) => isWhole || state === 'active').toReversed()} />}</Asked>
      </div>
      <Section title={words.policy}><Asked query={policy} lines={3}>{({ policy: stored }) => <PolicyForm stored={stored} />}</Asked></Section>
    </div>
  );
}

function PolicyForm({ stored }: { stored: { days_max: number; may_never_expire: boolean } }) {
  const { tokens: words, forms } = useStrings();
  const [draft, setDraft] = useState(stored);
  const save = useChange(() => ask(api.PUT('/api/v1/token-policy', { body: draft })), { changes: [['token-policy']], told: forms.saved });
  return (
    <Form error={save.error} onSubmit={() => save.mutate(undefined)} className="max-w-md space-y-3">
      <TextField name="days_max" label={words.daysMax} type="number" min={1} max={3_650} required value={draft.days_max} onChange={(event) => setDraft({ ...draft, days_max: event.target.valueAsNumber })} />
      <CheckField name="may_never_expire" label={words.mayNeverExpire} checked={draft.may_never_expire} onChange={(event) => setDraft({ ...draft, may_never_expire: event.target.checked })} />
      <FormButtons><Button type="submit" disabled={save.isPending}>{forms.save}</Button></FormButtons>
    </Form>
  );
}
