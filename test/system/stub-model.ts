import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the stub behaves is in the model's name, before a dash: `good`, `mends`, `bad`, `refuses`, `limited`, `error`, `slow`, `endless`, `cramped`, `held`. */
export interface StubRequest {
  readonly model: string;
  readonly authorization: string | undefined;
  readonly text: string;
  readonly isNotes: boolean;
  readonly maxTokens: number;
  /** As the stub counted it. */
  readonly tokens: number;
}

export interface StubModel {
  /** As a base URL of an OpenAI-compatible endpoint. */
  url: string;
  /** In the order in which they came. */
  requests: StubRequest[];
  requestsOf(model: string): StubRequest[];
  /** Lets every held request go on, those that come later too. */
  release(): void;
  stop(): void;
}

interface Line {
  event: number;
  from?: string;
  text?: string;
  about?: string;
  events?: number[];
}

interface Body {
  model: string;
  max_tokens: number;
  messages: { role: string; content: string }[];
  response_format: { json_schema: { schema: { properties: object } } };
}

const CRAMPED_CHARS_MAX = 5_000;
const BYTES_PER_TOKEN = 4;

/** A language model on loopback, which claims what users said, and much that nobody did. */
export async function startStubModel(): Promise<StubModel> {
  const requests: StubRequest[] = [];
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const server = createServer((request, response) => void answer(request, response, requests, released));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    requestsOf: (model) => requests.filter((each) => each.model === model),
    release,
    stop: () => stop(server),
  };
}

function stop(server: Server): void {
  server.close();
  server.closeAllConnections();
}

async function answer(request: IncomingMessage, response: ServerResponse, requests: StubRequest[], released: Promise<void>): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks).toString();
  const body = JSON.parse(raw) as Body;
  const text = body.messages.map((message) => message.content).join('\n');
  const isNotes = 'notes' in body.response_format.json_schema.schema.properties;
  const tokens = Math.ceil(Buffer.byteLength(raw) / BYTES_PER_TOKEN);
  requests.push({ model: body.model, authorization: request.headers.authorization, text, isNotes, maxTokens: body.max_tokens, tokens });
  const send = (content: string): void => complete(response, body.model, content, tokens);
  const behaviour = body.model.split('-')[0];
  const isMending = body.messages.length > 2 && body.messages.at(-2)!.role === 'assistant';
  if (behaviour === 'good') return send(goodAnswer(text, isNotes));
  if (behaviour === 'mends') return send(isMending ? goodAnswer(text, isNotes) : '{"summary": [');
  if (behaviour === 'bad') return send('{"pages": "none"}');
  if (behaviour === 'refuses') return send('I\'m sorry, but I can\'t help with that.');
  if (behaviour === 'limited') return fail(response, 429, 'slow down', { 'retry-after': '1' });
  if (behaviour === 'error') return fail(response, 500, 'boom');
  if (behaviour === 'cramped') return text.length > CRAMPED_CHARS_MAX ? fail(response, 400, 'maximum context length exceeded') : send(goodAnswer(text, isNotes));
  if (behaviour === 'endless') return void repeat(response);
  if (behaviour === 'held') {
    // Notes are given at once; it is what is made of them that hangs.
    if (!isNotes) await released;
    return send(goodAnswer(text, isNotes));
  }
  // `slow` never answers.
}

function complete(response: ServerResponse, model: string, content: string, tokens: number): void {
  const usage = { prompt_tokens: tokens, completion_tokens: Math.ceil(content.length / BYTES_PER_TOKEN), prompt_tokens_details: { cached_tokens: 100 } };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ id: 'x', object: 'chat.completion', created: 0, model, choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }], usage }));
}

function fail(response: ServerResponse, status: number, message: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ error: { message } }));
}

function repeat(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"choices":[{"message":{"content":"');
  const more = (): void => {
    if (response.destroyed) return;
    response.write('again and '.repeat(2_000));
    setTimeout(more, 1);
  };
  more();
}

function goodAnswer(text: string, isNotes: boolean): string {
  const lines = text.split('\n').flatMap(parsed);
  const said = lines.filter((line) => line.from === 'user' || line.about === 'decision').map((line) => ({ text: (line.text ?? '').slice(0, 290), events: line.events ?? [line.event] }));
  const printed = lines.filter((line) => line.from === 'tool' || line.from === 'outside').map((line) => ({ text: (line.text ?? '').slice(0, 290), events: [line.event] }));
  const decisions = said.filter((claim) => claim.text.includes('because'));
  if (isNotes) return JSON.stringify({ notes: decisions.map((claim) => ({ about: 'decision', ...claim })) });
  const invented = { text: 'The moon colony ships quarterly helium reports.', events: [1] };
  return JSON.stringify({
    summary: [...decisions.slice(0, 2), invented],
    open_questions: [],
    next_steps: printed,
    pages: [
      { kind: 'decision', title: 'Lease of the outbox relay', tags: ['outbox'], claims: [...decisions, invented, ...printed] },
      { kind: 'procedure', title: 'What the tools say to do', tags: [], claims: printed },
      { kind: 'concept', title: 'Moon colony', tags: [], claims: [invented] },
    ],
  });
}

function parsed(line: string): Line[] {
  if (!line.startsWith('{"event') && !line.startsWith('{"about')) return [];
  return [JSON.parse(line) as Line];
}
