import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DASHBOARDS } from '../../deploy/observability/source/dashboards.mjs';
import { ALERTS } from '../../deploy/observability/source/alerts.mjs';
import { fetchPrometheus, findPrometheus } from '../../scripts/prometheus.mjs';

/**
 * Five processes and a canary, scraped by a real Prometheus while sessions are captured, searched and handed over: every panel's query must
 * answer with data, and every rule must be evaluated. `npm run test:dashboards`.
 */
const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const LOAD_MS = 45_000;
const RATE_INTERVAL = '30s';
/** Only backups write it, and only where node_exporter reads it. */
const NOT_HERE = ['BackupTooOld'];

const root = mkdtempSync(join(tmpdir(), 'ai-memory-dashboards-'));
chmodSync(root, 0o711);
const children = [];

function start(program, args, env = {}) {
  const child = spawn(program, args, { cwd: root, env: { PATH: process.env.PATH, HOME: root, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said = (said + chunk).slice(-20_000)));
  return { child, said: () => said };
}

async function until(what, isSo, timeoutMs = 120_000) {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(200)) {
    const found = await Promise.resolve().then(isSo).catch(() => undefined);
    if (found) return found;
  }
  throw new Error(`${what} did not come about`);
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function ask(url, token, method, path, body, headers = {}) {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(url + path, { method, ...sent, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers }, signal: AbortSignal.timeout(30_000) });
  return { status: answer.status, text: await answer.text() };
}

/** A session, a search, a handoff and a tool, as agents would. */
async function work(url, token, round) {
  const place = 'workspace=demo&project=hello';
  const session = { session_id: randomUUID(), cwd: '/home/dev/hello' };
  for (const [event, more] of [['UserPromptSubmit', { prompt: `Round ${round}: why does the outbox need a lease?` }], ['Stop', { last_assistant_message: 'Because replicas share it' }], ['SessionEnd', { reason: 'exit' }]]) {
    await ask(url, token, 'POST', `/hook?event=${event}&agent=claude-code&${place}`, { ...session, ...more });
  }
  await ask(url, token, 'GET', `/handoff?agent=codex&cwd=/home/dev/hello&${place}`);
  await ask(url, token, 'GET', '/api/v1/search?q=outbox');
  await ask(url, token, 'PUT', `/api/v1/workspaces/demo/projects/hello/pages/notes/round-${round % 3}.md`, { body: `Round ${round}` });
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'memory_query', arguments: { query: 'lease', workspace: 'demo', project: 'hello' } } };
  await ask(url, token, 'POST', '/mcp', call, { accept: 'application/json, text/event-stream' });
}

async function main() {
  if (!findPrometheus('prometheus')) fetchPrometheus(console.log);
  const dataDir = join(root, 'data');
  const door = `127.0.0.1:${await freePort()}`;
  const product = start(process.execPath, [join(ROOT, 'dist/apps/standalone/src/services.js')], { AI_MEMORY_DATA_DIR: dataDir, AI_MEMORY_BIND: door, AI_MEMORY_LOG_LEVEL: 'info' });
  await until('the product', () => product.said().includes('ai-memory is ready at'));
  const url = `http://${door}`;
  const token = readFileSync(join(dataDir, 'auth-token'), 'utf8').trim();
  const ops = [...new Set(Array.from(product.said().matchAll(/"url":"http:\/\/([^"]+)","msg":"Serving"/g), (match) => match[1]))];
  const canaryPort = await freePort();
  start(process.execPath, [join(ROOT, 'dist/apps/standalone/src/admin.js'), 'canary', '--server-url', url, '--token-file', join(dataDir, 'auth-token'), '--every', '5', '--metrics', `127.0.0.1:${canaryPort}`]);
  const prometheus = await startPrometheus([...ops, `127.0.0.1:${canaryPort}`]);
  console.log(`${ops.length} processes and a canary are scraped; load for ${LOAD_MS / 1_000} s`);
  const over = Date.now() + LOAD_MS;
  for (let round = 0; Date.now() < over; round += 1) await work(url, token, round);
  return check(prometheus);
}

async function startPrometheus(targets) {
  const port = await freePort();
  const config = { global: { scrape_interval: '2s', evaluation_interval: '5s' }, rule_files: [join(ROOT, 'deploy/observability/alerts.yaml')], scrape_configs: [{ job_name: 'ai-memory', static_configs: [{ targets }] }] };
  writeFileSync(join(root, 'prometheus.yaml'), JSON.stringify(config));
  start(findPrometheus('prometheus'), ['--config.file', join(root, 'prometheus.yaml'), '--storage.tsdb.path', join(root, 'tsdb'), '--web.listen-address', `127.0.0.1:${port}`]);
  const url = `http://127.0.0.1:${port}`;
  await until('Prometheus', async () => (await fetch(`${url}/-/ready`)).ok);
  return url;
}

async function check(prometheus) {
  const empty = [];
  let asked = 0;
  for (const { uid, panels } of DASHBOARDS) {
    for (const [title, , queries] of panels) {
      for (const [expr, legend] of queries) {
        const query = expr.replaceAll('$__rate_interval', RATE_INTERVAL);
        const { status, data, error } = await (await fetch(`${prometheus}/api/v1/query?query=${encodeURIComponent(query)}`)).json();
        asked += 1;
        const isThere = status === 'success' && data.result.some(({ value }) => value[1] !== 'NaN');
        if (!isThere) empty.push(`${uid}: ${title} (${legend}): ${error ?? 'no data'}`);
      }
    }
  }
  const { data } = await (await fetch(`${prometheus}/api/v1/rules`)).json();
  const rules = data.groups.flatMap(({ rules: each }) => each);
  const broken = rules.filter(({ health, name }) => health !== 'ok' && !NOT_HERE.includes(name)).map(({ name, lastError }) => `rule ${name}: ${lastError ?? 'not evaluated'}`);
  const firing = rules.filter(({ state }) => state !== 'inactive').map(({ name, state }) => `${name} (${state})`);
  console.log(`${asked} queries of ${DASHBOARDS.length} dashboards: ${asked - empty.length} with data; ${rules.length} of ${ALERTS.length} rules evaluated; alerts: ${firing.join(', ') || 'none'}`);
  for (const line of [...empty, ...broken]) console.log(line);
  return empty.length + broken.length === 0;
}

let isGood = false;
try {
  isGood = await main();
} finally {
  for (const child of children.reverse()) child.kill('SIGTERM');
  await Promise.all(children.map((child) => (child.exitCode === null ? new Promise((resolve) => child.once('close', resolve)) : undefined)));
  if (existsSync(root)) rmSync(root, { recursive: true, force: true });
}
process.exit(isGood ? 0 : 1);
