/*
 * How much an organisation at ten times its limit slows another: the time of the other's searches and events, alone,
 * beside noise that is refused for the most part, and alone again, in one process. Prints p50 and p95, and how much of the
 * noise was let in. The two figures of being alone tell how far the machine itself is to be trusted.
 *
 *   npm run bench:noisy -- [REQUESTS]
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REQUESTS = Number(process.argv[2] ?? 400);
/** Of the noisy organisation, a minute; it asks for ten times as much. */
const LIMIT = 600;
/** Of the quiet one, which is to be kept waiting by the other alone. */
const AMPLE = { requests: 100_000, events: 100_000, searches: 100_000 };
/** So many refusals in a row, and the limit is reached. */
const REFUSED_MIN = 50;
const NOISE_EVERY_MS = 60_000 / (10 * LIMIT);
const QUIET_EVERY_MS = 25;
const PLACE = 'workspace=acme&project=shop';

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function startProduct(dataDir) {
  const probe = createServer();
  const port = await new Promise((resolve) => probe.listen(0, '127.0.0.1', () => resolve(probe.address().port)));
  await new Promise((resolve) => probe.close(resolve));
  const entry = fileURLToPath(new URL('../../dist/apps/standalone/src/main.js', import.meta.url));
  const env = { ...process.env, AI_MEMORY_DATA_DIR: dataDir, AI_MEMORY_BIND: `127.0.0.1:${port}`, AI_MEMORY_LOG_LEVEL: 'error' };
  const child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  for await (const chunk of child.stdout) if (String(chunk).includes('is ready at')) break;
  child.stdout.resume();
  return { child, url: `http://127.0.0.1:${port}`, token: readFileSync(join(dataDir, 'auth-token'), 'utf8').trim() };
}

/** The status of an answer, whatever it is. */
function clientOf(url, token) {
  return async (method, path, body) => {
    const request = { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: body && JSON.stringify(body) };
    const answer = await fetch(url + path, request);
    return { status: answer.status, text: await answer.text() };
  };
}

async function newOrganisation(url, operator) {
  const name = `o-${randomUUID().slice(0, 8)}`;
  const made = JSON.parse((await operator('POST', '/api/v1/organisations', { name, owner: { name: 'dev', email: 'dev@example.com' } })).text);
  return { name, client: clientOf(url, made.token.token) };
}

const event = (client) => client('POST', `/hook?agent=claude-code&event=UserPromptSubmit&${PLACE}`, { session_id: randomUUID(), cwd: '/home/dev/shop', prompt: 'Which database do we use?' });
const search = (client) => client('GET', `/api/v1/search?q=database&${PLACE}`);

/** The quiet organisation's requests, at a steady pace. */
async function quietTimes(client) {
  const running = [];
  for (let index = 0; index < REQUESTS; index += 1) {
    running.push((async () => {
      const startedAt = performance.now();
      const { status } = await (index % 2 ? search : event)(client);
      return { ms: performance.now() - startedAt, isServed: status < 300 };
    })());
    await sleep(QUIET_EVERY_MS);
  }
  return Promise.all(running);
}

/** Asks until it is stopped; how often, how often it was let in, and how often it was refused since. */
function makeNoise(client) {
  const counts = { asked: 0, letIn: 0, refusedInARow: 0 };
  const ask = async (what) => {
    const { status } = await what(client);
    counts.letIn += status < 300 ? 1 : 0;
    counts.refusedInARow = status === 429 ? counts.refusedInARow + 1 : 0;
  };
  const timer = setInterval(() => {
    counts.asked += 1;
    void ask(counts.asked % 2 ? search : event).catch(() => undefined);
  }, NOISE_EVERY_MS);
  return { counts, stop: () => clearInterval(timer) };
}

function told(name, times) {
  const sorted = times.filter(({ isServed }) => isServed).map(({ ms }) => ms).toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1);
  console.log(`${name.padEnd(24)} p50 ${at(0.5)} ms   p95 ${at(0.95)} ms   ${times.length - sorted.length} of ${times.length} not served`);
}

const dataDir = mkdtempSync(join(tmpdir(), 'noisy-'));
chmodSync(dataDir, 0o711);
const { child, url, token } = await startProduct(dataDir);
try {
  const operator = clientOf(url, token);
  const [quiet, noisy] = [await newOrganisation(url, operator), await newOrganisation(url, operator)];
  const limits = async (name, changes) => {
    const { status, text } = await operator('PUT', `/api/v1/organisations/${name}/limits`, changes);
    if (status !== 200) throw new Error(`No limits for ${name}: ${status} ${text}`);
  };
  await limits(noisy.name, { organisation: { requests: LIMIT / 2, events: LIMIT / 2, searches: LIMIT / 2 } });
  await limits(quiet.name, { token: AMPLE, user: AMPLE, organisation: AMPLE });
  for (const { client } of [quiet, noisy]) await event(client);
  await quietTimes(quiet.client);
  told('alone', await quietTimes(quiet.client));
  const { counts, stop } = makeNoise(noisy.client);
  // What a window lets in is let in at its beginning.
  while (counts.refusedInARow < REFUSED_MIN) await sleep(QUIET_EVERY_MS);
  const before = { ...counts };
  told('beside the noise', await quietTimes(quiet.client));
  console.log(`${'the noise meanwhile'.padEnd(24)} ${counts.asked - before.asked} requests, ${counts.letIn - before.letIn} let in (limit ${LIMIT} a minute)`);
  stop();
  told('alone again', await quietTimes(quiet.client));
  console.log(`${'load of the machine'.padEnd(24)} ${loadavg()[0].toFixed(1)} on ${availableParallelism()} processors`);
} finally {
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));
  rmSync(dataDir, { recursive: true, force: true });
}
