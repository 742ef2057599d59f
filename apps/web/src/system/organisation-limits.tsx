import { useQuery } from '@tanstack/react-query';
import type { Schema } from 'ai-memory-api-client';
import { useState } from 'react';
import { useChange } from '../api/change.js';
import { api, ask } from '../api/client.js';
import { meQuery } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/field.js';
import { Form, FormButtons } from '../ui/form.js';
import { changesOf, inForce, LIMIT_FIELDS, textsOf } from './limit-fields.js';
import { limitsQuery } from './system-queries.js';

/** What one organisation may use other than the default: the operator's to say. */
export function OrganisationLimits() {
  const { system } = useStrings();
  const { data: me } = useQuery(meQuery);
  const [typed, setTyped] = useState(me?.organisation.name ?? '');
  const [name, setName] = useState(typed);
  return (
    <>
      <form onSubmit={(event) => { event.preventDefault(); setName(typed.trim()); }} className="mb-4 flex flex-wrap items-end gap-2">
        <TextField label={system.organisation} value={typed} required maxLength={63} onChange={(event) => setTyped(event.target.value)} className="w-64" />
        <Button type="submit">{system.show}</Button>
      </form>
      {name && <LimitsOf key={name} name={name} />}
    </>
  );
}

function LimitsOf({ name }: { name: string }) {
  const { system } = useStrings();
  const query = useQuery(limitsQuery(name));
  return <Asked query={query} lines={8}>{({ limits, changes }) => (limits === null ? <p className="text-sm text-quiet">{system.unlimited}</p> : <LimitsForm name={name} limits={limits} changes={changes} />)}</Asked>;
}

function LimitsForm({ name, limits, changes }: { name: string } & { limits: NonNullable<Schema<'OrganisationLimits'>['limits']>; changes: Schema<'OrganisationLimits'>['changes'] }) {
  const { system, usage, forms } = useStrings();
  const [texts, setTexts] = useState(() => textsOf(changes));
  const save = useChange(() => ask(api.PUT('/api/v1/organisations/{organisation}/limits', { params: { path: { organisation: name } }, body: changesOf(texts) })), { changes: [limitsQuery(name).queryKey], told: forms.saved });
  const words: Readonly<Record<string, string>> = { requests: usage.requests, events: usage.events, searches: usage.searches, rows: usage.rows, bytes: usage.bytes };
  const whoseWords = { ...usage.whose, stored: system.stored };
  return (
    <Form error={save.error} onSubmit={() => save.mutate(undefined)}>
      <p className="text-sm text-quiet">{system.limitsHint}</p>
      {LIMIT_FIELDS.map(([whose, measures]) => (
        <fieldset key={whose} className="grid gap-3 sm:grid-cols-3">
          <legend className="mb-2 text-sm font-medium">{whoseWords[whose]}</legend>
          {measures.map((measure) => {
            const field = `${whose}.${measure}`;
            return <TextField key={field} label={words[measure]!} type="number" min={1} placeholder={String(inForce(limits, whose, measure))} value={texts[field] ?? ''} onChange={(event) => setTexts({ ...texts, [field]: event.target.value })} />;
          })}
        </fieldset>
      ))}
      <FormButtons><Button type="submit" look="primary" disabled={save.isPending}>{save.isPending ? forms.working : forms.save}<span className="sr-only"> {system.limitsOf(name)}</span></Button></FormButtons>
    </Form>
  );
}
