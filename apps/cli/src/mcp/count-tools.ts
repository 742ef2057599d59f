import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { EXIT, Failure } from '../client/failure.js';
import { cliVersion } from '../version.js';

const TIMEOUT_MS = 10_000;

/** How many tools a server offers, asked in the way an agent does. */
export async function countTools(serverUrl: string, token: string | undefined): Promise<number> {
  const client = new Client({ name: 'ai-memory', version: cliVersion() });
  const transport = new StreamableHTTPClientTransport(new URL(`${serverUrl}/mcp`), token === undefined ? {} : { authProvider: { token: async () => token } });
  try {
    await client.connect(transport, { timeout: TIMEOUT_MS });
    return (await client.listTools({}, { timeout: TIMEOUT_MS })).tools.length;
  } catch (error) {
    throw new Failure(`${serverUrl}/mcp does not answer as an MCP server: ${(error as Error).message}`, EXIT.failure, error);
  } finally {
    await client.close();
  }
}
