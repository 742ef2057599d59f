import type { Cli } from '../cli.js';
import { readIdentity } from '../client/identity.js';
import { ServerClient } from '../client/server-client.js';

/** No project has this name, so that asking for its handoff claims none. */
const NO_PROJECT = { workspace: 'default', project: 'ai-memory-round-trip' };

export interface RoundTrip {
  user: string;
  organisation: string;
  /** MCP tools that the server offers. */
  tools: number;
}

/** Asks the server everything that a wired agent will, in the same ways. Leaves nothing behind. Throws a Failure where an answer is missing. */
export async function makeRoundTrip(cli: Cli): Promise<RoundTrip> {
  const { serverUrl, token } = cli.agentConnection();
  const server = new ServerClient(serverUrl, token);
  const { operator, organisation } = await readIdentity(server);
  server.refuse(await server.send('/handoff', { query: { agent: 'ai-memory', ...NO_PROJECT } }));
  const { countTools } = await import('../mcp/count-tools.js');
  return { user: operator, organisation, tools: await countTools(serverUrl, token) };
}
