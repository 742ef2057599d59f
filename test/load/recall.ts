import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { generatedText, QUERY_KINDS } from '../bench/generated-text.js';
import { type Latencies, latenciesOf } from '../bench/latencies.js';
import { TOPOLOGIES } from '../system/product.js';
import { fillCapture } from './filled-capture.js';
import { LoadedProduct, PLACE, type Writer } from './loaded-product.js';
import { driveOpenLoop } from './open-loop.js';
import { TEXT_SEED } from './recorded-events.js';

/**
 * `npm run bench:recall -- [--topology standalone] [--organisations 20] [--sessions 400] [--events 20000] [--fill 0] [--rate 10] [--seconds 60] [--capture 250]`: how soon searches, the
 * same over MCP, and handoffs are answered, each query another, while so many events a second are captured. First so many events are stored and indexed, and so many
 * observations put there that are not in the index.
 */
const { values } = parseArgs({
  options: {
    topology: { type: 'string' }, organisations: { type: 'string', default: '20' }, sessions: { type: 'string', default: '400' }, fill: { type: 'string', default: '0' }, events: { type: 'string', default: '20000' }, rate: { type: 'string', default: '10' }, seconds: { type: 'string', default: '60' }, capture: { type: 'string', default: '250' },
  },
});
const [EVENTS, RATE, SECONDS, CAPTURE, OBSERVATIONS] = [values.events, values.rate, values.seconds, values.capture, values.fill].map(Number) as [number, number, number, number, number];
const SHAPE = { organisations: Number(values.organisations), sessions: Number(values.sessions), sessionEvents: 500 };
/** Until each organisation has had its first event. */
const WARM_UP = { perSecond: 300, events: 1, seconds: 20 };
const FILL = { perSecond: 30, events: 64 };
const CATCH_UP_MS_MAX = 300_000;
const MCP_MS_MAX = 15;
const HANDOFF_MS_MAX = 100;

const text = generatedText(TEXT_SEED);

for (const topology of TOPOLOGIES.filter((each) => !values.topology || each === values.topology)) {
  const product = await LoadedProduct.start(topology, SHAPE);
  try {
    if (OBSERVATIONS > 0) await fillCapture(product.database, OBSERVATIONS, SHAPE.organisations);
    await driveOpenLoop({ ...FILL, seconds: Math.ceil(EVENTS / (FILL.perSecond * FILL.events)) }, (events) => product.prepare(events));
    await driveOpenLoop(WARM_UP, (events) => product.prepare(events));
    await product.caughtUp(CATCH_UP_MS_MAX);
    console.log(`\n${topology}: ${EVENTS} events in ${SHAPE.organisations} organisations, ${CAPTURE} more a second meanwhile, ${RATE} a second of each kind`);
    await measure(product);
  } finally {
    await product.stop();
  }
}

async function measure(product: LoadedProduct): Promise<void> {
  let turn = 0;
  const next = (): Writer => product.writers[(turn += 1) % product.writers.length]!;
  const question = (): string => text.query(QUERY_KINDS[turn % QUERY_KINDS.length]!, turn);
  const capturing = driveOpenLoop({ perSecond: CAPTURE, events: 1, seconds: SECONDS }, (events) => product.prepare(events));
  const [asked, overMcp, added]: [number[], number[], number[]] = [[], [], []];
  // One after the other in turns, so that both meet the same machine and the same cache.
  const queries = driveOpenLoop({ perSecond: RATE, events: 1, seconds: SECONDS }, () => async () => {
    const [{ token }, query, isSearchFirst] = [next(), question(), turn % 2 === 0];
    const search = (): Promise<number> => timed(() => product.ask(token, 'GET', `/api/v1/search?${PLACE}&q=${encodeURIComponent(query)}`));
    const tool = (): Promise<number> => timed(() => queryOverMcp(product, token, query));
    const [first, second] = isSearchFirst ? [await search(), await tool()] : [await tool(), await search()];
    const [searchMs, toolMs] = isSearchFirst ? [first, second] : [second, first];
    asked.push(searchMs);
    overMcp.push(toolMs);
    added.push(toolMs - searchMs);
    return 1;
  });
  const handoffs = driveOpenLoop({ perSecond: RATE, events: 1, seconds: SECONDS }, () => async () => {
    await product.ask(next().token, 'GET', `/handoff?agent=codex&${PLACE}&session_id=${randomUUID()}`);
    return 1;
  });
  const [queried, handed, captured] = await Promise.all([queries, handoffs, capturing]);
  print('search by REST', latenciesOf(asked));
  print('memory_query by MCP', latenciesOf(overMcp));
  const mcpMs = latenciesOf(overMcp).p95 - latenciesOf(asked).p95;
  console.log(`what MCP adds to a query: p50 ${latenciesOf(added).p50.toFixed(1)} ms; p95 of one less p95 of the other ${mcpMs.toFixed(1)} ms (at most ${MCP_MS_MAX}: ${mcpMs <= MCP_MS_MAX ? 'yes' : 'no'})`);
  print('handoff', handed);
  console.log(`handoff p95 at most ${HANDOFF_MS_MAX} ms: ${handed.p95 <= HANDOFF_MS_MAX ? 'yes' : 'no'}`);
  print('event acknowledged meanwhile', captured);
  console.log(`errors ${JSON.stringify({ ...queried.errors, ...handed.errors, ...captured.errors })}`);
}

function queryOverMcp(product: LoadedProduct, token: string, query: string): Promise<string> {
  const [workspace, project] = ['acme', 'shop'];
  return product.ask(token, 'POST', '/mcp', JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'memory_query', arguments: { query, workspace, project } } }));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function print(name: string, { p50, p95, p99, max }: Latencies): void {
  console.log(`${name.padEnd(30)} p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)}, p99 ${p99.toFixed(1)}, max ${max.toFixed(1)}`);
}
