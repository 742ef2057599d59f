import { Command, Option } from 'commander';
import type { Run } from '../cli.js';
import { AGENT_NAMES, install, wiringNamed } from '../wiring/installation.js';
import { report } from '../wiring/report.js';

export function installInstructionsCommand(run: Run): Command {
  return new Command('install-instructions')
    .description('Tells an agent, in the file of standing instructions that it reads, when to use the tools. Without --apply shows the diff.')
    .addOption(new Option('--agent <name>', 'the agent').choices(AGENT_NAMES).makeOptionMandatory())
    .option('--apply', 'makes the change')
    .action(run(async (cli, { agent, apply: isApplied = false }: { agent: string; apply?: boolean }) => {
      report(cli.out, [await install(cli, wiringNamed(agent), ['instructions'], { isApplied })], `ai-memory install-instructions --agent ${agent}`);
    }));
}
