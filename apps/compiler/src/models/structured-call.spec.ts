import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Consolidation } from '../consolidation/answer-schema.js';
import { worstUsage } from '../spending/call-cost.js';
import { failureOf } from './call-failure.js';
import type { ModelEndpoint } from './model-endpoint.js';
import { callModel, textsOf } from './structured-call.js';

interface Sent {
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

let server: Server;
let url: string;
let sent: Sent;
const ANSWER = JSON.stringify({ summary: [], open_questions: [], next_steps: [], pages: [] });

const SILENCE = { index: 0, finish_reason: 'length', message: { role: 'assistant', content: '' } };

/** As each provider's interface answers; the tool is how a model without structured output of its own is made to answer. */
const REPLIES: Record<string, (body: Record<string, unknown>) => object> = {
  '/v1/chat/completions': (body) => ({ id: 'x', created: 0, model: 'm', choices: [body.model === 'silent' ? SILENCE : { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: ANSWER } }], usage: { prompt_tokens: 100, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 40 } } }),
  '/v1/responses': () => ({
    id: 'x', created_at: 0, model: 'm', status: 'completed', output: [{ type: 'message', id: 'y', role: 'assistant', content: [{ type: 'output_text', text: ANSWER, annotations: [] }] }],
    usage: { input_tokens: 100, input_tokens_details: { cached_tokens: 40 }, output_tokens: 7, output_tokens_details: { reasoning_tokens: 0 } },
  }),
  '/v1/messages': (body) => ({
    id: 'x', type: 'message', role: 'assistant', model: 'm', stop_reason: body.tools ? 'tool_use' : 'end_turn', stop_sequence: null,
    content: [body.tools ? { type: 'tool_use', id: 'y', name: 'json', input: JSON.parse(ANSWER) as object } : { type: 'text', text: ANSWER }], usage: { input_tokens: 60, cache_read_input_tokens: 40, output_tokens: 7 },
  }),
  '/v1/models/m:generateContent': () => ({
    candidates: [{ content: { role: 'model', parts: [{ text: ANSWER }] }, finishReason: 'STOP', index: 0 }], usageMetadata: { promptTokenCount: 100, cachedContentTokenCount: 40, candidatesTokenCount: 7, totalTokenCount: 107 },
  }),
};

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    sent = { path: request.url!, headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown> };
    const reply = REPLIES[sent.path];
    response.writeHead(reply ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(reply?.(sent.body) ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => void server.close());

const endpoint = (provider: ModelEndpoint['provider']): ModelEndpoint => ({ provider, model: 'm', baseUrl: url, apiKey: 'sk-key', price: null, isTrusted: true });
const bounds = { outputTokensMax: 500, timeoutMs: 5_000, mayBePrivate: false, stopping: new AbortController().signal };
const call = { instructions: 'The fixed beginning.', prompt: 'The record.', schema: Consolidation };

describe('a call', () => {
  it.each([
    ['openai-compat', '/v1/chat/completions', 'authorization', 'Bearer sk-key'],
    ['openai', '/v1/responses', 'authorization', 'Bearer sk-key'],
    ['anthropic', '/v1/messages', 'x-api-key', 'sk-key'],
    ['gemini', '/v1/models/m:generateContent', 'x-goog-api-key', 'sk-key'],
  ] as const)('of %s goes to its interface, with its key, its schema and its bound, within what is reserved for it, and tells what it took', async (provider, path, header, key) => {
    const { answer, usage } = await callModel(endpoint(provider), call, bounds);
    expect(answer).toEqual(JSON.parse(ANSWER));
    expect(usage).toEqual({ input: 100, cached: 40, output: 7 });
    expect([sent.path, sent.headers[header]]).toEqual([path, key]);
    const body = JSON.stringify(sent.body);
    expect(body).toContain('open_questions');
    expect(body).toMatch(/"(max_tokens|max_output_tokens|maxOutputTokens)":500/);
    expect(body).toContain('The fixed beginning.');
    expect(Buffer.byteLength(body)).toBeLessThan(worstUsage(textsOf(call), 500).input);
  });

  it('without a key sends none, and none that stands in the environment', async () => {
    await callModel({ ...endpoint('openai-compat'), apiKey: null }, call, bounds);
    expect(sent.headers.authorization).toBeUndefined();
  });

  it('that is answered with nothing is one to be mended, and has its cost', async () => {
    const error: unknown = await callModel({ ...endpoint('openai-compat'), model: 'silent' }, call, bounds).catch((each: unknown) => each);
    expect(failureOf(error, 0)).toMatchObject({ kind: 'unreadable', unread: { answer: '', usage: { input: 100, output: 7 } } });
  });

  it('to mend an answer shows it, and says what is wrong', async () => {
    await callModel(endpoint('openai-compat'), { ...call, mending: { answer: '{"pages"', problem: 'It ends too early.' } }, bounds);
    expect((sent.body.messages as { role: string }[]).map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(JSON.stringify(sent.body)).toContain('It ends too early.');
  });
});
