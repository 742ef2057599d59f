import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, TOPOLOGIES, type Topology } from '../system/product.js';
import { type Budget, overBudget } from './budget.js';
import { fillCapture } from './filled-capture.js';
import { LoadedProduct } from './loaded-product.js';
import { driveOpenLoop, type Pace } from './open-loop.js';
import { takenBy } from './processes.js';

/**
 * `npm run bench:capture -- [--topology standalone] [--load 'single;batches'] [--seconds 20] [--organisations 20] [--sessions 400] [--session-events 500] [--batch 64] [--fill 0] [--node-options '--cpu-prof'] [--update-budget]`:
 * what capturing costs and how soon events are acknowledged, at the paces that are promised and at half of them, in each topology. Everything is on this
 * machine, the generator too; commits wait for the disk. Before, so many observations are put
 * there. Exits with 1 where the CPU-seconds are over the budget in budget.json, which is of an empty product.
 */
const { values } = parseArgs({
  options: {
    topology: { type: 'string' }, load: { type: 'string' }, seconds: { type: 'string' }, organisations: { type: 'string', default: '20' }, sessions: { type: 'string', default: '400' },
    'session-events': { type: 'string', default: '500' }, batch: { type: 'string', default: '64' }, fill: { type: 'string', default: '0' }, 'node-options': { type: 'string' }, 'update-budget': { type: 'boolean', default: false },
  },
});
const BATCH = Number(values.batch);
const LOADS: Record<string, Pace> = {
  'single, half': { perSecond: 500, events: 1, seconds: 20 },
  single: { perSecond: 1_000, events: 1, seconds: 20 },
  'batches, quarter': { perSecond: 1_280 / BATCH, events: BATCH, seconds: 60 },
  'batches, half': { perSecond: 2_560 / BATCH, events: BATCH, seconds: 60 },
  batches: { perSecond: 5_056 / BATCH, events: BATCH, seconds: 60 },
};
/** Until what is asked again and again has been compiled for good. */
const WARM_UP: Pace = { perSecond: 300, events: 1, seconds: 20 };
const CATCH_UP_MS_MAX = 300_000;
const BUDGET_FILE = join(ROOT, 'test', 'load', 'budget.json');

const measured: Budget = {};
for (const topology of (values.topology?.split(',') as Topology[]) ?? TOPOLOGIES) measured[topology] = await measure(topology);
console.log(`load of the machine ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} processors`);
judge();

async function measure(topology: Topology): Promise<Record<string, number>> {
  const product = await LoadedProduct.start(topology, { organisations: Number(values.organisations), sessions: Number(values.sessions), sessionEvents: Number(values['session-events']) }, nodeOptions());
  try {
    const { rows } = await product.database.query<{ synchronous_commit: string }>('SHOW synchronous_commit');
    console.log(`\n${topology}, synchronous_commit=${rows[0]!.synchronous_commit}, ${values.organisations} organisations, ${values.sessions} sessions of ${values['session-events']} events, ${values.fill} observations there before`);
    if (Number(values.fill) > 0) await fillCapture(product.database, Number(values.fill), Number(values.organisations));
    await driveOpenLoop(WARM_UP, (events) => product.prepare(events));
    await product.caughtUp(CATCH_UP_MS_MAX);
    const costs: Record<string, number> = {};
    for (const load of values.load?.split(';') ?? Object.keys(LOADS)) costs[load] = await measureLoad(product, load);
    return costs;
  } finally {
    await product.stop();
  }
}

/** Drives one load until all of it is indexed, prints what was seen, and returns CPU-seconds for 1,000 events. */
async function measureLoad(product: LoadedProduct, load: string): Promise<number> {
  const pace = { ...LOADS[load]!, ...(values.seconds ? { seconds: Number(values.seconds) } : {}) };
  const [before, ownBefore] = [takenBy(product.pid), process.cpuUsage()];
  const driven = await driveOpenLoop(pace, (events) => product.prepare(events));
  const own = process.cpuUsage(ownBefore);
  const behind = await product.lag();
  const caughtUpMs = await product.caughtUp(CATCH_UP_MS_MAX);
  const taken = [...takenBy(product.pid)].map(([part, { seconds, memoryMiB }]) => ({ part, cost: per1000(seconds - (before.get(part)?.seconds ?? 0), driven.accepted), memoryMiB }));
  const ms = (value: number): string => value.toFixed(1);
  console.log(`${load}: ${pace.perSecond * pace.events} events a second for ${pace.seconds} s, ${pace.events} in a request`);
  console.log(`  accepted ${driven.acceptedPerSecond.toFixed(0)} events/s; acknowledged after p50 ${ms(driven.p50)} ms, p95 ${ms(driven.p95)}, p99 ${ms(driven.p99)}, max ${ms(driven.max)}; errors ${JSON.stringify(driven.errors)}`);
  console.log(`  at the end ${behind.unindexed} events not indexed, ${behind.uncompiled} sessions not compiled, ${behind.outbox} in the outbox; caught up ${(caughtUpMs / 1_000).toFixed(1)} s later`);
  console.log(`  CPU-seconds per 1,000 events: ${taken.map(({ part, cost }) => `${part} ${cost.toFixed(2)}`).join(', ')}; generator ${per1000((own.user + own.system) / 1e6, driven.accepted).toFixed(2)}`);
  console.log(`  memory at most, MiB: ${taken.map(({ part, memoryMiB }) => `${part} ${memoryMiB.toFixed(0)}`).join(', ')}`);
  const total = taken.reduce((sum, { cost }) => sum + cost, 0);
  console.log(`  in all ${total.toFixed(2)} CPU-seconds per 1,000 events`);
  return Math.round(total * 100) / 100;
}

function per1000(seconds: number, events: number): number {
  return (1_000 * seconds) / events;
}

function nodeOptions(): Record<string, string> {
  return values['node-options'] ? { NODE_OPTIONS: values['node-options'] } : {};
}

function judge(): void {
  const budget = JSON.parse(readFileSync(BUDGET_FILE, 'utf8')) as Budget;
  if (values['update-budget']) {
    for (const [topology, costs] of Object.entries(measured)) budget[topology] = { ...budget[topology], ...costs };
    writeFileSync(BUDGET_FILE, `${JSON.stringify(budget, null, 2)}\n`);
    return;
  }
  const over = overBudget(budget, measured);
  for (const sentence of over) console.error(sentence);
  if (over.length > 0) process.exitCode = 1;
}
