import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { FaultDefinition } from '#libs/faults';
import { TOKEN_EXPIRED, TOKEN_INVALID, TOKEN_MISSING } from '../../apps/gateway/src/auth/auth.faults.js';

export const GOOD_TOKEN = 'mem_pat_good-0123456789abcdefghijABCDEFGHIJ';
export const NEW_TOKEN = 'mem_pat_new-0123456789abcdefghijABCDEFGHIJ0';

interface Message {
  id?: number;
  method: string;
}

/** Stands in for a server as far as the doctor and the fixes that it names ask one: it can be down, and have another clock. */
export class MemoryServer {
  readonly tokens = new Map<string, 'valid' | 'expired'>([[GOOD_TOKEN, 'valid'], [NEW_TOKEN, 'valid']]);
  projects: { workspace: string; project: string; identity: string | null }[] = [];
  /** Events that came in. */
  received = 0;
  private server: Server | undefined;
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** On the same port as before. */
  async start(): Promise<void> {
    const server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    server?.closeAllConnections();
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path] = (request.url ?? '').split('?');
    const refusal = this.refusal(request.headers.authorization);
    if (refusal) return send(response, refusal.status, { code: refusal.code, detail: refusal.detail });
    if (path === '/identity') return send(response, 200, { version: '0.1.0', level: 'user', operator: 'dev', organisation: 'acme' });
    if (path === '/api/v1/projects') return send(response, 200, { projects: this.projects.map((project) => ({ ...project, created_at: '2026-11-01T00:00:00Z' })) });
    if (path === '/handoff') return send(response, 200, '');
    if (path === '/hook/batch') return send(response, 200, this.take((await json(request)) as unknown[]));
    if (path === '/mcp' && request.method === 'POST') return speak(response, (await json(request)) as Message);
    send(response, 405, {});
  }

  private refusal(authorization: string | undefined): { status: 401; code: string; detail: string } | undefined {
    const state = this.tokens.get(authorization?.replace(/^Bearer /, '') ?? '');
    if (state === 'valid') return undefined;
    const { code, sentence }: FaultDefinition = authorization === undefined ? TOKEN_MISSING : state === 'expired' ? TOKEN_EXPIRED : TOKEN_INVALID;
    return { status: 401, code, detail: sentence };
  }

  private take(items: readonly unknown[]): object {
    this.received += items.length;
    return { accepted: items.length, results: items.map((_item, index) => ({ index, outcome: 'stored' })) };
  }
}

/** As much of MCP as listing the tools needs. */
function speak(response: ServerResponse, { id, method }: Message): void {
  if (id === undefined) return send(response, 202, '');
  if (method === 'initialize') return send(response, 200, { jsonrpc: '2.0', id, result: { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'ai-memory', version: '0.1.0' } } });
  if (method === 'tools/list') return send(response, 200, { jsonrpc: '2.0', id, result: { tools: [{ name: 'memory_query', inputSchema: { type: 'object' } }] } });
  send(response, 200, { jsonrpc: '2.0', id, error: { code: -32_601, message: 'unknown' } });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(body === '' ? '' : JSON.stringify(body));
}
