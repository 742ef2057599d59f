// How many writes a second one project takes, and how fast its pages are read, beside plain git in a work tree: the same
// disk, the same run, 1,000 pages, core.fsync=all on both sides. `npm run bench:wiki`, on a machine that does nothing else.
import { execFile, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ENTRY = fileURLToPath(new URL('../../dist/apps/standalone/src/main.js', import.meta.url));
const PAGES = 1_000;
const GIT_COMMITS = 100;
const WRITES = 1_000;
const WRITERS = [1, 16, 64];
const READS = 1_000;
const READERS = 16;
const P = '/api/v1/workspaces/bench/projects/wiki';

const root = mkdtempSync(join(tmpdir(), 'ai-memory-bench-'));
chmodSync(root, 0o711);

const pathOf = (index) => `notes/d${index % 20}/page-${index}.md`;
const textOf = (index, round) => `# Page ${index}\n\nRound ${round}. ${'The outbox needs a lease, because two relays may read one row. '.repeat(10)}\n`;

async function timed(count, work) {
  const startedAt = performance.now();
  await work();
  return count / ((performance.now() - startedAt) / 1_000);
}

/** Works through `count` pieces, `width` at a time. */
async function together(count, width, work) {
  let next = 0;
  await Promise.all(Array.from({ length: width }, async () => {
    while (next < count) await work(next++);
  }));
}

async function plainGit() {
  const tree = join(root, 'tree');
  const git = (...args) => run('git', ['-c', 'core.fsync=all', '-c', 'gc.auto=0', '-c', 'user.name=b', '-c', 'user.email=b@x', ...args], { cwd: tree, env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' } });
  const write = (index, round) => writeFileSync(join(tree, pathOf(index)), textOf(index, round));
  for (let folder = 0; folder < 20; folder += 1) mkdirSync(join(tree, `notes/d${folder}`), { recursive: true });
  await git('init', '--quiet', '--initial-branch=main');
  for (let index = 0; index < PAGES; index += 1) write(index, 0);
  await git('add', '--all');
  await git('commit', '--quiet', '-m', 'All');
  const commits = await timed(GIT_COMMITS, () => together(GIT_COMMITS, 1, async (index) => {
    write(index, 1);
    await git('add', pathOf(index));
    await git('commit', '--quiet', '-m', `Write ${pathOf(index)}`);
  }));
  const reads = await timed(GIT_COMMITS, () => together(GIT_COMMITS, 1, (index) => git('show', `HEAD:${pathOf(index)}`)));
  return { commits, reads };
}

async function startProduct() {
  const port = await new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
  const child = spawn(process.execPath, [ENTRY], { env: { ...process.env, AI_MEMORY_DATA_DIR: join(root, 'data'), AI_MEMORY_BIND: `127.0.0.1:${port}`, AI_MEMORY_LOG_LEVEL: 'error' }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  await new Promise((resolve) => child.stdout.on('data', (chunk) => chunk.toString().includes('ai-memory is ready') && resolve()));
  const stop = () => new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
  return { url: `http://127.0.0.1:${port}`, stop };
}

async function product() {
  const { url, stop } = await startProduct();
  const send = async (method, path, body) => {
    const request = { method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body) };
    const response = await fetch(url + path, request);
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return JSON.parse(text);
  };
  const write = (index, round) => send('PUT', `${P}/pages/${pathOf(index)}`, { body: textOf(index, round) });
  await send('PUT', P);
  await together(PAGES, 64, (index) => write(index, 0));
  const commits = [];
  for (const [round, writers] of WRITERS.entries()) {
    const count = writers === 1 ? GIT_COMMITS : WRITES;
    const made = new Set();
    commits.push({ writers, rate: await timed(count, () => together(count, writers, async (index) => made.add((await write(index, round + 1)).commit))) });
    if (made.size !== count) throw new Error(`${made.size} commits for ${count} writes`);
  }
  const reads = await timed(READS, () => together(READS, READERS, (index) => send('GET', `${P}/pages/${pathOf(index)}`)));
  await stop();
  return { commits, reads };
}

const line = (what, rate, plain) => console.log(`${what.padEnd(52)} ${rate.toFixed(0).padStart(6)}/s   ${(rate / plain).toFixed(1)} times`);

try {
  const plain = await plainGit();
  const ours = await product();
  console.log(`${PAGES} pages in the repository; each write is a commit of its own, on disk when it is answered\n`);
  line('git add && git commit, one after the other', plain.commits, plain.commits);
  for (const { writers, rate } of ours.commits) line(`writes through the REST API, ${writers} at a time`, rate, plain.commits);
  console.log('');
  line('git show HEAD:<page>, one after the other', plain.reads, plain.reads);
  line(`reads through the REST API, ${READERS} at a time`, ours.reads, plain.reads);
} finally {
  rmSync(root, { recursive: true, force: true });
}
