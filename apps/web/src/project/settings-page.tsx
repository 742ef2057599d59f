import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Grants } from '../admin/grants.js';
import { ProjectRetention } from '../admin/project-retention.js';
import { VisibilityField } from '../admin/visibility-field.js';
import { useChange } from '../api/change.js';
import { api, ask } from '../api/client.js';
import { type Place, projectQuery } from '../api/queries.js';
import { reviewKey, reviewQuery } from '../review/review-queries.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { buttonClass } from '../ui/button.js';
import { SelectField } from '../ui/field.js';
import { PageTitle, Section } from '../ui/layout.js';
import { Empty } from '../ui/states.js';
import { tellFailure } from '../ui/toasts.js';

const MODES = ['automatic', 'approval'] as const;

/** What a project's admins decide on: who sees it, who may what, what waits for a person, and how long things are kept. */
export function SettingsPage() {
  const place = useParams({ from: '/w/$workspace/$project' });
  const { project: words } = useStrings();
  const query = useQuery(projectQuery(place));
  return (
    <>
      <PageTitle title={words.settings} of={place.project} />
      <Asked query={query} lines={12}>{({ project, access }) => (access !== 'admin' ? <Empty icon="settings" title={words.notYours} /> : <Settings place={place} project={project} />)}</Asked>
    </>
  );
}

function Settings({ place, project }: { place: Place; project: Parameters<typeof VisibilityField>[0]['project'] }) {
  const { access, admin, project: words, review } = useStrings();
  return (
    <div className="max-w-2xl space-y-8">
      <VisibilityField project={project} />
      <Section title={access.grants}><Grants of={place} /></Section>
      <Section title={review.title}><ReviewMode place={place} /></Section>
      <Section title={admin.retention}><ProjectRetention place={place} /></Section>
      <Section title={words.takeAlong}><TakeAlong place={place} /></Section>
    </div>
  );
}

function ReviewMode({ place }: { place: Place }) {
  const { review, forms } = useStrings();
  const query = useQuery(reviewQuery(place, 'open'));
  const change = useChange((mode: (typeof MODES)[number]) => ask(api.PUT('/api/v1/workspaces/{workspace}/projects/{project}/review', { params: { path: { ...place } }, body: { mode } })), { changes: [reviewKey(place)], told: forms.saved });
  return (
    <Asked query={query} lines={1}>{({ mode }) => (
      <SelectField label={review.title} isLabelHidden value={mode} disabled={change.isPending} options={MODES.map((each) => [each, review.modes[each]] as const)} className="max-w-md"
        onChange={(event) => change.mutate(event.target.value as (typeof MODES)[number], { onError: tellFailure })} />
    )}</Asked>
  );
}

function TakeAlong({ place: { workspace, project } }: { place: Place }) {
  const { project: words } = useStrings();
  const at = `workspaces/${encodeURIComponent(workspace)}/projects/${encodeURIComponent(project)}`;
  return (
    <>
      <p className="mb-3 text-sm text-quiet">{words.takeAlongHint}</p>
      <div className="flex flex-wrap gap-2">
        <a href={`/api/v1/${at}/export`} download className={buttonClass()}>{words.archive}</a>
        <a href={`/api/v1/data/${at}`} download className={buttonClass()}>{words.export}</a>
      </div>
    </>
  );
}
