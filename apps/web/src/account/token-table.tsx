import { useState } from 'react';
import { api, ask } from '../api/client.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { ConfirmButton } from '../ui/confirm-button.js';
import { Badge } from '../ui/layout.js';
import { ShownOnce } from '../ui/shown-once.js';
import { Table } from '../ui/table.js';
import { TimeAgo } from '../ui/time-ago.js';
import type { Token } from './token-queries.js';

/** The hours that a replaced token still works: enough to put the new one everywhere. */
const OVERLAP_HOURS = 1;

/** Tokens with what they may and how long; `owner` names whose each is, where they are several people's. */
export function TokenTable({ tokens, owner }: { tokens: readonly Token[]; owner?: (token: Token) => string }) {
  const { tokens: words, people, time } = useStrings();
  return (
    <Table label={words.title} rows={tokens} keyOf={({ token_id: id }) => id} columns={[
      { label: people.name, cell: (token) => <Named token={token} owner={owner?.(token)} /> },
      { label: words.may, isSecondary: true, className: 'w-48 text-xs text-quiet', cell: ({ scopes, projects }) => <>{scopes.join(', ')}{projects && <span className="block">{projects.map(({ workspace, project }) => `${workspace}/${project}`).join(', ')}</span>}</> },
      { label: words.used, isSecondary: true, className: 'w-24 text-quiet', cell: ({ last_used_at: at }) => (at ? <TimeAgo at={at} /> : time.never) },
      { label: words.expires, isSecondary: true, className: 'w-28 text-quiet', cell: ({ expires_at: at }) => (at ? <TimeAgo at={at} /> : time.never) },
      { label: people.actions, isActions: true, cell: (token) => token.state === 'active' && <TokenActions token={token} /> },
    ]} />
  );
}

function Named({ token: { name, prefix, last_four: end, state }, owner }: { token: Token; owner?: string }) {
  const { tokens: words } = useStrings();
  return (
    <>
      <span className="flex flex-wrap items-center gap-1.5 font-medium">{name}{state !== 'active' && <Badge look="warn">{words.states[state]}</Badge>}</span>
      <span className="text-xs text-quiet">{owner && `${owner}, `}<span className="font-mono whitespace-nowrap">{prefix}…{end}</span></span>
    </>
  );
}

function TokenActions({ token: { token_id: token, name } }: { token: Token }) {
  const { tokens: words } = useStrings();
  const [secret, setSecret] = useState<string>();
  const params = { path: { token } };
  // Not asked for anew until the secret was seen: the row that shows it would be gone.
  const rotate = useChange(() => ask(api.POST('/api/v1/tokens/{token}/rotate', { params, body: { overlap_hours: OVERLAP_HOURS } })), { changes: [], onDone: (made) => setSecret(made.token.token) });
  const revoke = useChange(() => ask(api.DELETE('/api/v1/tokens/{token}', { params })), { changes: [['tokens']], told: words.revoked });
  const seen = useChange(async () => setSecret(undefined), { changes: [['tokens']] });
  return (
    <>
      <ConfirmButton label={words.rotate} about={name} title={words.rotateTitle(name)} hint={words.rotateHint} yes={words.rotate} onYes={() => rotate.mutateAsync(undefined)} />
      <ConfirmButton label={words.revoke} about={name} title={words.revokeTitle(name)} hint={words.revokeHint} yes={words.revoke} onYes={() => revoke.mutateAsync(undefined)} />
      {secret && <ShownOnce title={words.made} hint={words.madeHint} secret={secret} onClose={() => seen.mutate(undefined)} />}
    </>
  );
}
