import { readdirSync, readFileSync } from 'node:fs';

/** What a part of the product has taken so far. */
export interface Taken {
  /** Of processor time, with that of children that have ended. */
  seconds: number;
  /** MiB: resident at most of one process; of a server's processes together, what they have now, shared memory counted once. */
  memoryMiB: number;
}

/** Linux' unit of what /proc tells of processor time. */
const TICKS_A_SECOND = 100;
const KIB_PER_MIB = 1_024;
const APP = /dist\/apps\/([a-z-]+)\/src\/(main|services)\.js/;

/** What a product takes, by its parts: the apps by their names, the supervisor, Postgres and NATS. Linux tells. */
export function takenBy(rootPid: number): Map<string, Taken> {
  const parts = new Map<string, Taken>();
  for (const { pid, part, ticks } of descendantsOf(rootPid)) {
    const memoryMiB = part === 'postgres' ? memoryOf(pid, 'smaps_rollup', 'Pss') : memoryOf(pid, 'status', 'VmHWM');
    const before = parts.get(part) ?? { seconds: 0, memoryMiB: 0 };
    parts.set(part, { seconds: before.seconds + ticks / TICKS_A_SECOND, memoryMiB: before.memoryMiB + memoryMiB });
  }
  return parts;
}

export interface ProcessFacts {
  pid: number;
  part: string;
  ticks: number;
}

export function descendantsOf(rootPid: number): ProcessFacts[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap(readProcess);
  const below = (facts: (typeof all)[number], part: string): ProcessFacts[] =>
    [{ pid: facts.pid, part, ticks: facts.ticks }, ...all.filter(({ parent }) => parent === facts.pid).flatMap((child) => below(child, child.part ?? part))];
  const root = all.find(({ pid }) => pid === rootPid);
  return root ? below(root, root.part ?? 'other') : [];
}

/** Nothing where it has ended meanwhile. */
function readProcess(name: string): (Omit<ProcessFacts, 'part'> & { parent: number; part: string | undefined })[] {
  try {
    // What stands before is the command's name, which may hold anything.
    const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
    return [{ pid: Number(name), parent: Number(fields[1]), ticks, part: partOf(readFileSync(`/proc/${name}/cmdline`, 'utf8')) }];
  } catch {
    return [];
  }
}

function partOf(commandLine: string): string | undefined {
  const app = APP.exec(commandLine);
  if (app) return app[2] === 'services' ? 'supervisor' : app[1]!;
  if (/\/postgres\0|^postgres:/.test(commandLine)) return 'postgres';
  return commandLine.includes('nats-server') ? 'nats' : undefined;
}

/** MiB; none of a process that has ended meanwhile. */
export function memoryOf(pid: number, file: 'smaps_rollup' | 'status', name: string): number {
  try {
    return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1] ?? 0) / KIB_PER_MIB;
  } catch {
    return 0;
  }
}
