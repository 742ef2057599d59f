import { randomUUID } from 'node:crypto';
import type { Conversation, Reply } from '../script.js';
import { parametersOf, type Protocol, type StreamEvent, textOf } from './protocol.js';

interface Block {
  type: string;
  name?: string;
  content?: unknown;
}

interface Request {
  system?: unknown;
  messages: { content: string | Block[] }[];
  tools?: { name: string; input_schema?: object }[];
}

export const anthropicMessages: Protocol = { path: /\/v1\/messages$/, read: (body) => read(body as Request), stream };

function read({ system, messages, tools = [] }: Request): Conversation {
  const blocks = messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content));
  return {
    input: [textOf(system), ...messages.map(({ content }) => textOf(content))].join('\n'),
    tools: tools.map((tool) => ({ name: tool.name, parameters: parametersOf(tool.input_schema) })),
    calls: blocks.filter(({ type }) => type === 'tool_use').map(({ name }) => name!),
    results: blocks.filter(({ type }) => type === 'tool_result').map(({ content }) => textOf(content)),
  };
}

function stream(reply: Reply): readonly StreamEvent[] {
  const message = { id: `msg_${randomUUID()}`, type: 'message', role: 'assistant', model: 'stub', content: [], stop_reason: null, stop_sequence: null, usage: { input_tokens: 1, output_tokens: 1 } };
  const [block, delta] = 'text' in reply
    ? [{ type: 'text', text: '' }, { type: 'text_delta', text: reply.text }]
    : [{ type: 'tool_use', id: `toolu_${randomUUID()}`, name: reply.tool.name, input: {} }, { type: 'input_json_delta', partial_json: JSON.stringify(reply.args) }];
  return [
    { type: 'message_start', message },
    { type: 'content_block_start', index: 0, content_block: block },
    { type: 'content_block_delta', index: 0, delta },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'text' in reply ? 'end_turn' : 'tool_use', stop_sequence: null }, usage: { output_tokens: 1 } },
    { type: 'message_stop' },
  ].map((data) => ({ name: data.type, data }));
}
