import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client.js';
import { type Place, projectsQuery } from '../api/queries.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { CheckField, SelectField, TextField } from '../ui/field.js';
import { Form, FormButtons } from '../ui/form.js';
import { PageTitle, Section } from '../ui/layout.js';
import { DaysForm } from './days-form.js';
import { auditRetentionQuery, captureRetentionQuery, pageRetentionQuery, projectCaptureRetentionQuery } from './settings-queries.js';

/** As the server has them, in days. */
const AUDIT_DAYS = [30, 3_650] as const;
const CAPTURE_DAYS = [1, 3_650] as const;

/** How long what was captured, written and recorded is kept. */
export function RetentionPage() {
  const { admin, retention } = useStrings();
  const capture = useQuery(captureRetentionQuery);
  const audit = useQuery(auditRetentionQuery);
  return (
    <div className="space-y-8">
      <PageTitle title={admin.retention} of={admin.title} />
      <Section title={retention.captured}>
        <Asked query={capture} lines={3}>{({ retention_days: stored }) => (
          <DaysForm label={retention.days} hint={retention.capturedHint} stored={stored} min={CAPTURE_DAYS[0]} max={CAPTURE_DAYS[1]} changes={['admin', 'capture-retention']} save={(days) => ask(api.PUT('/api/v1/capture-retention', { body: { retention_days: days } }))} />
        )}</Asked>
      </Section>
      <Section title={retention.audit}>
        <Asked query={audit} lines={3}>{({ retention_days: stored }) => (
          <DaysForm label={retention.days} hint={retention.auditHint} stored={stored} min={AUDIT_DAYS[0]} max={AUDIT_DAYS[1]} changes={['admin', 'audit-retention']} save={(days) => ask(api.PUT('/api/v1/audit/retention', { body: { retention_days: days } }))} />
        )}</Asked>
      </Section>
      <OfProject />
    </div>
  );
}

function OfProject() {
  const { retention, access, forms } = useStrings();
  const { data } = useQuery(projectsQuery);
  const [chosen, setChosen] = useState('');
  const names = (data?.projects ?? []).map(({ workspace, project }) => `${workspace}/${project}`);
  const [workspace, project] = chosen.split('/');
  const place = workspace && project ? { workspace, project } : undefined;
  return (
    <Section title={retention.ofProject}>
      <SelectField label={access.project} value={chosen} options={[['', forms.choose], ...names.map((name) => [name, name] as const)]} onChange={(event) => setChosen(event.target.value)} className="max-w-md" />
      {place && <div key={chosen} className="mt-6 space-y-6"><ProjectCapture place={place} /><PageRetention place={place} /></div>}
    </Section>
  );
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
