import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Item {
  url: string;
  body: Record<string, unknown>;
}

export interface Reply {
  /** 0 breaks the connection off. */
  status: number;
  body?: string;
  headers?: Record<string, string>;
}

/** The hooks' side of a server, that answers as a test wants it to. */
export class HookServer {
  /** Method, path and authorization of every request, in order. */
  readonly requests: { line: string; authorization: string | undefined }[] = [];
  /** What was taken in, in order, with what came twice. */
  readonly items: Item[] = [];
  readonly batchSizes: number[] = [];
  handoff: Reply = { status: 200, headers: { 'content-type': 'text/markdown; charset=utf-8' } };
  /** For a batch that is JSON; null takes it in. */
  answerBatch: (items: readonly Item[]) => Reply | null | Promise<Reply | null> = () => null;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      void this.answer(request).then(({ status, body, headers }) => (status === 0 ? request.socket.destroy() : response.writeHead(status, headers).end(body)));
    });
  }

  static async start(): Promise<HookServer> {
    const started = new HookServer();
    await new Promise<void>((resolve) => started.server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The ids that the bodies of what was taken in carry. */
  get ids(): unknown[] {
    return this.items.map(({ body }) => body.id);
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage): Promise<Reply> {
    this.requests.push({ line: `${request.method} ${request.url}`, authorization: request.headers.authorization });
    const text = await read(request);
    return request.url === '/hook/batch' ? this.takeIn(text) : this.handoff;
  }

  private async takeIn(text: string): Promise<Reply> {
    const items = parse(text);
    if (!items) return { status: 400, body: '{"code":"request.body-invalid"}' };
    this.batchSizes.push(items.length);
    const reply = await this.answerBatch(items);
    if (reply) return reply;
    this.items.push(...items);
    return accepted(items.length);
  }
}

/** What the server says where it has an answer for the first `count` events of a batch. */
export function accepted(count: number, more: object = {}): Reply {
  const results = Array.from({ length: count }, (_, index) => ({ index, outcome: 'stored' }));
  return { status: 200, body: JSON.stringify({ accepted: count, results, ...more }) };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function parse(text: string): Item[] | undefined {
  try {
    return JSON.parse(text) as Item[];
  } catch {
    return undefined;
  }
}
