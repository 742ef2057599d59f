import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes of a socket's path: `sun_path` holds 104 with its end on macOS, 108 on Linux. */
export const SOCKET_PATH_BYTES_MAX = 103;
const PREFIX = '.s.PGSQL.';

/**
 * Where a server of this port may put its socket, as Postgres' `unix_socket_directories`: the folder of its files, which only its account may enter.
 * Empty where there can be none: on Windows, and where the path is too long. Sockets that a killed server left there are gone afterwards; no server runs.
 */
export function prepareSocketDir(clusterDir: string, port: number): string {
  for (const name of existsSync(clusterDir) ? readdirSync(clusterDir) : []) if (name.startsWith(PREFIX)) rmSync(join(clusterDir, name), { force: true });
  const isShort = Buffer.byteLength(join(clusterDir, `${PREFIX}${port}`)) <= SOCKET_PATH_BYTES_MAX;
  // A list of folders: a comma would part it, and quotes would need more of the same.
  return process.platform !== 'win32' && isShort && !/[",]/.test(clusterDir) ? clusterDir : '';
}
