import { randomUUID } from 'node:crypto';
import type { Conversation, OfferedTool, Reply } from '../script.js';
import { parametersOf, type Protocol, type StreamEvent, textOf } from './protocol.js';

interface Item {
  type?: string;
  name?: string;
  content?: unknown;
  output?: unknown;
}

interface Tool {
  type: string;
  name: string;
  parameters?: object;
  /** Of a namespace. */
  tools?: Tool[];
}

interface Request {
  instructions?: string;
  input: Item[];
  tools?: Tool[];
}

export const openaiResponses: Protocol = { path: /\/responses$/, read: (body) => read(body as Request), stream };

function read({ instructions = '', input, tools = [] }: Request): Conversation {
  return {
    input: [instructions, ...input.map(({ content }) => textOf(content))].join('\n'),
    tools: tools.flatMap((tool) => (tool.type === 'namespace' ? tool.tools!.map((each) => offered(each, tool.name)) : tool.type === 'function' ? [offered(tool)] : [])),
    calls: input.filter(({ type }) => type === 'function_call').map(({ name }) => name!),
    results: input.filter(({ type }) => type === 'function_call_output').map(({ output }) => textOf(output)),
  };
}

function offered({ name, parameters }: Tool, namespace?: string): OfferedTool {
  return { name, parameters: parametersOf(parameters), ...(namespace !== undefined && { namespace }) };
}

function stream(reply: Reply): readonly StreamEvent[] {
  const response = { id: `resp_${randomUUID()}`, object: 'response', created_at: Math.floor(Date.now() / 1000), model: 'stub', error: null };
  const item = 'text' in reply
    ? { id: `msg_${randomUUID()}`, type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: reply.text, annotations: [] }] }
    : { id: `fc_${randomUUID()}`, type: 'function_call', call_id: `call_${randomUUID()}`, status: 'completed', name: reply.tool.name, namespace: reply.tool.namespace, arguments: JSON.stringify(reply.args) };
  const usage = { input_tokens: 1, input_tokens_details: { cached_tokens: 0 }, output_tokens: 1, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 2 };
  return [
    { type: 'response.created', response: { ...response, status: 'in_progress', output: [] } },
    { type: 'response.output_item.added', output_index: 0, item: { ...item, status: 'in_progress' } },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response: { ...response, status: 'completed', output: [item], usage } },
  ].map((data) => ({ name: data.type, data }));
}
