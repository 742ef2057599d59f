import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN_DIR = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules', '.cache', 'servers');
const PROGRAMS = ['prometheus', 'promtool'];
const TIMEOUT_MS = 300_000;

/** The full path of `prometheus` or `promtool`: from PATH, else of the package that was fetched before. */
export function findPrometheus(program) {
  const onPath = spawnSync('/bin/sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).stdout?.trim();
  const kept = join(BIN_DIR, program);
  return onPath || (existsSync(kept) ? kept : undefined);
}

/** Fetches Debian's package, as root or not, and keeps its two programs: installing it would start a Prometheus for the whole machine. */
export function fetchPrometheus(log) {
  if (!existsSync('/usr/bin/apt-get')) throw new Error('There is no promtool on this machine, which tests of alerts need: install Prometheus.');
  log('fetching prometheus with apt (once)');
  const work = mkdtempSync(join(tmpdir(), 'ai-memory-prometheus-'));
  try {
    mkdirSync(join(work, 'lists', 'partial'), { recursive: true });
    mkdirSync(join(work, 'cache', 'archives', 'partial'), { recursive: true });
    // Lists of our own: the machine's may be missing or old, and only root may renew those.
    const ours = ['-q', '-o', `Dir::State::lists=${join(work, 'lists')}`, '-o', `Dir::Cache=${join(work, 'cache')}`, '-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User='];
    run(work, 'apt-get', [...ours, 'update']);
    run(work, 'apt-get', [...ours, 'download', 'prometheus']);
    run(work, 'dpkg-deb', ['-x', readdirSync(work).find((name) => name.endsWith('.deb')) ?? '', 'unpacked']);
    mkdirSync(BIN_DIR, { recursive: true });
    for (const program of PROGRAMS) copyFileSync(join(work, 'unpacked', 'usr', 'bin', program), join(BIN_DIR, program));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function run(cwd, program, args) {
  const { status, stderr } = spawnSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', timeout: TIMEOUT_MS });
  if (status !== 0) throw new Error(`prometheus could not be fetched: ${stderr?.split('\n').find((line) => line.startsWith('E: ')) ?? `${program} exited with ${status}`}`);
}
