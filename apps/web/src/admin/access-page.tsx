import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client.js';
import { projectsQuery } from '../api/queries.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { SelectField } from '../ui/field.js';
import { PageTitle, Section } from '../ui/layout.js';
import { Empty } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { tellFailure } from '../ui/toasts.js';
import { type Granted, organisationQuery, workspacesQuery } from './access-queries.js';
import { EraseProject } from './erase-project.js';
import { ExportProject } from './export-links.js';
import { GrantsDialog } from './grants-dialog.js';
import { type Visibility, VisibilityField } from './visibility-field.js';

/** Who sees which project: by default, by project, and by what is granted. */
export function AccessPage() {
  const { admin, access, people, home } = useStrings();
  const projects = useQuery(projectsQuery);
  const workspaces = useQuery(workspacesQuery);
  const [granted, setGranted] = useState<Granted>();
  const grants = (of: Granted, name: string) => <Button look="quiet" onClick={() => setGranted(of)}>{access.grants}<span className="sr-only"> {name}</span></Button>;
  return (
    <div className="space-y-8">
      <div><PageTitle title={admin.access} of={admin.title} /><DefaultVisibility /></div>
      <Section title={home.yourProjects}>
        <Asked query={projects} lines={6}>{({ projects: all }) => (all.length === 0 ? <Empty icon="folder" title={home.empty} hint={home.emptyHint} /> : (
          <Table label={home.yourProjects} rows={all} keyOf={({ project_id: id }) => id} columns={[
            { label: access.project, cell: ({ workspace, project }) => <span><span className="text-quiet">{workspace}/</span><span className="font-medium">{project}</span></span> },
            { label: access.visibility, className: 'w-36', cell: (project) => <VisibilityField project={project} isLabelHidden /> },
            { label: people.actions, isActions: true, cell: ({ workspace, project }) => <>{grants({ workspace, project }, project)}<ExportProject place={{ workspace, project }} /><EraseProject place={{ workspace, project }} /></> },
          ]} />
        ))}</Asked>
      </Section>
      <Section title={access.workspaces}>
        <Asked query={workspaces} lines={3}>{({ workspaces: all }) => (
          <Table label={access.workspaces} rows={all} keyOf={({ workspace_id: id }) => id} columns={[
            { label: access.workspace, cell: ({ workspace }) => <span className="font-medium">{workspace}</span> },
            { label: home.yourProjects, className: 'w-28', cell: ({ projects: count }) => <span className="tabular-nums">{count}</span> },
            { label: people.actions, isActions: true, cell: ({ workspace }) => grants({ workspace }, workspace) },
          ]} />
        )}</Asked>
      </Section>
      {granted && <GrantsDialog of={granted} onClose={() => setGranted(undefined)} />}
    </div>
  );
}

function DefaultVisibility() {
  const { access, forms } = useStrings();
  const query = useQuery(organisationQuery);
  const change = useChange((visibility: Visibility) => ask(api.PUT('/api/v1/organisation', { body: { project_visibility: visibility } })), { changes: [['admin', 'organisation'], ['projects']], told: forms.saved });
  return (
    <Asked query={query} lines={1}>{({ project_visibility: visibility }) => (
      <SelectField label={access.byDefault} hint={access.visibilityHints[visibility]} value={visibility} disabled={change.isPending} options={[['open', access.open], ['restricted', access.restricted]]} className="max-w-sm"
        onChange={(event) => change.mutate(event.target.value as Visibility, { onError: tellFailure })} />
    )}</Asked>
  );
}
