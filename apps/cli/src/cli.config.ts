import { z } from 'zod';

/** Read by the `ai-memory` command alone, on a person's machine; the server knows none of it. */
export const CliConfig = z.object({
  AI_MEMORY_SERVER_URL: z.string().optional().describe('The server that the `ai-memory` command talks to, in place of the one in its `config.toml`.'),
  AI_MEMORY_HOME: z.string().optional().describe('Folder of the `ai-memory` command: settings, token, spool, backups. Default `~/.ai-memory`.'),
  AI_MEMORY_AUTH_TOKEN: z.string().max(512).optional().describe('The token that the `ai-memory` command sends, in place of the one that `ai-memory login` stored.'),
  NO_COLOR: z.string().optional().describe('Any value keeps the `ai-memory` command from colouring what it prints.'),
});
export type CliConfig = z.output<typeof CliConfig>;
