import { StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import type { JSONRPCMessage } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';

/** Of JSON-RPC: an error that the method itself does not define. */
const SERVER_ERROR = -32_000;

export interface BridgeOptions {
  /** Address of the streamable HTTP endpoint. */
  url: string;
  /** Asked before every request, so that a new login needs no restart. */
  token(): string | undefined;
  /** Where remarks go; never stdout, which belongs to the protocol. */
  onerror(error: Error): void;
}

/**
 * Passes messages between a client on stdin and stdout and a server behind HTTP, as they are: the bridge takes part in no protocol
 * revision but needs to know, as every HTTP client does, which one was agreed. A request that can't be delivered is answered
 * with an error, so that the client never waits for nothing. Resolves once the client has gone.
 */
export async function bridgeStdio({ url, token, onerror }: BridgeOptions): Promise<void> {
  const local = new StdioServerTransport();
  const remote = new StreamableHTTPClientTransport(new URL(url), { authProvider: { token: async () => token() } });
  const handshakes = new Set<unknown>();
  local.onmessage = (message) => {
    if ('method' in message && message.method === 'initialize' && 'id' in message) handshakes.add(message.id);
    remote.send(message).catch((error: Error) => refuse(local, message, error).catch(onerror));
  };
  remote.onmessage = (message) => {
    if ('result' in message && handshakes.delete(message.id)) remote.setProtocolVersion(String(message.result.protocolVersion));
    local.send(message).catch(onerror);
  };
  local.onerror = onerror;
  remote.onerror = onerror;
  const gone = new Promise<void>((resolve) => { local.onclose = resolve; });
  await remote.start();
  await local.start();
  await gone;
  await remote.close();
}

async function refuse(local: StdioServerTransport, message: JSONRPCMessage, error: Error): Promise<void> {
  if (!('method' in message) || !('id' in message)) return;
  const sentence = error instanceof UnauthorizedError ? 'The server wants a valid token. Run: ai-memory login' : `The ai-memory server gave no answer: ${error.message}`;
  await local.send({ jsonrpc: '2.0', id: message.id, error: { code: SERVER_ERROR, message: sentence } });
}
