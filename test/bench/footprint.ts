import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { servicePids, startProduct } from '../system/product.js';
import { startReplica } from '../system/replica.js';

/**
 * `npm run bench:footprint -- [--idle 30] [--starts 3]`: what the product takes in memory as five processes that have been idle for so many seconds, with
 * their supervisor, Postgres and NATS, and how long each service takes from its start until it is ready. Linux tells.
 */
const { values } = parseArgs({ options: { idle: { type: 'string', default: '30' }, starts: { type: 'string', default: '3' } } });
const [IDLE_SECONDS, STARTS] = [Number(values.idle), Number(values.starts)] as const;
const MIB = 1_024;

/** Resident memory; proportional, where what processes share is counted once among them. In MiB. */
interface Memory {
  resident: number;
  proportional: number;
}

const dataDir = mkdtempSync(join(tmpdir(), 'bench-footprint-'));
chmodSync(dataDir, 0o711);
const product = await startProduct('services', dataDir);
try {
  const apps = Object.keys(servicePids(dataDir));
  const readyMs = new Map<string, number>();
  for (const app of apps.filter((name) => name !== 'wiki-git')) readyMs.set(app, median(await startTimes(app)));
  await rest(IDLE_SECONDS * 1_000);
  for (const [app, pid] of Object.entries(servicePids(dataDir))) print(app, memoryOf(pid), readyMs.get(app));
  const pids = descendantsOf(product.process.pid!);
  const all = pids.map(memoryOf);
  print(`all ${all.length} processes`, { resident: sum(all.map(({ resident }) => resident)), proportional: sum(all.map(({ proportional }) => proportional)) });
} finally {
  await product.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** Another process of the app, beside the one that runs: not of wiki-git, which has one. */
async function startTimes(app: string): Promise<number[]> {
  const taken: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const startedAt = performance.now();
    const replica = await startReplica(app, product);
    taken.push(performance.now() - startedAt);
    await replica.stop();
  }
  return taken;
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

function print(name: string, { resident, proportional }: Memory, readyMs?: number): void {
  console.log(`${name.padEnd(18)} ${resident.toFixed(0).padStart(5)} MiB resident ${proportional.toFixed(0).padStart(5)} MiB proportional${readyMs === undefined ? '' : `   ready after ${(readyMs / 1_000).toFixed(2)} s`}`);
}
