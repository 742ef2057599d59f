import { z } from 'zod';
import { CancelMessage } from '#libs/contracts';
import { row } from '../answer-rows.js';
import { defineTool, WRITES } from '../tool.js';
import { PROJECT_PAIR, type ScopeAnswer } from '../tool-scope.js';

export const cancelMessage = defineTool({
  name: 'memory_message_cancel',
  permission: 'memory:write',
  title: 'Cancel message',
  description: 'Take back a message that you sent from this project, as long as nobody has been told it.',
  input: z.object({ message_id: z.uuid(), ...PROJECT_PAIR }),
  output: z.object({ scope: row<ScopeAnswer>(), message_id: z.string(), state: z.string() }),
  annotations: { ...WRITES, destructiveHint: true },
  run: async (context, { message_id: messageId, ...named }) => {
    const { project, scope } = await context.resolve(named, 'write');
    const { message } = await context.ask(CancelMessage, { projectId: project.projectId, messageId });
    return { scope, message_id: message.messageId, state: message.state };
  },
  render: ({ message_id, state }) => `Message ${message_id} is ${state}.`,
});
