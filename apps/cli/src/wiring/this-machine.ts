import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { type AgentWiring, FOLDER_VARIABLES, type Machine } from '#libs/agents';
import { readConfig } from '#libs/config';
import type { World } from '../world.js';

const WINDOWS_ENDINGS = '.EXE;.CMD;.BAT';

export type Variables = Readonly<Record<string, string | undefined>>;

/** The part of the environment that decides where agents are: where programs are, and the folders that a person has moved. */
export function agentVariables(): Variables {
  return readConfig(z.object(Object.fromEntries(['PATH', 'PATHEXT', ...FOLDER_VARIABLES].map((name) => [name, z.string().optional()]))));
}

export function machineOf({ platform, homeDir, variables }: Pick<World, 'platform' | 'homeDir' | 'variables'>): Machine {
  const known = platform === 'win32' || platform === 'darwin' ? platform : 'linux';
  return { platform: known, home: homeDir, variables };
}

/** Those of the agents that have left a trace here: a program or a folder. */
export function agentsOn(machine: Machine, wirings: readonly AgentWiring[]): AgentWiring[] {
  return wirings.filter((wiring) => {
    const { binaries, paths } = wiring.traces(machine);
    return paths.some((path) => existsSync(path)) || binaries.some((name) => programPath(machine, name) !== undefined);
  });
}

/** Where the program of a name is on the PATH. */
export function programPath({ platform, variables }: Machine, name: string): string | undefined {
  const endings = platform === 'win32' ? ['', ...(variables.PATHEXT ?? WINDOWS_ENDINGS).split(';')] : [''];
  const folders = (variables.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
