import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { servicePids, startProduct } from '../system/product.js';
import { startReplica } from '../system/replica.js';
import { processorSeconds } from './processor-time.js';

/**
 * `npm run bench:footprint -- [--idle 30] [--starts 3]`: what the product takes in memory as five processes that have been idle for so many seconds, with
 * their supervisor, Postgres and NATS, and how long each service takes from its start until it is ready, on the clock and of processors: on a machine with
 * other work only the latter is worth anything. Linux tells.
 */
const { values } = parseArgs({ options: { idle: { type: 'string', default: '30' }, starts: { type: 'string', default: '3' } } });
const [IDLE_SECONDS, STARTS] = [Number(values.idle), Number(values.starts)] as const;
const MIB = 1_024;

/** Resident memory; proportional, where what processes share is counted once among them. In MiB. */
interface Memory {
  resident: number;
  proportional: number;
}

/** From the start of a process until it was ready. */
interface Start {
  seconds: number;
  processorSeconds: number;
}

const dataDir = mkdtempSync(join(tmpdir(), 'bench-footprint-'));
chmodSync(dataDir, 0o711);
const product = await startProduct('services', dataDir);
try {
  const apps = Object.keys(servicePids(dataDir));
  const starts = new Map<string, Start>();
  for (const app of apps) starts.set(app, await startOf(app));
  await rest(IDLE_SECONDS * 1_000);
  for (const [app, pid] of Object.entries(servicePids(dataDir))) print(app, memoryOf(pid), starts.get(app));
  const pids = descendantsOf(product.process.pid!);
  const all = pids.map(memoryOf);
  print(`all ${all.length} processes`, { resident: sum(all.map(({ resident }) => resident)), proportional: sum(all.map(({ proportional }) => proportional)) });
} finally {
  await product.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** Other processes of the app, beside the one that runs: wiki-git's with a folder of its own. The medians. */
async function startOf(app: string): Promise<Start> {
  const taken: Start[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const startedAt = performance.now();
    const replica = await startReplica(app, product, app === 'wiki-git' ? { AI_MEMORY_DATA_DIR: join(dataDir, 'another') } : {});
    taken.push({ seconds: (performance.now() - startedAt) / 1_000, processorSeconds: processorSeconds(replica.process.pid!) });
    await replica.stop();
  }
  return { seconds: median(taken.map(({ seconds }) => seconds)), processorSeconds: median(taken.map((each) => each.processorSeconds)) };
}

function memoryOf(pid: number): Memory {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kib = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]);
  return { resident: kib('Rss') / MIB, proportional: kib('Pss') / MIB };
}

function descendantsOf(root: number): number[] {
  const parents = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => [Number(name), parentOf(name)] as const);
  const below = (pid: number): number[] => [pid, ...parents.filter(([, parent]) => parent === pid).flatMap(([child]) => below(child))];
  return below(root);
}

/** A process may end while we look. */
function parentOf(pid: string): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[1]);
  } catch {
    return undefined;
  }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function print(name: string, { resident, proportional }: Memory, start?: Start): void {
  console.log(`${name.padEnd(18)} ${resident.toFixed(0).padStart(5)} MiB resident ${proportional.toFixed(0).padStart(5)} MiB proportional${start === undefined ? '' : `   ready after ${start.seconds.toFixed(2)} s, ${start.processorSeconds.toFixed(2)} of processors`}`);
}
