import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NATS_FAILED, refusal } from './embedded.faults.js';

const INSTALL_TIMEOUT_MS = 180_000;
const PROGRAM = 'nats-server';
/** Package managers put it into folders that an ordinary user's PATH lacks. */
const USUAL_DIRS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin'];
const WHAT_TO_INSTALL = 'install it (apt-get install nats-server, or brew install nats-server), or set NATS_URL';

/** The full path of a nats-server that runs: from PATH, else from where packages put it, else from `binDir`. */
export function findNatsServer(binDir?: string): string | undefined {
  const onPath = spawnSync('/bin/sh', ['-c', `command -v ${PROGRAM}`], { encoding: 'utf8' }).stdout?.trim();
  const folders = binDir === undefined ? USUAL_DIRS : [...USUAL_DIRS, binDir];
  const candidates = [...(onPath ? [onPath] : []), ...folders.map((folder) => join(folder, PROGRAM))];
  return candidates.find((candidate) => spawnSync(candidate, ['--version'], { stdio: 'ignore' }).status === 0);
}

/**
 * Fetches Debian's or Ubuntu's package, as root or not, and keeps only the program, in `binDir`; returns its path. At most 180 s.
 * Installing the package would also start a nats-server for the whole machine, open to its network.
 */
export async function installNatsServer(options: { binDir: string; log: (line: string) => void }): Promise<string> {
  if (!existsSync('/usr/bin/apt-get')) throw refusal(NATS_FAILED, `There is no nats-server on this machine: ${WHAT_TO_INSTALL}.`);
  options.log('fetching nats-server with apt (once)');
  const workDir = mkdtempSync(join(tmpdir(), 'ai-memory-nats-'));
  try {
    await fetchPackage(workDir, AbortSignal.timeout(INSTALL_TIMEOUT_MS));
    return keepProgram(workDir, options.binDir);
  } catch (error) {
    throw refusal(NATS_FAILED, `nats-server could not be fetched with apt (${(error as Error).message}): ${WHAT_TO_INSTALL}.`, error);
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}

/** Uses package lists of its own: the machine's may be missing or old, and only root may renew those. */
async function fetchPackage(workDir: string, signal: AbortSignal): Promise<void> {
  const [lists, cache] = [join(workDir, 'lists'), join(workDir, 'cache')];
  mkdirSync(join(lists, 'partial'), { recursive: true });
  mkdirSync(join(cache, 'archives', 'partial'), { recursive: true });
  const ours = ['-q', '-o', `Dir::State::lists=${lists}`, '-o', `Dir::Cache=${cache}`, '-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User=', '-o', 'Acquire::Retries=2'];
  await run('apt-get', [...ours, 'update'], workDir, signal);
  await run('apt-get', [...ours, 'download', PROGRAM], workDir, signal);
  const [archive] = readdirSync(workDir).filter((name) => name.endsWith('.deb'));
  await run('dpkg-deb', ['-x', archive ?? '', 'unpacked'], workDir, signal);
}

function keepProgram(workDir: string, binDir: string): string {
  const [unpacked] = ['usr/sbin', 'usr/bin'].map((folder) => join(workDir, 'unpacked', folder, PROGRAM)).filter((path) => existsSync(path));
  if (!unpacked) throw new Error('the package holds no nats-server');
  mkdirSync(binDir, { recursive: true });
  const program = join(binDir, PROGRAM);
  copyFileSync(unpacked, `${program}.new`);
  renameSync(`${program}.new`, program);
  return program;
}

function run(program: string, args: string[], cwd: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, signal, stdio: ['ignore', 'ignore', 'pipe'] });
    const said: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => said.push(chunk));
    child.on('error', (error) => reject(signal.aborted ? new Error(`not done within ${INSTALL_TIMEOUT_MS / 1000} s`) : error));
    child.on('close', (code) => {
      const complaint = said.join('').split('\n').find((line) => line.startsWith('E: ')) ?? `${program} exited with code ${code}`;
      if (code === 0) resolve();
      else reject(new Error(complaint.replace(/^E: /, '')));
    });
  });
}
