import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { Schema } from 'ai-memory-api-client';
import { useState } from 'react';
import type { Place } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { SelectField } from '../ui/field.js';
import { PageTitle } from '../ui/layout.js';
import { Empty } from '../ui/states.js';
import { tell, tellFailure } from '../ui/toasts.js';
import { ProposalCard } from './proposal-card.js';
import { decideAll, type Decision, REVIEW_STATES, reviewQuery, type ReviewState } from './review-queries.js';

/** What agents want to change and a person decides on: one by one, or several at once. */
export function ReviewPage() {
  const { workspace, project } = useParams({ from: '/w/$workspace/$project' });
  const place = { workspace, project };
  const { review: words } = useStrings();
  const [state, setState] = useState<ReviewState>('open');
  const query = useQuery(reviewQuery(place, state));
  return (
    <>
      <PageTitle title={words.title} of={project} above={query.data && words.modes[query.data.mode]}>
        <SelectField label={words.state} isLabelHidden value={state} onChange={(event) => setState(event.target.value as ReviewState)} options={REVIEW_STATES.map((each) => [each, words.states[each]] as const)} />
      </PageTitle>
      <Asked query={query} lines={8}>{({ proposals }) => (proposals.length === 0 ? <Empty icon="check" title={words.none} hint={words.noneHint} /> : <Queue key={state} place={place} proposals={proposals} />)}</Asked>
    </>
  );
}

function Queue({ place, proposals }: { place: Place; proposals: readonly Schema<'Proposal'>[] }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const decide = useDecision(place, () => setChosen(new Set()));
  const choose = (id: string, isChosen: boolean): void => setChosen(new Set(isChosen ? [...chosen, id] : [...chosen].filter((each) => each !== id)));
  const undecided = proposals.filter(({ state }) => state === 'open').map(({ proposal_id: id }) => id);
  const taken = undecided.filter((id) => chosen.has(id));
  return (
    <>
      {undecided.length > 1 && <Bulk all={undecided} taken={taken} isBusy={decide.isPending} onChoose={(ids) => setChosen(new Set(ids))} onDecide={(decision) => decide.mutate({ ids: taken, decision })} />}
      <ul className="space-y-3">
        {proposals.map((proposal, index) => (
          <ProposalCard key={proposal.proposal_id} place={place} proposal={proposal} isChosen={chosen.has(proposal.proposal_id)} isOpenAtFirst={index === 0} isBusy={decide.isPending}
            onChoose={(isChosen) => choose(proposal.proposal_id, isChosen)}
            onDecide={(decision, text) => decide.mutate({ ids: [proposal.proposal_id], decision, text })} />
        ))}
      </ul>
    </>
  );
}

function useDecision(place: Place, onDone: () => void) {
  const { review: words } = useStrings();
  return useMutation({
    mutationFn: ({ ids, decision, text }: { ids: readonly string[]; decision: Decision; text?: string }) => decideAll(place, ids, decision, text),
    onSuccess: (failures, { ids, decision }) => {
      if (failures.length < ids.length) tell(words.done[decision](ids.length - failures.length));
      for (const failure of new Map(failures.map((each) => [String(each), each])).values()) tellFailure(failure);
      onDone();
    },
    onError: tellFailure,
  });
}

interface BulkProps {
  all: readonly string[];
  taken: readonly string[];
  isBusy: boolean;
  onChoose: (ids: readonly string[]) => void;
  onDecide: (decision: Decision) => void;
}

function Bulk({ all, taken, isBusy, onChoose, onDecide }: BulkProps) {
  const { review: words } = useStrings();
  const isNone = taken.length === 0;
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2 rounded-lg bg-raised px-3 py-2">
      <label className="flex items-center gap-3 text-sm"><input type="checkbox" checked={taken.length === all.length} onChange={(event) => onChoose(event.target.checked ? all : [])} className="size-4 accent-accent" />{isNone ? words.chooseAll : words.chosen(taken.length)}</label>
      <span className="ml-auto flex gap-2">
        <Button disabled={isNone || isBusy} onClick={() => onDecide('approve')}>{words.approve}</Button>
        <Button look="danger" disabled={isNone || isBusy} onClick={() => onDecide('reject')}>{words.reject}</Button>
      </span>
    </div>
  );
}
