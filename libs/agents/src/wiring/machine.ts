import { posix, win32 } from 'node:path';
import type { Machine } from './wiring.js';

/** The variables by which people move agents' folders, and by which systems say where theirs are. */
export const FOLDER_VARIABLES = [
  'APPDATA', 'CLAUDE_CONFIG_DIR', 'CLINE_DATA_DIR', 'CLINE_DIR', 'CODEX_HOME', 'COPILOT_HOME', 'GEMINI_CLI_HOME', 'GROK_HOME', 'KIMI_CODE_HOME',
  'OPENCLAW_CONFIG_PATH', 'OPENCLAW_STATE_DIR', 'OPENCODE_DB', 'PI_CODING_AGENT_DIR', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME',
] as const;

/** A path below the home folder. */
export function inHome(machine: Machine, ...segments: readonly string[]): string {
  return below(machine, machine.home, ...segments);
}

/** A path below a folder that stands at `preset` unless the variable says otherwise. */
export function inFolder(machine: Machine, variable: (typeof FOLDER_VARIABLES)[number], preset: string, ...segments: readonly string[]): string {
  return below(machine, machine.variables[variable] || preset, ...segments);
}

/** A path in the folder for settings of command line programs: the same on all systems but for `XDG_CONFIG_HOME`. */
export function inConfigHome(machine: Machine, ...segments: readonly string[]): string {
  return inFolder(machine, 'XDG_CONFIG_HOME', inHome(machine, '.config'), ...segments);
}

/** A path in the folder for what command line programs keep, on all systems as on Linux. */
export function inDataHome(machine: Machine, ...segments: readonly string[]): string {
  return inFolder(machine, 'XDG_DATA_HOME', inHome(machine, '.local', 'share'), ...segments);
}

/** A path in the folder where the system's desktop programs keep their settings. */
export function inAppData(machine: Machine, ...segments: readonly string[]): string {
  if (machine.platform === 'darwin') return inHome(machine, 'Library', 'Application Support', ...segments);
  if (machine.platform === 'win32') return inFolder(machine, 'APPDATA', inHome(machine, 'AppData', 'Roaming'), ...segments);
  return inConfigHome(machine, ...segments);
}

function below(machine: Machine, folder: string, ...segments: readonly string[]): string {
  return (machine.platform === 'win32' ? win32 : posix).join(folder, ...segments);
}
