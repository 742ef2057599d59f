import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What tells one process from a later one that got the same number. */
export interface ProcessFacts {
  /** Opaque; equal for the same process only, across reboots too. */
  readonly startedAt: string;
  readonly commandLine: string;
}

/** The process with this number, or undefined when there is none. One that has ended but is not yet collected counts as none. */
export function readProcess(pid: number): ProcessFacts | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): ProcessFacts | undefined {
  try {
    const facts = parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    if (!facts || facts.state === 'Z' || facts.state === 'X') return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { startedAt: `${boot}:${facts.startTicks}`, commandLine };
  } catch {
    return undefined;
  }
}

/** The second field of `/proc/<pid>/stat` is a free name in parentheses that may hold spaces and parentheses itself. */
export function parseStat(stat: string): { state: string; startTicks: string } | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  return state && startTicks ? { state, startTicks } : undefined;
}

function fromPs(pid: number): ProcessFacts | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=,command=', '-p', String(pid)], { encoding: 'utf8', env: { LC_ALL: 'C', PATH: '/bin:/usr/bin' } });
    return parsePs(line);
  } catch {
    return undefined;
  }
}

/** `lstart` is five words, as in `Mon Nov 23 22:00:00 2026`. */
export function parsePs(line: string): ProcessFacts | undefined {
  const [state, ...words] = line.trim().split(/\s+/);
  if (!state || state.startsWith('Z') || words.length < 6) return undefined;
  return { startedAt: words.slice(0, 5).join(' '), commandLine: words.slice(5).join(' ') };
}
