import { readdirSync, readFileSync } from 'node:fs';

/** Linux' unit of what /proc tells of processor time. */
const TICKS_A_SECOND = 100;

/** Seconds of processor time that a process and all below it have taken; those that have ended are not counted. NaN where there is no /proc. */
export function processorSeconds(pid: number): number {
  try {
    const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => readStat(name));
    return sumBelow(pid, processes) / TICKS_A_SECOND;
  } catch {
    return NaN;
  }
}

interface ProcessTime {
  pid: number;
  parent: number;
  ticks: number;
}

function sumBelow(pid: number, processes: readonly ProcessTime[]): number {
  const own = processes.find((process) => process.pid === pid)?.ticks ?? 0;
  return processes.filter(({ parent }) => parent === pid).reduce((sum, child) => sum + sumBelow(child.pid, processes), own);
}

function readStat(name: string): ProcessTime[] {
  try {
    // What stands before is the command's name, which may hold anything.
    const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    return [{ pid: Number(name), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
  } catch {
    return [];
  }
}
