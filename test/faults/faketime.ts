import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const FETCH_TIMEOUT_MS = 60_000;

/** An environment in which a program reads its clock from `clockFile`, as `+3600s` ahead; none where there is no libfaketime. The library is fetched once, with apt, into `cache`. */
export function fakedClock(cache: string, folder: string, clockFile: string): Record<string, string> | undefined {
  const kept = join(cache, 'libfaketime.so.1');
  if (!existsSync(kept) && !fetchLibrary(kept)) return undefined;
  // Where another user can reach it, as whom Postgres runs.
  const library = join(folder, 'libfaketime.so.1');
  copyFileSync(kept, library);
  chmodSync(library, 0o755);
  return { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: clockFile, FAKETIME_CACHE_DURATION: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_DISABLE_SHM: '1' };
}

function fetchLibrary(to: string): boolean {
  const work = mkdtempSync(join(tmpdir(), 'ai-memory-faketime-'));
  try {
    const run = (program: string, ...args: string[]): unknown => execFileSync(program, args, { cwd: work, stdio: 'pipe', timeout: FETCH_TIMEOUT_MS });
    run('apt-get', 'download', 'libfaketime');
    run('dpkg-deb', '-x', globSync('*.deb', { cwd: work })[0]!, 'unpacked');
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(join(work, globSync('unpacked/usr/lib/*/faketime/libfaketime.so.1', { cwd: work })[0]!), to);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
