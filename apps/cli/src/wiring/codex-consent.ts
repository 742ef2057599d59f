import { hookCommand } from '#libs/agents';
import type { Cli } from '../cli.js';
import { confirm } from '../input/prompt.js';
import { isTrusted, trustCodexHooks } from './codex-trust.js';
import { wiringNamed } from './installation.js';
import { machineOf, programPath } from './this-machine.js';

const BY_HAND = 'Start codex, enter /hooks and trust those of ai-memory: until then they do not run.';

/** Has Codex trust our hooks, and no others, if the person agrees. Gives the sentence that says what is left to do; undefined for nothing. */
export async function askCodexToTrust(cli: Cli, isAgreed: boolean): Promise<string | undefined> {
  const program = programPath(machineOf(cli.world), 'codex');
  if (!program) return BY_HAND;
  const mayTrust = isAgreed || (await confirm(cli.world, 'Codex runs only hooks that you trust. Trust those of ai-memory?', true));
  if (!mayTrust) return BY_HAND;
  const hooks = await trustCodexHooks(program, cli.world.cwd, isOurCodexHook(cli)).catch(() => []);
  return hooks.length > 0 && hooks.every(isTrusted) ? undefined : BY_HAND;
}

/** True for exactly the command lines that we write: what somebody has put around one is not trusted with it. */
export function isOurCodexHook(cli: Cli): (command: string) => boolean {
  const { platform } = machineOf(cli.world);
  const commands = new Set(wiringNamed('codex').events.map((event) => hookCommand(platform, cli.home.path, 'codex', event)));
  return (command) => commands.has(command);
}
