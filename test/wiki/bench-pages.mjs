import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export const PAGES = 1_000;
export const FOLDERS = 20;
const TICKS_A_SECOND = 100;

export const pathOf = (index) => `notes/d${index % FOLDERS}/page-${index % PAGES}.md`;
export const textOf = (index, round) => `# Page ${index}\n\nRound ${round}. ${'The outbox needs a lease, because two relays may read one row. '.repeat(10)}\n`;

export const GIT_ENV = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
export const GIT_SETTINGS = ['core.fsync=all', 'core.fsyncMethod=fsync', 'gc.auto=0', 'user.name=b', 'user.email=b@x', 'safe.directory=*'].flatMap((setting) => ['-c', setting]);

/** Puts commits of one page each on top of a branch, until it has so many. */
export function growHistory(folder, branch, total) {
  const git = (args, input) => execFileSync('git', [...GIT_SETTINGS, ...args], { cwd: folder, env: GIT_ENV, input, stdio: ['pipe', 'pipe', 'inherit'], maxBuffer: 64 * 1024 * 1024 }).toString().trim();
  const there = Number(git(['rev-list', '--count', branch]));
  const parts = [];
  for (let at = there; at < total; at += 1) {
    const text = textOf(at, `of the past, ${at}`);
    const time = Math.floor(Date.now() / 1_000) - total + at;
    parts.push(`commit ${branch}\nauthor b <b@x> ${time} +0000\ncommitter b <b@x> ${time} +0000\ndata 4\nPast\n${at === there ? `from ${branch}^0\n` : ''}M 100644 inline ${pathOf(at)}\ndata ${Buffer.byteLength(text)}\n${text}\n`);
  }
  git(['fast-import', '--quiet'], parts.join(''));
}

/** CPU-seconds of a process, of what it has started, and of what has ended of that. Only Linux tells. */
export function cpuOfTree(pid) {
  return [pid, ...descendantsOf(pid)].reduce((sum, each) => sum + (statOf(each)?.cpu ?? 0), 0);
}

/** CPU-seconds of the processes that this one has waited for. */
export function cpuOfEndedChildren() {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
  return (Number(fields[13]) + Number(fields[14])) / TICKS_A_SECOND;
}

function descendantsOf(pid) {
  const parents = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => ({ pid: Number(name), parent: statOf(name)?.parent }));
  const below = (above) => parents.filter(({ parent }) => parent === above).flatMap((each) => [each.pid, ...below(each.pid)]);
  return below(pid);
}

function statOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return { parent: Number(fields[1]), cpu: fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_A_SECOND };
  } catch {
    return undefined;
  }
}
