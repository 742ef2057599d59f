import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { anthropicMessages } from './protocols/anthropic-messages.js';
import { gemini } from './protocols/gemini.js';
import { openaiChat } from './protocols/openai-chat.js';
import { openaiResponses } from './protocols/openai-responses.js';
import type { Protocol } from './protocols/protocol.js';
import { type Conversation, nextReply, type Script } from './script.js';

const PROTOCOLS: readonly Protocol[] = [anthropicMessages, openaiResponses, openaiChat, gemini];

/** Stands in for every provider of models, and for the proxy to the rest of the world, which it keeps out of reach. */
export class StubModel {
  private conversations: Conversation[] = [];
  /** What agents have asked for besides models, for a person who looks for the reason of a failure. */
  private others: string[] = [];

  private constructor(private readonly server: Server, private script?: Script) {}

  static async start(): Promise<StubModel> {
    const server = createServer();
    const model = new StubModel(server);
    server.on('request', (request, response) => void model.answer(request, response));
    server.on('connect', (request, socket) => {
      model.others.push(`CONNECT ${request.url}`);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return model;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What is asked from now on is answered by this script. */
  play(script: Script): void {
    this.script = script;
    this.conversations = [];
    this.others = [];
  }

  /** The requests of the agent itself, since the script began: those that offer tools. */
  get asked(): readonly Conversation[] {
    return this.conversations.filter(({ tools }) => tools.length > 0);
  }

  get askedBesides(): readonly string[] {
    return this.others;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url!, this.url);
    const protocol = PROTOCOLS.find(({ path }) => path.test(pathname));
    const body = await text(request);
    if (!protocol || !this.script) {
      this.others.push(`${request.method} ${request.url}`);
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"type":"not_found_error","message":"not here"}}');
      return;
    }
    const conversation = protocol.read(JSON.parse(body));
    this.conversations.push(conversation);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const { name, data } of protocol.stream(nextReply(this.script, conversation))) {
      response.write(`${name === undefined ? '' : `event: ${name}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
    }
    response.end();
  }
}
