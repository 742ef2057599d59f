import { api, ask } from '../api/client.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { ConfirmButton } from '../ui/confirm-button.js';

/** The end of an organisation, by one of its owners. */
export function EraseOrganisation({ name }: { name: string }) {
  const { data: words, people } = useStrings();
  const erase = useChange(() => ask(api.DELETE('/api/v1/organisations/{organisation}', { params: { path: { organisation: name }, query: { confirm: name } } })), { changes: [], onDone: () => window.location.assign('/') });
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-danger p-3">
      <p className="min-w-0 flex-1 basis-72 text-sm text-quiet">{words.endHint}</p>
      <ConfirmButton label={words.eraseOrganisation} look="danger" title={people.eraseTitle(name)} hint={words.endHint} typed={name} yes={people.erase} onYes={() => erase.mutateAsync(undefined)} />
    </div>
  );
}
