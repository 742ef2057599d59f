import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client.js';
import { projectsQuery } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { SelectField } from '../ui/field.js';
import { PageTitle, Section } from '../ui/layout.js';
import { DaysForm } from './days-form.js';
import { CAPTURE_DAYS, ProjectRetention } from './project-retention.js';
import { auditRetentionQuery, captureRetentionQuery } from './settings-queries.js';

/** As the server has them. */
const AUDIT_DAYS = [30, 3_650] as const;

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
      {place && <div key={chosen} className="mt-6"><ProjectRetention place={place} /></div>}
    </Section>
  );
}
