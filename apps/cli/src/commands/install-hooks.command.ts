import { Command, Option } from 'commander';
import type { Run } from '../cli.js';
import { AGENT_NAMES, CAPTURING, install, wiringNamed } from '../wiring/installation.js';
import { report } from '../wiring/report.js';

export function installHooksCommand(run: Run): Command {
  return new Command('install-hooks')
    .description('Makes an agent report its sessions, and tells it where the last one left off. Without --apply shows the diff.')
    .addOption(new Option('--agent <name>', 'the agent').choices(AGENT_NAMES).makeOptionMandatory())
    .option('--apply', 'makes the change')
    .action(run(async (cli, { agent, apply: isApplied = false }: { agent: string; apply?: boolean }) => {
      const wiring = wiringNamed(agent);
      report(cli.out, [await install(cli, wiring, CAPTURING, { isApplied })], `ai-memory install-hooks --agent ${agent}`);
      for (const limit of wiring.limits) cli.out.note(`${wiring.label}: ${limit}`);
    }));
}
