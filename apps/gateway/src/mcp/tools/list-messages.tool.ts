import { z } from 'zod';
import { ListMessages, MessageState } from '#libs/contracts';
import { type MessageRow, messageRow, row } from '../answer-rows.js';
import { fenced } from '../evidence.js';
import { defineTool, READS } from '../tool.js';
import { PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

export const listMessages = defineTool({
  name: 'memory_message_list',
  permission: 'memory:read',
  title: 'List messages',
  description: 'Messages that wait for this project or for you (inbox), or that you sent from it (outbox), without claiming any.',
  input: z.object({ box: z.enum(['inbox', 'outbox']).default('inbox'), state: MessageState.default('pending'), limit: z.number().int().min(1).max(200).default(50), ...PROJECT_PAIR }),
  aliases: { n: 'limit' },
  output: z.object({ scope: row<ScopeAnswer>(), messages: z.array(row<MessageRow>()) }),
  annotations: READS,
  isRecall: true,
  run: async (context, { box, state, limit, ...named }) => {
    const { project, scope } = await context.resolve(named, 'read');
    const { messages } = await context.ask(ListMessages, { projectId: project.projectId, box, state, limit });
    return { scope, messages: messages.map(messageRow) };
  },
  render: ({ messages }) => (messages.length > 0 ? fenced(messages.map(asText).join('\n\n')) : 'There is no such message.'),
});

function asText({ message_id, state, from, sender, agent, to, recipient, subject, body, sent_at }: MessageRow): string {
  const target = [to, recipient].filter(Boolean).join(', ');
  return [`${message_id} · ${state}, from ${from} by ${sender}${agent ? ` with ${agent}` : ''} to ${target} at ${sent_at}`, subject, body].filter(Boolean).join('\n');
}
