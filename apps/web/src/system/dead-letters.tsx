import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import { useChange } from '../api/change.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { ConfirmButton } from '../ui/confirm-button.js';
import { Table } from '../ui/table.js';
import { TimeAgo } from '../ui/time-ago.js';
import { tellFailure } from '../ui/toasts.js';
import { deadLettersQuery } from './system-queries.js';

/** Events that were given up: announced again once what they met is mended, or let go. */
export function DeadLetters() {
  const { system, people } = useStrings();
  const query = useQuery(deadLettersQuery);
  const params = (letter: string) => ({ params: { path: { dead_letter: letter } } });
  const requeue = useChange((letter: string) => ask(api.POST('/api/v1/system/dead-letters/{dead_letter}/requeue', params(letter))), { changes: [['system']], told: system.requeued });
  const remove = useChange((letter: string) => ask(api.DELETE('/api/v1/system/dead-letters/{dead_letter}', params(letter))), { changes: [['system']], told: system.removed });
  return (
    <Asked query={query} lines={3}>{({ dead_letters: letters }) => (letters.length === 0 ? <p className="text-sm text-quiet">{system.noDeadLetters}</p> : (
      <Table label={system.deadLetters} rows={letters} keyOf={({ dead_letter_id: id }) => id} columns={[
        { label: system.event, cell: ({ subject, listener, payload }) => <><span className="block font-mono text-xs font-medium">{subject}</span><span className="block text-xs text-quiet">{listener}</span><code className="hidden font-mono text-xs text-quiet md:block">{JSON.stringify(payload)}</code></> },
        { label: system.fault, cell: ({ code, burials, trace_id: trace }) => <><span className="block font-mono text-xs">{code}{burials > 1 && ` ${burials}×`}</span>{trace && <span className="hidden font-mono text-xs text-quiet md:block">{trace}</span>}</> },
        { label: system.buried, isSecondary: true, className: 'w-28 text-quiet', cell: ({ buried_at: at }) => <TimeAgo at={at} /> },
        { label: people.actions, isActions: true, cell: ({ dead_letter_id: id, subject }) => (
          <>
            <Button look="quiet" disabled={requeue.isPending} onClick={() => requeue.mutate(id, { onError: tellFailure })}>{system.requeue}<span className="sr-only"> {subject}</span></Button>
            <ConfirmButton label={system.remove} about={subject} title={system.removeTitle} hint={system.removeHint} yes={system.remove} onYes={() => remove.mutateAsync(id)} />
          </>
        ) },
      ]} />
    ))}</Asked>
  );
}
