import { z } from 'zod';
import { ClaimMessages } from '#libs/contracts';
import { type MessageRow, messageRow, row } from '../answer-rows.js';
import { defineTool, WRITES } from '../tool.js';
import { PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

export const claimMessage = defineTool({
  name: 'memory_message_pop',
  permission: 'memory:write',
  title: 'Read message',
  description: 'Claim the oldest message that waits for this project or for you, or the one named; each is given out once. The start of your session may have told you some.',
  input: z.object({ message_id: z.uuid().optional(), ...PROJECT_PAIR }),
  output: z.object({ scope: row<ScopeAnswer>(), message: row<MessageRow>().nullable(), waiting: z.number(), markdown: z.string() }),
  annotations: { ...WRITES, idempotentHint: false },
  isRecall: true,
  run: async (context, { message_id: messageId, ...named }) => {
    const { project, scope } = await context.resolve(named, 'write');
    const { agent, nativeSessionId } = context.caller;
    const { messages: [message], markdown, waiting } = await context.ask(ClaimMessages, { projectId: project.projectId, messageId, agent, nativeSessionId });
    return { scope, message: message ? messageRow(message) : null, waiting, markdown };
  },
  // It comes fenced from where it is composed, the same as hooks inject it.
  render: ({ message, markdown }) => (message ? markdown : 'No such message waits.'),
});
