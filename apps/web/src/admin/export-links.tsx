import type { Place } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { buttonClass } from '../ui/button.js';

/** All that is held of a project, as the server streams it. */
export function ExportProject({ place: { workspace, project } }: { place: Place }) {
  return <ExportLink href={`/api/v1/data/workspaces/${encodeURIComponent(workspace)}/projects/${encodeURIComponent(project)}`} about={project} />;
}

/** All that is held of somebody, but for what nobody else can read. */
export function ExportUser({ user: { user_id: id, name } }: { user: { user_id: string; name: string } }) {
  return <ExportLink href={`/api/v1/data/users/${id}`} about={name} />;
}

function ExportLink({ href, about }: { href: string; about: string }) {
  const { people } = useStrings();
  return <a href={href} download className={buttonClass('quiet')}>{people.export}<span className="sr-only"> {about}</span></a>;
}
