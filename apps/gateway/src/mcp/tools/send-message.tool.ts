import { z } from 'zod';
import { SendMessage } from '#libs/contracts';
import { fitToStore } from '#libs/redaction';
import { row } from '../answer-rows.js';
import { knownAgentOf } from '../caller.js';
import { defineTool, WRITES } from '../tool.js';
import { isPair, nameOf, PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

export const sendMessage = defineTool({
  name: 'memory_message_send',
  permission: 'memory:write',
  title: 'Send message',
  description: 'Leave a message from your project for the next session of another project, of a user, or of both. It is told once.',
  input: z.object({
    to_workspace: z.string().optional(), to_project: z.string().optional(), to_user: z.string().max(200).optional().describe('name of a user'),
    subject: z.string().max(200).default(''), body: z.string().min(1).max(4_096), expires_in_days: z.number().int().min(1).max(90).default(30), ...PROJECT_PAIR,
  }),
  aliases: { from_workspace: 'workspace', from_project: 'project' },
  output: z.object({ scope: row<ScopeAnswer>(), message_id: z.string(), expires_at: z.string(), redactions: z.number() }),
  annotations: { ...WRITES, idempotentHint: false },
  run: async (context, { to_workspace: workspace, to_project: project, to_user: user, subject, body, expires_in_days: expiresInDays, ...named }) => {
    const { project: from, scope } = await context.resolve(named, 'write');
    const pair = { workspace, project };
    const to = isPair(pair) ? await context.projects.find(pair.workspace, pair.project) : null;
    const recipient = user ? await context.findRecipient(user) : null;
    const { value, redactions } = fitToStore({ subject, body });
    const { message } = await context.ask(SendMessage, {
      from: { projectId: from.projectId, name: nameOf(from) }, to: to && { projectId: to.projectId, name: nameOf(to) }, recipient, agent: knownAgentOf(context.caller), ...value, expiresInDays,
    });
    return { scope, message_id: message.messageId, expires_at: message.expiresAt, redactions };
  },
  render: ({ message_id, expires_at, redactions }) => `Message ${message_id} waits, until ${expires_at} at most.${redactions > 0 ? ` ${redactions} secrets were replaced.` : ''}`,
});
