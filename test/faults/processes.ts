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

/** Of these ports of 127.0.0.1, those that one of the processes has a TCP connection from, and its name. To read what Linux knows of connections takes milliseconds. */
export function ownersOfPorts(ports: readonly number[], processes: Readonly<Record<string, number>>): Map<number, string> {
  const sockets = socketsOf(ports);
  return new Map(Object.entries(processes).flatMap(([name, pid]) => openFiles(pid).flatMap((file): [number, string][] => (sockets.has(file) ? [[sockets.get(file)!, name]] : []))));
}

/** Ports by what their sockets are called among a process' files. */
function socketsOf(ports: readonly number[]): Map<string, number> {
  const wanted = new Map(ports.map((port) => [`0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`, port]));
  const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n').map((line) => line.trim().split(/\s+/));
  return new Map(lines.flatMap((fields): [string, number][] => (wanted.has(fields[1]!) ? [[`socket:[${fields[9]}]`, wanted.get(fields[1]!)!]] : [])));
}

function openFiles(pid: number): string[] {
  return numbersIn(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
    } catch {
      return [];
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
