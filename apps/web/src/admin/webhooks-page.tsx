import { useQuery } from '@tanstack/react-query';
import type { Schema } from 'ai-memory-api-client';
import { useState } from 'react';
import { api, ask } from '../api/client.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { ConfirmButton } from '../ui/confirm-button.js';
import { SelectField, TextField } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { PageTitle } from '../ui/layout.js';
import { ShownOnce } from '../ui/shown-once.js';
import { Empty } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { DeliveriesDialog } from './deliveries-dialog.js';
import { webhooksQuery } from './settings-queries.js';

type Webhook = Schema<'Webhook'>;

/** Programs that are told of pages, or asked before they are written. */
export function WebhooksPage() {
  const { admin, webhooks: words, people } = useStrings();
  const query = useQuery(webhooksQuery);
  const [isNew, setNew] = useState(false);
  const [secret, setSecret] = useState<string>();
  const [shown, setShown] = useState<Webhook>();
  const remove = useChange((webhook: string) => ask(api.DELETE('/api/v1/webhooks/{webhook}', { params: { path: { webhook } } })), { changes: [['admin', 'webhooks']], told: words.removed });
  return (
    <>
      <PageTitle title={admin.webhooks} of={admin.title}><Button look="primary" onClick={() => setNew(true)}>{words.add}</Button></PageTitle>
      <Asked query={query} lines={5}>{({ webhooks }) => (webhooks.length === 0 ? <Empty icon="plug" title={words.none} hint={words.noneHint} /> : (
        <Table label={admin.webhooks} rows={webhooks} keyOf={({ webhook_id: id }) => id} columns={[
          { label: people.name, cell: ({ name, url }) => <><span className="block font-medium">{name}</span><span className="font-mono text-xs text-quiet">{url}</span></> },
          { label: words.mode, isSecondary: true, className: 'w-32', cell: ({ mode }) => words.modes[mode] },
          { label: words.onFailure, isSecondary: true, className: 'w-40', cell: ({ on_failure: failure }) => words.failures[failure] },
          { label: people.actions, isActions: true, cell: (webhook) => (
            <>
              <Button look="quiet" onClick={() => setShown(webhook)}>{words.deliveries}<span className="sr-only"> {webhook.name}</span></Button>
              <ConfirmButton label={words.remove} about={webhook.name} title={words.removeTitle(webhook.name)} hint={words.removeHint} yes={words.remove} onYes={() => remove.mutateAsync(webhook.webhook_id)} />
            </>
          ) },
        ]} />
      ))}</Asked>
      {isNew && <NewWebhookDialog onClose={(made) => { setNew(false); setSecret(made); }} />}
      {secret && <ShownOnce title={words.made} hint={words.madeHint} secret={secret} onClose={() => setSecret(undefined)} />}
      {shown && <DeliveriesDialog webhook={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}

function NewWebhookDialog({ onClose }: { onClose: (secret?: string) => void }) {
  const { webhooks: words, people } = useStrings();
  const [draft, setDraft] = useState<Pick<Webhook, 'name' | 'url' | 'mode' | 'on_failure'>>({ name: '', url: '', mode: 'observe', on_failure: 'open' });
  const add = useChange(() => ask(api.POST('/api/v1/webhooks', { body: draft })), { changes: [['admin', 'webhooks']], onDone: ({ secret }) => onClose(secret) });
  return (
    <FormDialog isOpen onClose={() => onClose()} title={words.add} submit={words.add} onSubmit={() => add.mutate(undefined)} isPending={add.isPending} error={add.error}>
      <TextField name="name" label={people.name} value={draft.name} required maxLength={100} onChange={(event) => setDraft({ ...draft, name: event.target.value })} />
      <TextField name="url" type="url" label={words.url} hint={words.urlHint} value={draft.url} required maxLength={500} onChange={(event) => setDraft({ ...draft, url: event.target.value })} />
      <SelectField name="mode" label={words.mode} hint={words.modeHints[draft.mode]} value={draft.mode} options={(['observe', 'reject', 'mutate'] as const).map((mode) => [mode, words.modes[mode]] as const)} onChange={(event) => setDraft({ ...draft, mode: event.target.value as Webhook['mode'] })} />
      {draft.mode !== 'observe' && <SelectField name="on_failure" label={words.onFailure} value={draft.on_failure} options={(['open', 'closed'] as const).map((each) => [each, words.failures[each]] as const)} onChange={(event) => setDraft({ ...draft, on_failure: event.target.value as Webhook['on_failure'] })} />}
    </FormDialog>
  );
}
