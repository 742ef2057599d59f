import { api, ask } from '../api/client.js';
import { type Place, queryClient } from '../api/queries.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { ConfirmButton } from '../ui/confirm-button.js';

/** Has all of a project gone for good, once its name was typed. */
export function EraseProject({ place }: { place: Place }) {
  const { access, people } = useStrings();
  const name = `${place.workspace}/${place.project}`;
  const erase = useChange(() => ask(api.DELETE('/api/v1/workspaces/{workspace}/projects/{project}', { params: { path: { ...place }, query: { confirm: name } } })), {
    changes: [['projects'], ['admin']], told: people.erasing(name), onDone: () => queryClient.removeQueries({ queryKey: ['project', place] }),
  });
  return <ConfirmButton label={people.erase} about={name} title={people.eraseTitle(name)} hint={access.eraseHint} typed={name} yes={people.erase} onYes={() => erase.mutateAsync(undefined)} />;
}
