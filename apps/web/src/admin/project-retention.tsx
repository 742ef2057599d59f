import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '../api/change.js';
import { api, ask } from '../api/client.js';
import type { Place } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { CheckField, TextField } from '../ui/field.js';
import { Form, FormButtons } from '../ui/form.js';
import { DaysForm } from './days-form.js';
import { pageRetentionQuery, projectCaptureRetentionQuery } from './settings-queries.js';

/** As the server has them. */
export const CAPTURE_DAYS = [1, 3_650] as const;

/** How long a project keeps what was captured, and how fast its pages fade. */
export function ProjectRetention({ place }: { place: Place }) {
  return <div className="space-y-6"><ProjectCapture place={place} /><PageRetention place={place} /></div>;
}

function ProjectCapture({ place }: { place: Place }) {
  const { retention } = useStrings();
  const query = useQuery(projectCaptureRetentionQuery(place));
  return (
    <Asked query={query} lines={3}>{({ retention_days: stored, effective_days: effective }) => (
      <DaysForm label={retention.capturedOfProject} hint={retention.effective(effective)} stored={stored} min={CAPTURE_DAYS[0]} max={CAPTURE_DAYS[1]} changes={['admin', 'capture-retention']}
        save={(days) => ask(api.PUT('/api/v1/workspaces/{workspace}/projects/{project}/capture-retention', { params: { path: { ...place } }, body: { retention_days: days } }))} />
    )}</Asked>
  );
}

function PageRetention({ place }: { place: Place }) {
  const query = useQuery(pageRetentionQuery(place));
  return <Asked query={query} lines={3}>{({ enabled, half_life_days: days, faded }) => <PageRetentionForm place={place} stored={{ enabled, half_life_days: days }} faded={faded.map(({ path }) => path)} />}</Asked>;
}

function PageRetentionForm({ place, stored, faded }: { place: Place; stored: { enabled: boolean; half_life_days: number }; faded: readonly string[] }) {
  const { retention, forms } = useStrings();
  const [draft, setDraft] = useState(stored);
  const save = useChange(() => ask(api.PUT('/api/v1/workspaces/{workspace}/projects/{project}/retention', { params: { path: { ...place } }, body: draft })), { changes: [['admin', 'page-retention']], told: forms.saved });
  return (
    <Form error={save.error} onSubmit={() => save.mutate(undefined)} className="max-w-md space-y-3">
      <CheckField name="enabled" label={retention.pagesFade} hint={retention.pagesFadeHint} checked={draft.enabled} onChange={(event) => setDraft({ ...draft, enabled: event.target.checked })} />
      <TextField name="half_life_days" label={retention.halfLife} type="number" min={7} max={3_650} required value={draft.half_life_days} onChange={(event) => setDraft({ ...draft, half_life_days: event.target.valueAsNumber })} />
      {faded.length > 0 && <p className="text-xs text-quiet wrap-anywhere">{retention.next}: {faded.join(', ')}</p>}
      <FormButtons><Button type="submit" disabled={save.isPending}>{forms.save}</Button></FormButtons>
    </Form>
  );
}
