import { z } from 'zod';
import { defineFault, Fault } from '#libs/faults';
import { type TenantScope, userOf } from '#libs/tenancy';
import type { Tool } from './tool.js';

const INSUFFICIENT_SCOPE = defineFault('mcp.insufficient-scope', 'forbidden', 'The agent was not granted this. Sign it in again, and agree to more.');

/** With all scopes that the agent should ask for next: those it has, and what it lacked. */
export class InsufficientScope extends Fault {
  constructor(readonly scopes: readonly string[]) {
    super(INSUFFICIENT_SCOPE);
  }
}

const ToolCall = z.object({ method: z.literal('tools/call'), params: z.object({ name: z.string() }) });

/**
 * Throws InsufficientScope where a message calls a tool that an agent was not granted: before anything is answered, as the
 * protocol wants it to be told by the status.
 */
export function refuseUngranted(scope: TenantScope, body: unknown, toolNamed: (name: string) => Tool | undefined): void {
  const granted: readonly string[] | null | undefined = userOf(scope)?.limits?.scopes;
  if (!granted) return;
  for (const message of Array.isArray(body) ? (body as unknown[]) : [body]) {
    const call = ToolCall.safeParse(message);
    const permission = call.success ? toolNamed(call.data.params.name)?.permission : undefined;
    if (permission !== undefined && permission !== 'self' && !granted.includes(permission)) throw new InsufficientScope([...granted, permission]);
  }
}
