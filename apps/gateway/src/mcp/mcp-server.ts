import { type AuthInfo, type CallToolResult, type CallToolRequest, Server, type ServerContext } from '@modelcontextprotocol/server';
import { PRODUCT_VERSION } from '#libs/runtime';
import type { Credential } from '../auth/token-cache.js';
import { callerOf } from './caller.js';
import { measuredTool } from './mcp-metrics.js';
import { SERVER_INSTRUCTIONS } from './server-instructions.js';
import { type Backends, toolContext } from './tool-context.js';
import { toolNamed, toolsetOf, TOOLSETS } from './toolset.js';

const SERVER = { name: 'ai-memory', version: PRODUCT_VERSION };
/** Tools and instructions are the same for everybody and change with a release only. */
const CONSTANT = { ttlMs: 300_000, cacheScope: 'public' } as const;
const LISTINGS = { default: { tools: TOOLSETS.default.map(({ listed }) => listed) }, full: { tools: TOOLSETS.full.map(({ listedInFull }) => listedInFull) } };

/**
 * A server object for one request; nothing of it outlives that. The caller is read from the request itself, so that no
 * object can know two. The SDK's lower level, because its `McpServer` turns every error into a tool result, -32602 included.
 */
export function serverForRequest(backends: Backends): Server {
  const server = new Server(SERVER, { capabilities: { tools: {} }, instructions: SERVER_INSTRUCTIONS, cacheHints: { 'tools/list': CONSTANT, 'server/discover': CONSTANT } });
  server.setRequestHandler('tools/list', (_request, context) => LISTINGS[toolsetOf(context.http?.req?.url)]);
  server.setRequestHandler('tools/call', (request, context) => callTool(backends, request.params, context));
  return server;
}

async function callTool(backends: Backends, { name, arguments: given = {} }: CallToolRequest['params'], context: ServerContext): Promise<CallToolResult> {
  const tool = toolNamed(name);
  const caller = callerOf(credentialIn(context.http?.authInfo), context);
  return measuredTool(name, context.mcpReq._meta, () => tool.call(toolContext(backends, caller, tool), given));
}

/** The guard's finding, in the form in which the SDK passes it through. The token itself stays behind. */
export function authInfoOf(credential: Credential): AuthInfo {
  return { token: '', clientId: '', scopes: [], extra: { credential } };
}

function credentialIn(authInfo: AuthInfo | undefined): Credential {
  const credential = authInfo?.extra?.credential;
  if (!credential) throw new Error('A request came past the guard');
  return credential as Credential;
}
