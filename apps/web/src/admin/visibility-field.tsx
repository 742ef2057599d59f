import type { Schema } from 'ai-memory-api-client';
import { useChange } from '../api/change.js';
import { api, ask } from '../api/client.js';
import { useStrings } from '../strings/strings.js';
import { SelectField } from '../ui/field.js';
import { tellFailure } from '../ui/toasts.js';

export type Visibility = Schema<'Project'>['visibility'];

/** Who sees a project: everybody of the organisation, or those to whom it is granted. */
export function VisibilityField({ project: { workspace, project, visibility }, isLabelHidden = false }: { project: Schema<'Project'>; isLabelHidden?: boolean }) {
  const { access, forms } = useStrings();
  const change = useChange((next: Visibility | 'default') => ask(api.PUT('/api/v1/workspaces/{workspace}/projects/{project}/visibility', { params: { path: { workspace, project } }, body: { visibility: next } })), { changes: [['projects'], ['project', { workspace, project }, 'itself']], told: forms.saved });
  return (
    <SelectField label={isLabelHidden ? access.visibilityOf(project) : access.visibility} isLabelHidden={isLabelHidden} hint={isLabelHidden ? undefined : access.visibilityHints[visibility]} className="max-w-md" value={visibility} disabled={change.isPending} options={[['open', access.open], ['restricted', access.restricted], ['default', access.asDefault]]}
      onChange={(event) => change.mutate(event.target.value as Visibility | 'default', { onError: tellFailure })} />
  );
}
