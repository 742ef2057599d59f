import { Command } from 'commander';
import type { Run } from '../cli.js';

export function mcpBridgeCommand(run: Run): Command {
  return new Command('mcp-bridge')
    .description("Gives agents that only start MCP servers as programs (Claude Desktop) the server's tools over stdin and stdout.")
    .action(run(async (cli) => {
      // Not loaded before: all other commands start by a third faster without it.
      const { bridgeStdio } = await import('../mcp/mcp-bridge.js');
      const { serverUrl } = cli.connection();
      await bridgeStdio({
        url: `${serverUrl}/mcp`,
        token: () => cli.connection().token,
        onerror: (error) => cli.out.failure(error.message),
      });
    }));
}
