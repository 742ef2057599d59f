import { closeSync, openSync, readFileSync, readSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { POSTGRES_FAILED, refusal } from './embedded.faults.js';
import { freePort } from './free-port.js';
import { openLog } from './log-file.js';
import { DATABASE, ensureCluster, lastComplaint, POSTGRES_ENV, SUPERUSER } from './postgres-cluster.js';
import { placePostgres, type PostgresPlace } from './postgres-place.js';
import { readProcess } from './process-facts.js';
import { ServerProcess, stopOrphan, type StopLadder } from './server-process.js';

/** Replaying the log of a crashed run may take minutes on a slow disk. */
const START_TIMEOUT_MS = 300_000;
/** Fast shutdown ends sessions and writes a checkpoint; immediate shutdown leaves the rest to recovery, and loses nothing committed. */
const LADDER: StopLadder = [['SIGINT', 10_000], ['SIGQUIT', 5_000]];

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  // Postgres' own, which initdb makes smaller where files of the log are.
  min_wal_size: '80MB',
  max_wal_size: '1GB',
  // Ranked searches are short; compiling them takes longer than running them.
  jit: 'off',
  random_page_cost: '1.1',
  // Merges of the words' index leave room behind that the next ones use, once vacuum has looked.
  autovacuum_naptime: '15s',
};

export interface EmbeddedPostgres {
  /** Superuser's URL of database `ai_memory`. */
  readonly url: string;
  readonly port: number;
  /** Calls back once, with a phrase such as `was ended by SIGKILL`, if the server ends without having been stopped. */
  onExit(callback: (ending: string) => void): void;
  /** Returns when the server is gone; at most 15 s. */
  stop(): Promise<void>;
}

/**
 * Runs Postgres on the files of this data folder, on a free port of 127.0.0.1, and returns when it takes connections.
 * The caller holds the folder's lock: a server that still runs on these files was left by a killed run and is stopped first.
 */
export async function startEmbeddedPostgres(options: { dataDir: string; log: (line: string) => void }): Promise<EmbeddedPostgres> {
  const place = placePostgres(options.dataDir);
  await stopLeftover(place, options.log);
  const { password } = await ensureCluster(place, options.dataDir, options.log);
  const port = await freePort();
  const logPath = join(options.dataDir, 'logs', 'postgres.log');
  const server = await runServer(place, port, logPath);
  return {
    url: urlOf(password, port),
    port,
    onExit: (callback) => server.onExit(callback),
    stop: () => server.stop(),
  };
}

/** Superuser's URL of the Postgres that a running ai-memory has on the files of this folder; undefined where none runs. */
export function runningPostgresUrl(dataDir: string): string | undefined {
  const [pid, , , port] = readPidFile(join(dataDir, 'postgres'));
  const isRunning = readProcess(Number(pid))?.commandLine.includes('postgres') ?? false;
  if (!isRunning) return undefined;
  const password = readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim();
  return urlOf(password, Number(port));
}

function urlOf(password: string, port: number): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${DATABASE}`;
}

async function runServer(place: PostgresPlace, port: number, logPath: string): Promise<ServerProcess> {
  const logFd = openLog(logPath);
  const logStart = statSync(logPath).size;
  const settings = Object.entries({ ...SETTINGS, port: String(port) }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = ServerProcess.start({
    command: join(place.binaries.folder, 'bin', 'postgres'), args: ['-D', place.clusterDir, ...settings], cwd: dirname(place.clusterDir), env: POSTGRES_ENV, account: place.account, logFd, ladder: LADDER,
  });
  const isUp = await server.isReadyWithin(START_TIMEOUT_MS, () => isReady(place.clusterDir, server.pid));
  if (isUp) return server;
  await server.stop();
  throw refusal(POSTGRES_FAILED, `The embedded Postgres ${server.ending ?? 'did not start in time'}: ${lastComplaint(readFrom(logPath, logStart))} (log: ${logPath})`);
}

/** The eighth line of `postmaster.pid` is the state, as `pg_ctl --wait` reads it. */
function isReady(clusterDir: string, pid: number | undefined): boolean {
  const lines = readPidFile(clusterDir);
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

function readPidFile(clusterDir: string): string[] {
  try {
    return readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** Never two servers on one cluster: waits until the old one is gone, or throws. */
async function stopLeftover(place: PostgresPlace, log: (line: string) => void): Promise<void> {
  const pid = Number(readPidFile(place.clusterDir)[0]);
  const found = readProcess(pid);
  if (!found) return;
  if (!found.commandLine.includes(`-D ${place.clusterDir} `)) {
    // The number belongs to some other process now. Postgres would take that one for a living server and refuse to start.
    rmSync(join(place.clusterDir, 'postmaster.pid'), { force: true });
    return;
  }
  log(`stopping a Postgres that an earlier run left behind (process ${pid})`);
  if (!(await stopOrphan(pid, LADDER))) throw refusal(POSTGRES_FAILED, `A Postgres of an earlier run (process ${pid}) does not stop: end it by hand.`);
}

function readFrom(path: string, start: number): string {
  const buffer = Buffer.alloc(Math.max(0, statSync(path).size - start));
  const fd = openSync(path, 'r');
  try {
    return buffer.toString('utf8', 0, readSync(fd, buffer, 0, buffer.length, start));
  } finally {
    closeSync(fd);
  }
}
