import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Schema } from 'ai-memory-api-client';
import { useState } from 'react';
import { api, ask } from '../api/client.js';
import { type Place, projectStatusQuery, queryClient } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Button } from '../ui/button.js';
import { Badge } from '../ui/layout.js';
import { Confirmation } from '../ui/modal.js';
import { TimeAgo } from '../ui/time-ago.js';
import { tell, tellFailure } from '../ui/toasts.js';
import { handoffsKey } from './handoffs-page.js';

/** One handoff whole: what its writer left, whose it is, and what became of it. */
export function HandoffCard({ place, handoff }: { place: Place; handoff: Schema<'Handoff'> }) {
  const { handoff: words } = useStrings();
  const lists = [[words.nextSteps, handoff.next_steps], [words.questions, handoff.open_questions], [words.files, handoff.files_touched]] as const;
  return (
    <li className="rounded-lg border border-line p-4">
      <div className="mb-2 flex flex-wrap items-center gap-2 text-sm text-quiet">
        <Badge>{words.origins[handoff.origin]}</Badge>{handoff.shared && <Badge look="accent">{words.shared}</Badge>}
        <span>{handoff.from_agent} · {handoff.owner.name} · <TimeAgo at={handoff.created_at} /></span>
      </div>
      <p className="max-w-3xl whitespace-pre-wrap wrap-anywhere">{handoff.summary}</p>
      {lists.map(([title, items]) => items.length > 0 && (
        <div key={title} className="mt-3">
          <h2 className="text-sm font-semibold text-quiet">{title}</h2>
          <ul className="mt-1 list-disc pl-5">{items.map((item, index) => <li key={index} className="wrap-anywhere">{item}</li>)}</ul>
        </div>
      ))}
      <div className="mt-3 flex flex-wrap items-center justify-between gap-2 text-sm text-quiet">
        <span>{handoff.accepted_at && <>{words.claimedBy(handoff.accepted_by_agent ?? words.somebody)} <TimeAgo at={handoff.accepted_at} /></>}{' '}
          {handoff.session_id && <Link to="/w/$workspace/$project/sessions/$session" params={{ ...place, session: handoff.session_id }} className="text-accent hover:underline">{words.session}</Link>}
        </span>
        {handoff.state === 'open' && <CancelButton place={place} handoff={handoff} />}
      </div>
    </li>
  );
}

function CancelButton({ place, handoff }: { place: Place; handoff: Schema<'Handoff'> }) {
  const { handoff: words, history } = useStrings();
  const [isAsked, setAsked] = useState(false);
  const cancel = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/workspaces/{workspace}/projects/{project}/handoffs/{handoff}/cancel', { params: { path: { ...place, handoff: handoff.handoff_id } } })),
    onSuccess: async () => {
      tell(words.cancelled);
      await Promise.all([handoffsKey(place), ['handoffs'], projectStatusQuery(place).queryKey].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    },
    onError: tellFailure,
  });
  return (
    <>
      <Button look="quiet" disabled={cancel.isPending} onClick={() => setAsked(true)}>{words.cancel}</Button>
      <Confirmation isOpen={isAsked} onClose={() => setAsked(false)} title={words.cancelTitle} hint={words.cancelHint} onYes={() => cancel.mutate()}
        yes={<Button type="submit" look="danger">{words.cancel}</Button>} no={<Button onClick={() => setAsked(false)}>{history.cancel}</Button>} />
    </>
  );
}
