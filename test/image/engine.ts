import { type ChildProcess, execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../system/product.js';

const BUILD_TIMEOUT_MS = 900_000;
const COMMAND_TIMEOUT_MS = 180_000;
const PROJECT = 'ai-memory-test';
/** `stop_grace_period` of docker-compose.yml. */
const GRACE_SECONDS = '20';

/** docker, where it has its compose plugin, else podman with podman-compose. */
const isDocker = spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status === 0;
const PROGRAM = isDocker ? 'docker' : 'podman';
const COMPOSE: readonly string[] = isDocker ? ['docker', 'compose'] : ['podman-compose', '--podman-path', join(ROOT, 'test/image/podman.sh')];
const ENV = { CONTAINERS_CONF: join(ROOT, 'test/image/containers.conf'), BUILDAH_ISOLATION: 'chroot', ...process.env };

export function engine(...args: string[]): string {
  return execFileSync(PROGRAM, args, { env: ENV, encoding: 'utf8', timeout: COMMAND_TIMEOUT_MS, maxBuffer: 2 ** 26, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** `deploy/Dockerfile` as it is, upon another base where one is named. */
export function buildImage(tag: string, nodeImage?: string): void {
  const args = ['build', ...(isDocker ? [] : ['--format', 'docker']), ...(nodeImage ? ['--pull=never', '--build-arg', `NODE_IMAGE=${nodeImage}`] : []), '--file', 'deploy/Dockerfile', '--tag', tag, '.'];
  execFileSync(PROGRAM, args, { cwd: ROOT, env: ENV, timeout: BUILD_TIMEOUT_MS, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** A command of compose upon the file in a folder. Names without a value in it are taken from `settings`. */
export function compose(folder: string, settings: Readonly<Record<string, string>>, ...args: string[]): void {
  const [program, ...first] = COMPOSE as [string, ...string[]];
  execFileSync(program, [...first, '-p', PROJECT, '-f', 'docker-compose.yml', ...args], { cwd: folder, env: { ...ENV, ...settings }, timeout: COMMAND_TIMEOUT_MS, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The container of a service. */
export function containerOf(service: string): string {
  const [id] = engine('ps', '--all', '--quiet', '--filter', `label=com.docker.compose.project=${PROJECT}`, '--filter', `label=com.docker.compose.service=${service}`).trim().split('\n');
  if (!id) throw new Error(`There is no container of ${service}: see what compose said`);
  return id;
}

/** Tells a container to stop, as an orchestrator does, and resolves with the code it ended with; killed where that takes longer than compose gives it. */
export async function stopContainer(container: string): Promise<number> {
  await promisify(execFile)(PROGRAM, ['stop', '--time', GRACE_SECONDS, container], { env: ENV, timeout: COMMAND_TIMEOUT_MS });
  return Number(engine('inspect', '--format', '{{.State.ExitCode}}', container));
}

/** Where the engine keeps a volume on this machine. */
export function volumeFolder(name: string): string {
  return engine('volume', 'inspect', `${PROJECT}_${name}`, '--format', '{{.Mountpoint}}').trim();
}

/** What a container says from now on, at the end of a file. */
export function followLog(container: string, path: string): ChildProcess {
  const file = openSync(path, 'a');
  return spawn(PROGRAM, ['logs', '--follow', container], { env: ENV, stdio: ['ignore', file, file] });
}
