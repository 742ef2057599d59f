import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Those that a process has started, by what Linux tells. */
export function childrenOf(pid: number): number[] {
  return numbersIn('/proc').filter((each) => parentOf(each) === pid);
}

/** Sends a signal to a process and all that it started; who is gone already needs none. */
export function signalTree(pid: number, signal: NodeJS.Signals): void {
  for (const each of [pid, ...childrenOf(pid)]) {
    try {
      process.kill(each, signal);
    } catch {
      // It ended meanwhile.
    }
  }
}

/** Which of the processes, by name, has a TCP connection from this port of 127.0.0.1. */
export function ownerOfPort(port: number, processes: Readonly<Record<string, number>>): string | undefined {
  const socket = socketOf(port);
  return socket && Object.entries(processes).find(([, pid]) => hasOpen(pid, `socket:[${socket}]`))?.[0];
}

function socketOf(port: number): string | undefined {
  const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n').map((line) => line.trim().split(/\s+/));
  return lines.find((fields) => fields[1] === local)?.[9];
}

function hasOpen(pid: number, name: string): boolean {
  return numbersIn(`/proc/${pid}/fd`).some((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`) === name;
    } catch {
      return false;
    }
  });
}

function numbersIn(folder: string): number[] {
  try {
    return readdirSync(folder).filter((name) => /^\d+$/.test(name)).map(Number);
  } catch {
    return [];
  }
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[1]);
  } catch {
    return undefined;
  }
}
