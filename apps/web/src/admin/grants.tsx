import { useQuery } from '@tanstack/react-query';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { Badge, Rows } from '../ui/layout.js';
import { tellFailure } from '../ui/toasts.js';
import { type Grant, type Granted, grantsQuery, removeGrant } from './access-queries.js';
import { AddGrant } from './add-grant.js';

/** What is granted in a project or a workspace, beside what roles let people do; and to grant more. */
export function Grants({ of }: { of: Granted }) {
  const { access } = useStrings();
  const query = useQuery(grantsQuery(of));
  return (
    <div className="space-y-4">
      <p className="text-sm text-quiet">{of.project ? access.grantsHint : access.workspaceGrantsHint}</p>
      <AddGrant of={of} />
      <Asked query={query}>{({ grants }) => (grants.length === 0 ? <p className="text-sm text-quiet">{access.noGrants}</p> : <Rows label={access.grants}>{grants.map((grant) => <GrantRow key={grant.grant_id} of={of} grant={grant} />)}</Rows>)}</Asked>
    </div>
  );
}

function GrantRow({ of, grant: { grant_id: id, user, group, level } }: { of: Granted; grant: Grant }) {
  const { access, forms, admin } = useStrings();
  const remove = useChange(() => removeGrant(of, id), { changes: [['admin', 'grants']] });
  return (
    <li className="flex items-center gap-2 px-3 py-1.5 text-sm">
      <span className="min-w-0 flex-1 wrap-anywhere">{user ?? group}{group && <span className="ml-1.5 text-xs text-quiet">{admin.group}</span>}</span>
      <Badge look={level === 'admin' ? 'warn' : 'plain'}>{access.levels[level]}</Badge>
      <Button look="quiet" disabled={remove.isPending} onClick={() => remove.mutate(undefined, { onError: tellFailure })}>{forms.remove}<span className="sr-only"> {user ?? group}</span></Button>
    </li>
  );
}
