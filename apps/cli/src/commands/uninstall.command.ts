import { Command, Option } from 'commander';
import { agentWirings } from '#libs/agents';
import type { Run } from '../cli.js';
import { AGENT_NAMES, type Outcome, uninstall, wiringNamed } from '../wiring/installation.js';
import { report } from '../wiring/report.js';

export function uninstallCommand(run: Run): Command {
  return new Command('uninstall')
    .description("Takes everything of ours out of agents' files, and nothing else. Without --apply shows the diff.")
    .addOption(new Option('--agent <name>', 'of this agent alone').choices(AGENT_NAMES))
    .option('--apply', 'makes the change')
    .action(run(async (cli, { agent, apply: isApplied = false }: { agent?: string; apply?: boolean }) => {
      const outcomes: Outcome[] = [];
      for (const wiring of agent === undefined ? agentWirings : [wiringNamed(agent)]) outcomes.push(await uninstall(cli, wiring, isApplied));
      report(cli.out, outcomes.filter(({ changes, refusals }) => changes.length + refusals.length > 0), `ai-memory uninstall${agent === undefined ? '' : ` --agent ${agent}`}`);
    }));
}
