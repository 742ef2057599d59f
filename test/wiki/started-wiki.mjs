import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cpuOfTree, GIT_ENV, growHistory, PAGES, pathOf, textOf } from './bench-pages.mjs';

const ENTRY = fileURLToPath(new URL('../../dist/apps/standalone/src/main.js', import.meta.url));
const P = '/api/v1/workspaces/bench/projects/wiki';
const FIRST_WRITERS = 64;

/** The product in one process, with a project of all pages, and what one can ask of it through its public door. */
export async function startWiki() {
  const root = mkdtempSync(join(tmpdir(), 'ai-memory-bench-'));
  chmodSync(root, 0o711);
  const port = await freePort();
  const send = sender(port);
  let child = await start(root, port);
  const repository = () => {
    const folder = join(root, 'data/repositories');
    const organisation = readdirSync(folder).find((name) => !name.startsWith('.'));
    return join(folder, organisation, readdirSync(join(folder, organisation)).find((name) => name.endsWith('.git')));
  };
  const git = (...args) => execFileSync('git', ['-c', 'safe.directory=*', ...args], { cwd: repository(), env: GIT_ENV }).toString().trim();
  const wiki = {
    root,
    cpu: () => cpuOfTree(child.pid),
    commitCount: () => Number(git('rev-list', '--count', 'main')),
    packCount: () => readdirSync(join(repository(), 'objects/pack')).filter((name) => name.endsWith('.pack')).length,
    fsck: () => git('fsck', '--strict', '--no-progress', '--no-dangling') || 'clean',
    write: (index, round) => send('PUT', `${P}/pages/${pathOf(index)}`, { body: textOf(index, round) }),
    read: (index) => send('GET', `${P}/pages/${pathOf(index)}`),
    list: () => send('GET', `${P}/pages?limit=100`),
    stop: () => end(child),
    /** As a restore would: the commits are put into the repository while nobody runs, and taken in at the start. */
    async growTo(total) {
      await end(child);
      growHistory(repository(), 'refs/heads/main', total);
      child = await start(root, port);
      await send('PUT', `${P}/pages/notes/after-the-start.md`, { body: 'Written once the tables have caught up.' });
    },
  };
  await send('PUT', P);
  let next = 0;
  await Promise.all(Array.from({ length: FIRST_WRITERS }, async () => {
    while (next < PAGES) await wiki.write(next++, 0);
  }));
  return wiki;
}

async function start(root, port) {
  const env = { ...process.env, AI_MEMORY_DATA_DIR: join(root, 'data'), AI_MEMORY_BIND: `127.0.0.1:${port}`, AI_MEMORY_LIMITS: 'off', AI_MEMORY_LOG_LEVEL: 'error' };
  const child = spawn(process.execPath, [ENTRY], { env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the product ended with ${code}`)));
    child.stdout.on('data', (chunk) => chunk.toString().includes('ai-memory is ready') && resolve());
  });
  return child;
}

function end(child) {
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}

/** Sends JSON over kept connections; rejects where the answer is a failure. */
function sender(port) {
  const agent = new Agent({ keepAlive: true });
  const once = (method, path, body) => new Promise((resolve, reject) => {
    const sent = request({ agent, port, host: '127.0.0.1', method, path, headers: { 'content-type': 'application/json' } }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk)).once('end', () => resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() })).once('error', reject);
    });
    sent.once('error', reject).end(body && JSON.stringify(body));
  });
  return async (method, path, body) => {
    const { status, text } = await once(method, path, body);
    if (status >= 300) throw new Error(`${status} ${text}`);
    return JSON.parse(text);
  };
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
