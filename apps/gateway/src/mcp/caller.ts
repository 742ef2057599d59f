import { CLIENT_INFO_META_KEY, type ServerContext } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { agentName, knownAgents } from '#libs/agents';
import type { CommitAuthor } from '#libs/contracts';
import { type TenantScope, userOf } from '#libs/tenancy';
import type { Credential } from '../auth/token-cache.js';
import { isStorable } from '../http/storable.js';
import type { ScopeNames } from './tool-scope.js';

const SESSION_HEADER = 'x-memory-actor-session-id';
const AGENT_HEADER = 'x-memory-agent';
const OPENCODE_SESSION = 'ai.opencode/sessionID';
const SESSION_ID_CHARS_MAX = 256;

const ClientInfo = z.object({ name: z.string() });

/** Who makes a call, and everything but its arguments that says for which project. */
export interface Caller {
  readonly scope: TenantScope;
  readonly organisation: string;
  /** As in a session's record; `unknown` where nothing tells. */
  readonly agent: string;
  /** The agent's own name for its session. Not a credential: it only helps to find the project. */
  readonly nativeSessionId: string | null;
  /** From the address the client was configured with: `/mcp?workspace=…&project=…`. */
  readonly address: ScopeNames;
}

export type CallFacts = Pick<ServerContext, 'mcpReq' | 'http'>;

export function callerOf(credential: Credential, call: CallFacts): Caller {
  const query = new URL(call.http?.req?.url ?? 'http://localhost').searchParams;
  return {
    ...credential,
    agent: agentOf(call),
    nativeSessionId: nativeSessionIdOf(call),
    address: { workspace: query.get('workspace') ?? undefined, project: query.get('project') ?? undefined },
  };
}

/** For records, where an agent that nothing tells is none. */
export function knownAgentOf({ agent }: Caller): string | null {
  return agent === 'unknown' ? null : agent;
}

/** Who stands in `git log` for what the caller writes. */
export function authorOf(caller: Caller, sessionId?: string): z.input<typeof CommitAuthor> {
  const { name, email } = userOf(caller.scope) ?? { name: 'ai-memory', email: '' };
  return { name, email, agent: knownAgentOf(caller), sessionId: sessionId ?? null };
}

function nativeSessionIdOf(call: CallFacts): string | null {
  const id = call.http?.req?.headers.get(SESSION_HEADER) ?? call.mcpReq._meta?.[OPENCODE_SESSION];
  return typeof id === 'string' && id.length > 0 && id.length <= SESSION_ID_CHARS_MAX && isStorable(id) ? id : null;
}

/** Declared by header, else by what the client says of itself: today's stateless clients only do so in User-Agent. */
function agentOf({ http, mcpReq }: CallFacts): string {
  const declared = http?.req?.headers.get(AGENT_HEADER);
  if (declared) return agentName(declared, undefined);
  if (typeof mcpReq._meta?.[OPENCODE_SESSION] === 'string') return 'opencode';
  const client = ClientInfo.safeParse((mcpReq.envelope as Record<string, unknown> | undefined)?.[CLIENT_INFO_META_KEY]);
  if (client.success) return agentName(withoutRole(client.data.name), undefined);
  const product = agentName(withoutRole(http?.req?.headers.get('user-agent')?.split('/')[0] ?? ''), undefined);
  return knownAgents.some(({ name }) => name === product) ? product : 'unknown';
}

/** Codex and Gemini CLI call themselves `<agent>-mcp-client`. */
function withoutRole(client: string): string {
  return client.replace(/-mcp-client$/, '');
}
