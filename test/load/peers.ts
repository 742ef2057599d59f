import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generatedText } from '../bench/generated-text.js';
import { type Latencies, latenciesOf } from '../bench/latencies.js';
import { LoadedProduct, PLACE } from './loaded-product.js';
import { type Peer, startClaudeMem, startServerMemory, type ToolCall } from './peer-servers.js';
import { takenBy } from './processes.js';
import { TEXT_SEED } from './recorded-events.js';

/**
 * `npm run bench:peers -- [--events 2000] [--at-once 8]`: the same tool calls to this product in one process and to two others from npm, in one run: how many are taken in
 * a second, how soon each is acknowledged, CPU-seconds and memory. They differ in what an acknowledgement means: here redacted and committed to the disk.
 * The others are fetched into a folder that is removed again. `@agentmemory/agentmemory` is not among them: it needs an engine that npm does not have.
 */
const { values } = parseArgs({ options: { events: { type: 'string', default: '2000' }, 'at-once': { type: 'string', default: '8' } } });
const [EVENTS, AT_ONCE] = [Number(values.events), Number(values['at-once'])] as const;
const SESSIONS = 40;
const WARM_UP = 200;

interface Measured extends Latencies {
  name: string;
  perSecond: number;
  cpuSeconds: number;
  memoryMiB: number;
}

const text = generatedText(TEXT_SEED);
const folder = mkdtempSync(join(tmpdir(), 'bench-peers-'));
try {
  const measured: Measured[] = [];
  for (const start of [startOurs, () => startClaudeMem(join(folder, 'claude-mem')), () => startServerMemory(join(folder, 'server-memory'))]) {
    const peer = await start();
    try {
      measured.push(await measure(peer));
    } finally {
      await peer.stop();
    }
  }
  const [ours, ...others] = measured;
  for (const other of others) console.log(`${other.name}: we take in ${(ours!.perSecond / other.perSecond).toFixed(2)} times as many a second, p95 ${(ours!.p95 / other.p95).toFixed(2)} times theirs, CPU ${(ours!.cpuSeconds / other.cpuSeconds).toFixed(2)} times, memory ${(ours!.memoryMiB / other.memoryMiB).toFixed(2)} times`);
  console.log(`load of the machine ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} processors`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function startOurs(): Promise<Peer> {
  const product = await LoadedProduct.start('standalone', { organisations: 1, sessions: 1, sessionEvents: 500 });
  const { token } = product.writers[0]!;
  return {
    name: 'this product', pid: product.pid,
    take: async (sessionId, call) => void (await product.ask(token, 'POST', `/hook?event=PostToolUse&agent=claude-code&ingest_key=${randomUUID()}&${PLACE}`, JSON.stringify({ session_id: sessionId, cwd: '/home/dev/shop', hook_event_name: 'PostToolUse', ...call }))),
    stop: product.stop,
  };
}

async function measure(peer: Peer): Promise<Measured> {
  const sessions = Array.from({ length: SESSIONS }, () => randomUUID());
  await drive(peer, sessions, 0, WARM_UP);
  const [before, startedAt] = [cpuOf(peer), performance.now()];
  const taken = await drive(peer, sessions, WARM_UP, EVENTS);
  const seconds = (performance.now() - startedAt) / 1_000;
  const memoryMiB = [...takenBy(peer.pid).values()].reduce((sum, part) => sum + part.memoryMiB, 0);
  const measured = { name: peer.name, ...latenciesOf(taken), perSecond: EVENTS / seconds, cpuSeconds: (1_000 * (cpuOf(peer) - before)) / EVENTS, memoryMiB };
  console.log(`${peer.name}: ${measured.perSecond.toFixed(0)} events/s, ${AT_ONCE} at once; p50 ${measured.p50.toFixed(1)} ms, p95 ${measured.p95.toFixed(1)}, p99 ${measured.p99.toFixed(1)}; ${measured.cpuSeconds.toFixed(2)} CPU-seconds per 1,000, ${memoryMiB.toFixed(0)} MiB`);
  return measured;
}

/** So many callers, each with one call under way. */
async function drive(peer: Peer, sessions: readonly string[], from: number, count: number): Promise<number[]> {
  const taken: number[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (next < count) {
      const index = from + (next += 1);
      const startedAt = performance.now();
      await peer.take(sessions[index % sessions.length]!, toolCall(index));
      taken.push(performance.now() - startedAt);
    }
  }));
  return taken;
}

function toolCall(index: number): ToolCall {
  return { tool_name: 'Bash', tool_input: { command: `grep -rn lease src/${index}`, description: 'Look for the lease' }, tool_response: { stdout: text.document(index), stderr: '', interrupted: false } };
}

function cpuOf(peer: Peer): number {
  return [...takenBy(peer.pid).values()].reduce((sum, part) => sum + part.seconds, 0);
}
