import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Schema } from 'ai-memory-api-client';
import { useState } from 'react';
import type { Place } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Badge } from '../ui/layout.js';
import { TimeAgo } from '../ui/time-ago.js';
import { EditProposal } from './edit-proposal.js';
import { type Decision, proposalQuery } from './review-queries.js';
import { UnifiedDiff } from './unified-diff.js';

interface ProposalCardProps {
  place: Place;
  proposal: Schema<'Proposal'>;
  isChosen: boolean;
  isOpenAtFirst: boolean;
  isBusy: boolean;
  onChoose: (isChosen: boolean) => void;
  /** With the text that it shall have, where that is another than proposed. */
  onDecide: (decision: Decision, text?: string) => void;
}

/** What somebody wants to change, why, and what would come of it. */
export function ProposalCard({ place, proposal, isChosen, isOpenAtFirst, isBusy, onChoose, onDecide }: ProposalCardProps) {
  const { review: words, trust } = useStrings();
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const [isEdited, setEdited] = useState(false);
  const isUndecided = proposal.state === 'open';
  return (
    <li className="rounded-lg border border-line">
      <div className="flex items-start gap-3 p-3">
        {isUndecided && <input type="checkbox" aria-label={words.choose(proposal.path)} checked={isChosen} onChange={(event) => onChoose(event.target.checked)} className="mt-1 size-4 accent-accent" />}
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className="flex min-w-0 flex-1 items-start gap-2 text-left">
          <Icon name="chevron" className={`mt-0.5 size-4 text-quiet transition-transform ${isOpen ? 'rotate-90' : ''}`} />
          <span className="min-w-0 flex-1">
            <span className="flex flex-wrap items-center gap-2"><span className="font-mono text-sm font-medium wrap-anywhere">{proposal.path}</span><Badge look={proposal.change === 'delete' ? 'danger' : 'plain'}>{words.changes[proposal.change]}</Badge></span>
            <span className="mt-0.5 block text-sm wrap-anywhere">{proposal.reason}</span>
            <span className="mt-0.5 block text-xs text-quiet">{[proposal.author, proposal.agent, trust[proposal.trust]].filter(Boolean).join(' · ')}</span>
          </span>
        </button>
        <TimeAgo at={proposal.decided_at ?? proposal.proposed_at} className="shrink-0 text-xs leading-5 text-quiet" />
      </div>
      {isOpen && isEdited && <EditProposal place={place} proposal={proposal} isBusy={isBusy} onCancel={() => setEdited(false)} onApprove={(text) => onDecide('approve', text)} />}
      {isOpen && !isEdited && (
        <div className="space-y-3 border-t border-line p-3">
          <Change place={place} proposal={proposal} />
          <div className="flex flex-wrap items-center gap-2">
            {isUndecided && <Button look="primary" disabled={isBusy} onClick={() => onDecide('approve')}>{words.approve}</Button>}
            {isUndecided && proposal.change === 'write' && <Button disabled={isBusy} onClick={() => setEdited(true)}>{words.editFirst}</Button>}
            {isUndecided && <Button look="danger" disabled={isBusy} onClick={() => onDecide('reject')}>{words.reject}</Button>}
            {proposal.decided_by && <span className="text-sm text-quiet">{words.decidedBy(proposal.decided_by)}</span>}
            {proposal.session_id && <Link to="/w/$workspace/$project/sessions/$session" params={{ ...place, session: proposal.session_id }} className="text-sm text-accent hover:underline">{words.session}</Link>}
          </div>
        </div>
      )}
    </li>
  );
}

function Change({ place, proposal }: { place: Place; proposal: Schema<'Proposal'> }) {
  const { review: words } = useStrings();
  const query = useQuery(proposalQuery(place, proposal.proposal_id));
  return (
    <Asked query={query} lines={5}>{({ diff, cut, standing }) => (
      <>
        {proposal.state === 'open' && <p className={`text-sm ${standing === 'applies' || standing === 'merges' || standing === 'nothing' ? 'text-quiet' : 'text-warn'}`}>{words.standings[standing]}</p>}
        <UnifiedDiff diff={diff} isCut={cut} label={words.difference(proposal.path)} />
      </>
    )}</Asked>
  );
}
