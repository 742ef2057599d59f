import { parseArgs } from 'node:util';
import { TOPOLOGIES, type Topology } from '../system/product.js';
import { LoadedProduct } from './loaded-product.js';
import { driveOpenLoop } from './open-loop.js';
import { type SoakSample, takeSample } from './soak-sample.js';
import { verdictsOf } from './soak-verdicts.js';

/**
 * `SOAK_MINUTES=30 npm run bench:soak -- [--topology services] [--rate 500] [--organisations 20] [--sessions 400]`: half of the load that is promised, for so long, one event
 * a request. Looks every half minute at what the product holds, prints it, and at the end whether anything drifts, lags, grows or leaks. Exits with 1 where it does.
 */
const { values } = parseArgs({ options: { topology: { type: 'string', default: 'services' }, rate: { type: 'string', default: '500' }, organisations: { type: 'string', default: '20' }, sessions: { type: 'string', default: '400' } } });
const MINUTES = Number(process.env.SOAK_MINUTES ?? 30);
const EVERY_MS = Math.min(30_000, (MINUTES * 60_000) / 40);
const RATE = Number(values.rate);
const CATCH_UP_MS_MAX = 60_000;

const topology = TOPOLOGIES.find((each) => each === values.topology) as Topology;
const product = await LoadedProduct.start(topology, { organisations: Number(values.organisations), sessions: Number(values.sessions), sessionEvents: 500 });
try {
  const samples: SoakSample[] = [];
  const looking = setInterval(() => void takeSample(product).then((sample) => samples.push(sample) && print(sample)), EVERY_MS);
  const driven = await driveOpenLoop({ perSecond: RATE, events: 1, seconds: MINUTES * 60 }, (events) => product.prepare(events));
  clearInterval(looking);
  const caughtUpMs = await product.caughtUp(CATCH_UP_MS_MAX);
  console.log(`\n${topology}: ${RATE} events a second for ${MINUTES} min, ${driven.accepted} accepted; acknowledged after p50 ${driven.p50.toFixed(1)} ms, p95 ${driven.p95.toFixed(1)}, p99 ${driven.p99.toFixed(1)}; errors ${JSON.stringify(driven.errors)}; caught up ${(caughtUpMs / 1_000).toFixed(1)} s after the last`);
  const verdicts = verdictsOf(samples, RATE);
  for (const { of, isGood, seen } of verdicts) console.log(`${isGood ? 'good' : 'BAD '} ${of}: ${seen}`);
  if (verdicts.some(({ isGood }) => !isGood) || Object.keys(driven.errors).length > 0 || caughtUpMs === Infinity) process.exitCode = 1;
} finally {
  await product.stop();
}

function print({ memoryMiB, handles, connections, awaitedLocks, unindexed, uncompiled, outbox }: SoakSample): void {
  const parts = Object.keys(memoryMiB).map((part) => `${part} ${memoryMiB[part]!.toFixed(0)} MiB ${handles[part]} handles`);
  console.log(`${new Date().toISOString()} ${parts.join(', ')}; ${connections} connections, ${awaitedLocks} locks awaited; ${unindexed} not indexed, ${uncompiled} not compiled, ${outbox} in the outbox`);
}
