import type { Machine } from './wiring.js';

/**
 * The command line that an agent runs at an event. Constant for as long as the client's home stays where it is: agents ask
 * people to trust it, and ask again when it changes. Neither address nor token is in it.
 */
export function hookCommand(platform: Machine['platform'], clientHome: string, agent: string, event: string): string {
  if (platform === 'win32') return `powershell -NoProfile -ExecutionPolicy Bypass -File "${clientHome}\\hook.ps1" ${agent} ${event}`;
  return `sh "${quotable(`${clientHome}/hook.sh`)}" ${agent} ${event}`;
}

/** True for a command line that runs one of our hooks for this agent, wherever the client's home is or was, and whatever somebody put around it. */
export function isHookCommand(command: unknown, agent: string): boolean {
  return typeof command === 'string' && HOOK_COMMAND.exec(command)?.[1] === agent;
}

const HOOK_COMMAND = /[\\/]hook\.(?:sh|ps1)" ([a-z-]+) [A-Za-z_]+(?![\w-])/;

/** As it may stand between double quotes of a shell. */
function quotable(path: string): string {
  return path.replace(/["$`\\]/g, '\\$&');
}
