import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where a client home keeps its events and what it knows of sending them. The hooks have the same names (`hook/hook.sh`). */
export interface SpoolPaths {
  /** The client home. */
  home: string;
  spool: string;
  lock: string;
  retryAfter: string;
  lastError: string;
  lastSuccess: string;
  /** A file a reason: a byte for each event. */
  dropped: string;
}

export function spoolPathsOf(home: string): SpoolPaths {
  const state = join(home, 'state');
  return {
    home,
    spool: join(home, 'spool'),
    lock: join(state, 'drain.lock'),
    retryAfter: join(state, 'retry-after'),
    lastError: join(state, 'last-error'),
    lastSuccess: join(state, 'last-success'),
    dropped: join(state, 'dropped'),
  };
}

/** The home itself, and those in it that markers may name (`server = "…"`): each with its own address, token and spool. */
export function serverHomesOf(home: string): string[] {
  const servers = join(home, 'servers');
  return [home, ...(existsSync(servers) ? readdirSync(servers).sort().map((name) => join(servers, name)) : [])];
}
