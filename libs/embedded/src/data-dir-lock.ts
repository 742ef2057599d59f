import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DATA_DIR_IN_USE, refusal } from './embedded.faults.js';
import { readProcess } from './process-facts.js';

const ATTEMPTS_MAX = 5;

export interface DataDirLock {
  release(): void;
}

interface Holder {
  readonly pid: number;
  readonly startedAt: string;
}

/**
 * Makes the folder if need be and takes it for this process, or throws a Fault that names the process that has it.
 * A lock left by a process that is gone is taken over, also when its number is in use again (in a container it is often 1).
 * Holds among processes that see each other: two containers on one volume are not told apart.
 */
export function lockDataDir(dataDir: string): DataDirLock {
  // Root's servers run as another user, who must be able to pass through; what is secret inside has its own mode.
  mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const path = join(dataDir, 'instance.lock');
  const me: Holder = { pid: process.pid, startedAt: readProcess(process.pid)?.startedAt ?? '' };
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    if (isCreated(path, me)) return { release: () => removeIfHeldBy(path, me) };
    refuseIfHeld(path, dataDir);
    removeStale(path, dataDir);
  }
  throw refusal(DATA_DIR_IN_USE, `Several ai-memory are starting at once on ${dataDir}: try again.`);
}

/** A link appears with its content, so that nobody ever reads a half-written lock. */
function isCreated(path: string, holder: Holder): boolean {
  const draft = `${path}.${holder.pid}`;
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function refuseIfHeld(path: string, dataDir: string): void {
  const holder = readHolder(path);
  const isHeld = holder !== undefined && readProcess(holder.pid)?.startedAt === holder.startedAt;
  if (isHeld) throw refusal(DATA_DIR_IN_USE, `Another ai-memory (process ${holder.pid}) already uses ${dataDir}: stop it, or set AI_MEMORY_DATA_DIR to another folder.`);
}

/** Moves the lock aside before removing it: a rival that was faster may have put a live one in its place, which goes back. */
function removeStale(path: string, dataDir: string): void {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  try {
    refuseIfHeld(aside, dataDir);
  } catch (error) {
    renameSync(aside, path);
    throw error;
  }
  rmSync(aside, { force: true });
}

function removeIfHeldBy(path: string, holder: Holder): void {
  const found = readHolder(path);
  if (found?.pid === holder.pid && found.startedAt === holder.startedAt) rmSync(path, { force: true });
}
