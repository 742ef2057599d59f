import { z } from 'zod';
import { type Message, MessageState } from '#libs/contracts';

export const MessageView = z.object({
  message_id: z.uuid(),
  from: z.string().describe('`workspace/project` where it was sent.'),
  sender: z.string(),
  agent: z.string().nullable().describe('That wrote it for the sender, where one is known.'),
  to: z.string().nullable().describe('`workspace/project`; null where it is for a person, wherever they work.'),
  recipient: z.string().nullable().describe('The person; null where it is for whoever works in the project.'),
  subject: z.string(),
  body: z.string(),
  state: MessageState,
  sent_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
  claimed_at: z.iso.datetime().nullable(),
}).meta({ id: 'Message' });

export function messageView({ messageId, from, sender, agent, to, recipient, subject, body, state, sentAt, expiresAt, claimedAt }: Message): z.output<typeof MessageView> {
  return {
    message_id: messageId, from: from.name, sender: sender.name, agent, to: to?.name ?? null, recipient: recipient?.name ?? null,
    subject, body, state, sent_at: sentAt, expires_at: expiresAt, claimed_at: claimedAt,
  };
}
