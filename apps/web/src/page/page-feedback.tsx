import { useMutation, useQuery } from '@tanstack/react-query';
import type { Schema } from 'ai-memory-api-client';
import { useState } from 'react';
import { api, ask } from '../api/client.js';
import { queryClient } from '../api/queries.js';
import { feedbackQuery, type Signal, SIGNALS } from '../lint/feedback-queries.js';
import { useStrings } from '../strings/strings.js';
import { Button } from '../ui/button.js';
import { TextArea } from '../ui/field.js';
import { Section } from '../ui/layout.js';
import { Modal } from '../ui/modal.js';
import { tell, tellFailure } from '../ui/toasts.js';
import type { PageRef } from './page-queries.js';

const REASON_CHARS_MAX = 500;

/** Whether the page helped: agents are told, and lint shows what many find wrong. */
export function PageFeedback({ pageRef, page }: { pageRef: PageRef; page: Schema<'Page'> }) {
  const { feedback: words } = useStrings();
  const place = { workspace: pageRef.workspace, project: pageRef.project };
  const { data } = useQuery(feedbackQuery(place));
  const counts = data?.pages.find(({ page_id: id }) => id === page.page_id)?.counts;
  const [judged, setJudged] = useState<Signal>();
  const give = useMutation({
    mutationFn: ({ signal, reason }: { signal: Signal; reason?: string }) => ask(api.POST('/api/v1/workspaces/{workspace}/projects/{project}/feedback/{path}', { params: { path: { ...pageRef } }, body: { signal, ...(reason ? { reason } : {}) } })),
    onSuccess: () => {
      tell(words.thanks);
      return queryClient.invalidateQueries({ queryKey: feedbackQuery(place).queryKey });
    },
    onError: tellFailure,
  });
  const judge = (signal: Signal): void => (signal === 'helpful' ? give.mutate({ signal }) : setJudged(signal));
  return (
    <Section title={words.question}>
      <div className="flex flex-wrap gap-1">{SIGNALS.map((signal) => <Button key={signal} disabled={give.isPending} onClick={() => judge(signal)}>{words.signals[signal]}{counts?.[signal] ? ` (${counts[signal]})` : ''}</Button>)}</div>
      {judged && <ReasonDialog signal={judged} onClose={() => setJudged(undefined)} onGive={(reason) => give.mutate({ signal: judged, reason })} />}
    </Section>
  );
}

function ReasonDialog({ signal, onClose, onGive }: { signal: Signal; onClose: () => void; onGive: (reason: string) => void }) {
  const { feedback: words } = useStrings();
  const [reason, setReason] = useState('');
  return (
    <Modal isOpen onClose={onClose} title={words.signals[signal]} className="max-w-md">
      <form className="p-4" onSubmit={(event) => { event.preventDefault(); onGive(reason.trim()); onClose(); }}>
        <TextArea label={words.reason} value={reason} maxLength={REASON_CHARS_MAX} rows={4} onChange={(event) => setReason(event.target.value)} />
        <div className="mt-4 flex justify-end"><Button type="submit" look="primary">{words.give}</Button></div>
      </form>
    </Modal>
  );
}
