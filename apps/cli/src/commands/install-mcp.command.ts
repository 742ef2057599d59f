import { Command, Option } from 'commander';
import type { Run } from '../cli.js';
import { AGENT_NAMES, install, wiringNamed } from '../wiring/installation.js';
import { report } from '../wiring/report.js';

interface Options {
  client: string;
  apply?: boolean;
  tokenVariable?: string;
}

export function installMcpCommand(run: Run): Command {
  return new Command('install-mcp')
    .description("Gives an agent the server's tools. Without --apply shows the diff.")
    .addOption(new Option('--client <name>', 'the agent').choices(AGENT_NAMES).makeOptionMandatory())
    .option('--token-variable <name>', 'the agent reads the token from this environment variable, where it can; else its file holds the token')
    .option('--apply', 'makes the change')
    .action(run(async (cli, { client, apply: isApplied = false, tokenVariable }: Options) => {
      report(cli.out, [await install(cli, wiringNamed(client), ['mcp'], { isApplied, tokenVariable })], `ai-memory install-mcp --client ${client}`);
    }));
}
