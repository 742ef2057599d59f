/*
 * How long a backup, its verification and its restore take: of so many observations of 600 bytes in one database, and so
 * many repositories with a page each. Nothing of it is indexed, as that would take longer than all the rest.
 *
 *   npm run bench:backup -- [OBSERVATIONS] [REPOSITORIES]
 */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const OBSERVATIONS = Number(process.argv[2] ?? 200_000);
const REPOSITORIES = Number(process.argv[3] ?? 50);
const PER_SESSION = 500;
const BODY = `repeat(md5(random()::text) || ' ', 18)`;

const dist = (path) => fileURLToPath(new URL(`../../dist/apps/standalone/src/${path}`, import.meta.url));

async function freePort() {
  const probe = createServer();
  const port = await new Promise((resolve) => probe.listen(0, '127.0.0.1', () => resolve(probe.address().port)));
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function startProduct(dataDir) {
  const bind = `127.0.0.1:${await freePort()}`;
  const child = spawn(process.execPath, [dist('main.js')], { env: { ...process.env, AI_MEMORY_DATA_DIR: dataDir, AI_MEMORY_BIND: bind }, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => chunk.toString().includes('is ready at') && resolve());
    child.once('exit', (code) => reject(new Error(`the product ended with ${code}`)));
  });
  return { url: `http://${bind}`, stop: () => new Promise((resolve) => child.once('exit', resolve) && child.kill('SIGTERM')) };
}

/** Seconds that the command took; it must succeed. */
async function timed(dataDir, ...args) {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [dist('admin.js'), ...args], { env: { ...process.env, AI_MEMORY_DATA_DIR: dataDir }, stdio: ['ignore', 'pipe', 'inherit'] });
  const said = [];
  child.stdout.on('data', (chunk) => said.push(chunk.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${said.join('')}`);
  return (performance.now() - startedAt) / 1_000;
}

async function fill({ url }, dataDir) {
  const token = readFileSync(join(dataDir, 'auth-token'), 'utf8').trim();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  for (let at = 0; at < REPOSITORIES; at += 1) {
    for (const [path, body] of [['', undefined], ['/pages/notes/page.md', JSON.stringify({ body: `Page of ${at}` })]]) {
      const answer = await fetch(`${url}/api/v1/workspaces/bench/projects/p${at}${path}`, { method: 'PUT', headers, body });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    }
  }
  const port = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3]);
  const database = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'ai_memory', password: readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim() });
  await database.connect();
  const sessions = Math.ceil(OBSERVATIONS / PER_SESSION);
  await database.query(`INSERT INTO capture.sessions (organisation_id, session_id, native_session_id, agent, workspace_id, project_id, owner_id, owner_name, started_at, last_event_at, idle_at, ended_at, generation, compiled_generation, indexed_generation)
    SELECT p.organisation_id, gen_random_uuid(), 'bench-' || n, 'codex', p.workspace_id, p.project_id, gen_random_uuid(), 'bench', now(), now(), now(), now(), ${PER_SESSION}, ${PER_SESSION}, ${PER_SESSION}
    FROM (SELECT * FROM identity.projects WHERE name = 'p0') p, generate_series(1, ${sessions}) n`);
  await database.query(`INSERT INTO capture.observations (organisation_id, session_id, sequence, observation_id, kind, source_event, occurred_at, title, body, is_subagent)
    SELECT s.organisation_id, s.session_id, n, gen_random_uuid(), 'user-prompt', 'UserPromptSubmit', now(), 'A prompt', ${BODY}, false FROM capture.sessions s, generate_series(1, ${PER_SESSION}) n WHERE s.native_session_id LIKE 'bench-%'`);
  await database.end();
}

let product;
const root = mkdtempSync(join(tmpdir(), 'ai-memory-backup-bench-'));
chmodSync(root, 0o711);
try {
  const [source, backups, target] = ['source', 'backups', 'target'].map((name) => join(root, name));
  product = await startProduct(source);
  await fill(product, source);
  const backup = await timed(source, 'backup', '--to', backups);
  await product.stop();
  product = undefined;
  const folder = join(backups, readdirSync(backups).find((name) => name.endsWith('Z')));
  const verify = await timed(target, 'verify', folder);
  const restore = await timed(target, 'restore', folder);
  const { tables, repositories } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const bytes = [...tables, ...repositories].reduce((sum, each) => sum + each.bytes, 0);
  console.log(`${OBSERVATIONS} observations, ${repositories.length} repositories, ${(bytes / 2 ** 20).toFixed(0)} MiB: backup ${backup.toFixed(1)} s, verify ${verify.toFixed(1)} s, restore ${restore.toFixed(1)} s`);
} finally {
  await product?.stop();
  rmSync(root, { recursive: true, force: true });
}
