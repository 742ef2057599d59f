import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { NATS_FAILED, refusal } from './embedded.faults.js';
import { freePort } from './free-port.js';
import { openLog } from './log-file.js';
import { findNatsServer, installNatsServer } from './nats-binary.js';
import { readProcess } from './process-facts.js';
import { ServerProcess, stopOrphan, type StopLadder } from './server-process.js';

const START_TIMEOUT_MS = 60_000;
const GREETING_TIMEOUT_MS = 1_000;
const PAYLOAD_BYTES_MAX = 8 * 1024 * 1024;
const LADDER: StopLadder = [['SIGTERM', 10_000], ['SIGKILL', 5_000]];
const USER = 'ai-memory';

export interface EmbeddedNats {
  /** Holds the credentials: without them, any user of this machine could read what passes through. */
  readonly url: string;
  /** Calls back once, with a phrase such as `was ended by SIGKILL`, if the server ends without having been stopped. */
  onExit(callback: (ending: string) => void): void;
  /** Returns when the server is gone; at most 15 s. */
  stop(): Promise<void>;
}

/**
 * Runs a nats-server with JetStream on this data folder, on a free port of 127.0.0.1, and returns when it answers.
 * The program is the machine's own, else fetched into `<dataDir>/bin`. The caller holds the folder's lock.
 */
export async function startEmbeddedNats(options: { dataDir: string; log: (line: string) => void }): Promise<EmbeddedNats> {
  const dataDir = realpathSync(options.dataDir);
  const binDir = join(dataDir, 'bin');
  const program = findNatsServer(binDir) ?? (await installNatsServer({ binDir, log: options.log }));
  const natsDir = join(dataDir, 'nats');
  mkdirSync(natsDir, { recursive: true, mode: 0o700 });
  const configPath = join(natsDir, 'nats.conf');
  await stopLeftover(natsDir, configPath, options.log);
  const [port, password] = [await freePort(), randomBytes(24).toString('base64url')];
  writeFileSync(configPath, natsConfig(natsDir, port, password), { mode: 0o600 });
  const server = await runServer(program, configPath, port, join(dataDir, 'logs', 'nats.log'));
  return { url: `nats://${USER}:${password}@127.0.0.1:${port}`, onExit: (callback) => server.onExit(callback), stop: () => server.stop() };
}

/** Understood by nats-server 2.9 and later: it refuses to start on a setting that it does not know. */
export function natsConfig(natsDir: string, port: number, password: string): string {
  return [
    `listen: "127.0.0.1:${port}"`,
    `max_payload: ${PAYLOAD_BYTES_MAX}`,
    // As in deploy/nats.conf, which says why.
    'ping_interval: "3s"',
    'ping_max: 2',
    `pid_file: ${JSON.stringify(pidFile(natsDir))}`,
    `jetstream { store_dir: ${JSON.stringify(join(natsDir, 'store'))} }`,
    `authorization { user: "${USER}", password: "${password}" }`,
    '',
  ].join('\n');
}

const pidFile = (natsDir: string) => join(natsDir, 'nats.pid');

async function runServer(program: string, configPath: string, port: number, logPath: string): Promise<ServerProcess> {
  const server = ServerProcess.start({ command: program, args: ['--config', configPath], cwd: '/', env: {}, account: undefined, logFd: openLog(logPath), ladder: LADDER });
  if (await server.isReadyWithin(START_TIMEOUT_MS, () => hasGreeted(port))) return server;
  await server.stop();
  throw refusal(NATS_FAILED, `nats-server ${server.ending ?? 'did not start in time'} (log: ${logPath})`);
}

/** A nats-server greets each connection with an INFO line once it takes clients. */
function hasGreeted(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: GREETING_TIMEOUT_MS });
    const settle = (isGreeted: boolean) => {
      socket.destroy();
      resolve(isGreeted);
    };
    socket.once('data', (greeting) => settle(greeting.toString('latin1').startsWith('INFO ')));
    for (const event of ['error', 'timeout', 'end'] as const) socket.once(event, () => settle(false));
  });
}

async function stopLeftover(natsDir: string, configPath: string, log: (line: string) => void): Promise<void> {
  const pid = readPid(natsDir);
  if (!readProcess(pid)?.commandLine.includes(configPath)) return;
  log(`stopping a nats-server that an earlier run left behind (process ${pid})`);
  if (!(await stopOrphan(pid, LADDER))) throw refusal(NATS_FAILED, `A nats-server of an earlier run (process ${pid}) does not stop: end it by hand.`);
}

function readPid(natsDir: string): number {
  try {
    return Number(readFileSync(pidFile(natsDir), 'utf8'));
  } catch {
    return 0;
  }
}
