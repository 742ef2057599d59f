/** The machine that agents are wired on, as far as it decides where their files are. */
export interface Machine {
  readonly platform: 'linux' | 'darwin' | 'win32';
  /** The person's home folder, absolute. */
  readonly home: string;
  /** The environment: agents let variables such as `CODEX_HOME` move their folders. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** How an agent gets at the token: itself, or the name of the environment variable that holds it. */
export type Token = { readonly literal: string } | { readonly variable: string };

export interface WiringSettings {
  /** Without a slash at its end. */
  readonly serverUrl: string;
  /** Null for a server that asks for none. */
  readonly token: Token | null;
  /** Absolute path of the folder with `hook.sh` and the spool. */
  readonly clientHome: string;
  /** Program and arguments of the bridge for agents that speak MCP to a process only. */
  readonly bridgeCommand: readonly [string, ...string[]];
}

export type WiringState = 'no' | 'current' | 'outdated';
export type WiringPurpose = 'mcp' | 'hooks' | 'plugin' | 'instructions';

/**
 * One purpose of one file. Two purposes may share a file; they may be installed and removed in any order. Text in, text out:
 * null stands for a file that does not exist. Throws a WiringRefused for a text that it could only spoil.
 */
export interface WiredFile {
  readonly path: string;
  readonly purpose: WiringPurpose;
  /** Permissions that the file needs once installed: it may hold a token, or be a program. */
  readonly mode?: number;
  /** Idempotent; replaces what an earlier install with other settings wrote. All else stays, byte for byte. */
  install(text: string | null, settings: WiringSettings): string;
  /** The exact text that `install` was given; null where it was given none. Leaves a text without our entries as it is. */
  remove(text: string | null): string | null;
  /** `outdated` also where somebody edited our entries. */
  stateOf(text: string | null, settings: WiringSettings): WiringState;
}

/** Any of these means that the agent is on this machine. */
export interface Traces {
  /** Programs on the PATH. */
  readonly binaries: readonly string[];
  /** Folders and files, absolute. */
  readonly paths: readonly string[];
}

/** How ai-memory is wired into one agent. */
export interface Wiring {
  traces(machine: Machine): Traces;
  files(machine: Machine): readonly WiredFile[];
  /** The events that its hooks or plugin report, by the agent's own names. Empty where it has neither. */
  readonly events: readonly string[];
  /** True if the agent reads the token from an environment variable when told its name. */
  readonly mayReadVariable: boolean;
  /** What it can't do, or does otherwise than the rest: one sentence each, for people. */
  readonly limits: readonly string[];
  /** How a person sees in the agent itself that it is wired: whole sentences in Markdown. Missing where nobody has looked. */
  readonly seenBy?: string;
  /** The oldest version with all that the wiring relies on, as far as known. */
  readonly minimumVersion?: string;
}

export interface AgentWiring extends Wiring {
  /** The agent's label on the wire. */
  readonly agent: string;
  /** For people. */
  readonly label: string;
}

/** A file is left alone, since wiring it would break it or overwrite what somebody else wrote. The message says why, for people. */
export class WiringRefused extends Error {
  override readonly name = 'WiringRefused';
}
