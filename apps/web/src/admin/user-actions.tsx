import { useState } from 'react';
import { api, ask } from '../api/client.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Button } from '../ui/button.js';
import { ConfirmButton } from '../ui/confirm-button.js';
import { ShownOnce } from '../ui/shown-once.js';
import { tellFailure } from '../ui/toasts.js';
import { ExportUser } from './export-links.js';
import type { User } from './people-queries.js';

/** What can be done with somebody else: let them in, shut them out, or have all of them gone. */
export function UserActions({ user }: { user: User }) {
  const { people } = useStrings();
  const [link, setLink] = useState<string>();
  const path = { user: user.user_id };
  const changes = [['admin']];
  const invite = useChange(() => ask(api.POST('/api/v1/users/{user}/invitation', { params: { path } })), { changes: [], onDone: ({ url }) => setLink(url) });
  const disable = useChange(() => ask(api.POST('/api/v1/users/{user}/disable', { params: { path } })), { changes, told: people.nowDisabled(user.name) });
  const enable = useChange(() => ask(api.POST('/api/v1/users/{user}/enable', { params: { path } })), { changes, told: people.nowEnabled(user.name) });
  const erase = useChange(() => ask(api.DELETE('/api/v1/users/{user}', { params: { path, query: { confirm: user.name } } })), { changes, told: people.erasing(user.name) });
  const about = <span className="sr-only"> {user.name}</span>;
  return (
    <>
      {user.disabled_at === null ? (
        <>
          <Button look="quiet" disabled={invite.isPending} onClick={() => invite.mutate(undefined, { onError: tellFailure })}>{people.invite}{about}</Button>
          <ConfirmButton label={people.disable} about={user.name} title={people.disableTitle(user.name)} hint={people.disableHint} yes={people.disable} onYes={() => disable.mutateAsync(undefined)} />
        </>
      ) : <Button look="quiet" disabled={enable.isPending} onClick={() => enable.mutate(undefined, { onError: tellFailure })}>{people.enable}{about}</Button>}
      <ExportUser user={user} />
      <ConfirmButton label={people.erase} about={user.name} title={people.eraseTitle(user.name)} hint={people.eraseHint} typed={user.name} yes={people.erase} onYes={() => erase.mutateAsync(undefined)} />
      {link && <ShownOnce title={people.inviteTitle(user.name)} hint={people.inviteHint} secret={link} onClose={() => setLink(undefined)} />}
    </>
  );
}
