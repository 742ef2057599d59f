import { readFileSync, rmSync, writeFileSync } from 'node:fs';

export interface Drainer {
  pid: number;
  /** When it last said that it is at work. */
  beatAt: Date;
}

/** Who sends the spool, or says so; null for nobody. */
export function readDrainer(path: string): Drainer | null {
  const [, pid, seconds] = /^(\d+) (\d+)\n/.exec(readIfThere(path)) ?? [];
  return pid && seconds ? { pid: Number(pid), beatAt: new Date(Number(seconds) * 1_000) } : null;
}

/** Takes the spool over from whoever has it, who finds that out before its next request and ends. */
export function takeOver(path: string, now: Date): void {
  writeFileSync(path, `${process.pid} ${Math.floor(now.getTime() / 1_000)}\n`, { mode: 0o600 });
}

/** False where another has taken it over. */
export function isOurs(path: string): boolean {
  return readDrainer(path)?.pid === process.pid;
}

export function release(path: string): void {
  if (isOurs(path)) rmSync(path, { force: true });
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
