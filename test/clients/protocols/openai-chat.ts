import { randomUUID } from 'node:crypto';
import type { Conversation, Reply } from '../script.js';
import { parametersOf, type Protocol, type StreamEvent, textOf } from './protocol.js';

interface Request {
  messages: { role: string; content?: unknown; tool_calls?: { function: { name: string } }[] }[];
  tools?: { function: { name: string; parameters?: object } }[];
}

export const openaiChat: Protocol = { path: /\/chat\/completions$/, read: (body) => read(body as Request), stream };

function read({ messages, tools = [] }: Request): Conversation {
  return {
    input: messages.map(({ content }) => textOf(content)).join('\n'),
    tools: tools.map(({ function: { name, parameters } }) => ({ name, parameters: parametersOf(parameters) })),
    calls: messages.flatMap(({ tool_calls: calls = [] }) => calls.map((call) => call.function.name)),
    results: messages.filter(({ role }) => role === 'tool').map(({ content }) => textOf(content)),
  };
}

function stream(reply: Reply): readonly StreamEvent[] {
  const base = { id: `chatcmpl-${randomUUID()}`, object: 'chat.completion.chunk', created: Math.floor(Date.now() / 1000), model: 'stub' };
  const delta = 'text' in reply
    ? { content: reply.text }
    : { tool_calls: [{ index: 0, id: `call_${randomUUID()}`, type: 'function', function: { name: reply.tool.name, arguments: JSON.stringify(reply.args) } }] };
  return [
    { ...base, choices: [{ index: 0, delta: { role: 'assistant', ...delta }, finish_reason: null }] },
    { ...base, choices: [{ index: 0, delta: {}, finish_reason: 'text' in reply ? 'stop' : 'tool_calls' }] },
    { ...base, choices: [], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } },
    '[DONE]',
  ].map((data) => ({ data }));
}
