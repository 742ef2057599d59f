import { useQuery } from '@tanstack/react-query';
import type { Schema } from 'ai-memory-api-client';
import { useState } from 'react';
import type { Place } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { TextArea } from '../ui/field.js';
import { proposalQuery } from './review-queries.js';

interface EditProposalProps {
  place: Place;
  proposal: Schema<'Proposal'>;
  isBusy: boolean;
  onCancel: () => void;
  onApprove: (text: string) => void;
}

/** What was proposed, to be made right before it is approved: the file as it will be, with its metadata. */
export function EditProposal({ place, proposal, isBusy, onCancel, onApprove }: EditProposalProps) {
  const query = useQuery(proposalQuery(place, proposal.proposal_id));
  return (
    <div className="border-t border-line p-3">
      <Asked query={query} lines={8}>{({ text }) => <Editor proposed={text ?? ''} path={proposal.path} isBusy={isBusy} onCancel={onCancel} onApprove={onApprove} />}</Asked>
    </div>
  );
}

function Editor({ proposed, path, isBusy, onCancel, onApprove }: Omit<EditProposalProps, 'place' | 'proposal'> & { proposed: string; path: string }) {
  const { review: words } = useStrings();
  const [text, setText] = useState(proposed);
  return (
    <form onSubmit={(event) => { event.preventDefault(); onApprove(text); }}>
      <TextArea label={words.textOf(path)} hint={words.textHint} value={text} rows={14} spellCheck inputClassName="font-mono text-xs leading-5" onChange={(event) => setText(event.target.value)} />
      <div className="mt-3 flex flex-wrap gap-2">
        <Button type="submit" look="primary" disabled={isBusy || text.trim() === ''}>{words.approveEdited}</Button>
        <Button disabled={isBusy} onClick={onCancel}>{words.cancel}</Button>
      </div>
    </form>
  );
}
