/*
 * How much a flood of one organisation delays another's consolidation: the time from asking for one session to its pages,
 * alone and beside a flood, in one process, with a model on loopback that takes a second.
 *
 *   npm run bench:consolidation -- [RUNS]
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RUNS = Number(process.argv[2] ?? 20);
const MODEL_MS = 1_000;
const FLOOD = 40;
const POLL_MS = 20;
/** Seldom, so that the flood is of jobs and not of questions. */
const FLOOD_POLL_MS = 1_000;
const ANSWER = JSON.stringify({ summary: [], open_questions: [], next_steps: [], pages: [] });

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const listen = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));

const model = createServer((request, response) => {
  request.resume().on('end', async () => {
    await sleep(MODEL_MS);
    const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: ANSWER } }];
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: 'x', created: 0, model: 'm', choices, usage: { prompt_tokens: 1, completion_tokens: 1 } }));
  });
});

async function startProduct(dataDir) {
  const probe = createServer();
  const port = await listen(probe);
  await new Promise((resolve) => probe.close(resolve));
  const entry = fileURLToPath(new URL('../../dist/apps/standalone/src/main.js', import.meta.url));
  const env = { ...process.env, AI_MEMORY_DATA_DIR: dataDir, AI_MEMORY_BIND: `127.0.0.1:${port}`, AI_MEMORY_LLM_ALLOW_PRIVATE_URLS: '1', AI_MEMORY_LIMITS: 'off', AI_MEMORY_LOG_LEVEL: 'error' };
  const child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  for await (const chunk of child.stdout) if (String(chunk).includes('is ready at')) break;
  child.stdout.resume();
  return { child, url: `http://127.0.0.1:${port}`, token: readFileSync(join(dataDir, 'auth-token'), 'utf8').trim() };
}

function clientOf(url, token) {
  return async (method, path, body) => {
    const request = { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: body && JSON.stringify(body) };
    const answer = await fetch(url + path, request);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    const text = await answer.text();
    return text.startsWith('{') ? JSON.parse(text) : undefined;
  };
}

async function newOrganisation(url, operator, modelUrl) {
  const made = await operator('POST', '/api/v1/organisations', { name: `o-${randomUUID().slice(0, 8)}`, owner: { name: 'dev', email: 'dev@example.com' } });
  const client = clientOf(url, made.token.token);
  await client('PUT', '/api/v1/model-settings', { automatic: false, models: [{ provider: 'openai-compat', model: 'm', base_url: modelUrl }] });
  return client;
}

/** Ids of sessions that have ended and have their pages. */
async function sessionsOf(client, count) {
  for (let index = 0; index < count; index += 1) {
    const body = { session_id: randomUUID(), cwd: '/w', prompt: `Mend number ${index}` };
    for (const event of ['UserPromptSubmit', 'SessionEnd']) await client('POST', `/hook?agent=codex&event=${event}&workspace=w&project=p`, body);
  }
  for (;;) {
    const { pages } = await client('GET', '/api/v1/workspaces/w/projects/p/pages?limit=100');
    if (pages.length >= count) return pages.map((page) => page.path.slice('sessions/'.length, -'.md'.length));
    await sleep(100);
  }
}

async function consolidate(client, session, pollMs = POLL_MS) {
  const start = performance.now();
  await client('POST', `/api/v1/sessions/${session}/consolidate`);
  for (;;) {
    const { jobs: [job] } = await client('GET', `/api/v1/consolidations?session=${session}`);
    if (job.state === 'done') return performance.now() - start;
    if (job.state === 'failed') throw new Error(job.reason);
    await sleep(pollMs);
  }
}

async function meanOf(client, session) {
  const times = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await consolidate(client, session));
  return times.reduce((sum, time) => sum + time, 0) / RUNS;
}

const dataDir = mkdtempSync(join(tmpdir(), 'ai-memory-bench-'));
chmodSync(dataDir, 0o711);
const modelUrl = `http://127.0.0.1:${await listen(model)}/v1`;
const { child, url, token } = await startProduct(dataDir);
try {
  const operator = clientOf(url, token);
  const [flooding, other] = [await newOrganisation(url, operator, modelUrl), await newOrganisation(url, operator, modelUrl)];
  const [flood, [session]] = [await sessionsOf(flooding, FLOOD), await sessionsOf(other, 1)];
  const alone = await meanOf(other, session);
  let isOver = false;
  const flooded = Promise.all(flood.map(async (each) => {
    while (!isOver) await consolidate(flooding, each, FLOOD_POLL_MS);
  }));
  const beside = await meanOf(other, session);
  isOver = true;
  console.log(`alone ${alone.toFixed(0)} ms, beside ${FLOOD} waiting jobs of another organisation ${beside.toFixed(0)} ms: ${((beside / alone - 1) * 100).toFixed(1)} % (mean of ${RUNS})`);
  await flooded;
} finally {
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));
  model.close();
  rmSync(dataDir, { recursive: true, force: true });
}
