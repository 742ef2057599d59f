import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What a capture event costs an agent, from starting the hook to its end: `npm run bench:hook -- [RUNS] [SHELL]`. Beside
 * `sh -c true` and a bare curl, and in turns with them, so that whatever else the machine does weighs on all alike.
 */
const RUNS = Number(process.argv[2] ?? 200);
const SHELL = (process.argv[3] ?? 'sh').split(' ');
const HOOK = fileURLToPath(new URL('../../apps/cli/hook/', import.meta.url));
const SLOW_MS = 10_000;
const BODY = JSON.stringify({
  session_id: '807e6b9a-ef61-4ae8-b6a8-11f10984f3d5', transcript_path: '/home/dev/.claude/projects/-home-dev-project/807e6b9a.jsonl', cwd: tmpdir(), hook_event_name: 'PostToolUse',
  tool_name: 'Bash', tool_input: { command: 'npm test' }, tool_response: { stdout: 'ok 1 - "quoted"\n'.repeat(90) }, tool_use_id: 'toolu_01',
});

const root = mkdtempSync(join(tmpdir(), 'hook-bench-'));
const homes = [];
const ENV = { PATH: process.env.PATH, HOME: root };
writeFileSync(join(root, 'body'), BODY);

function homeFor(serverUrl) {
  const home = join(root, `home-${homes.length}`);
  mkdirSync(home);
  for (const part of ['hook.sh', 'hook.d']) cpSync(join(HOOK, part), join(home, part), { recursive: true });
  writeFileSync(join(home, 'config.toml'), `server_url = "${serverUrl}"\n`);
  writeFileSync(join(home, 'token'), 'token\n');
  homes.push(home);
  return home;
}

async function serverThat(answer) {
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk)).on('end', () => answer(Buffer.concat(chunks).toString(), response));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `http://127.0.0.1:${server.address().port}`;
}

const accept = (text, response) => response.end(JSON.stringify({ accepted: text.startsWith('[') ? JSON.parse(text).length : 0 }));

function timed([program, ...args]) {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env: ENV });
    child.stdin.on('error', () => undefined).end(BODY);
    child.stdout.resume();
    child.stderr.resume();
    child.once('error', reject).once('close', (code) => (code === 0 ? resolve(performance.now() - begun) : reject(new Error(`${program} ended with ${code}`))));
  });
}

/** CPU-seconds of the processes that an agent waits for, per 1,000 events: what the shell's `times` says of its children. */
function cpuOf([program, ...args]) {
  return new Promise((resolve, reject) => {
    const loop = 'body=$1 runs=$2; shift 2; while [ "$runs" -gt 0 ]; do "$@" <"$body" >/dev/null 2>&1; runs=$((runs - 1)); done; times';
    const child = spawn('sh', ['-c', loop, 'sh', join(root, 'body'), String(RUNS), program, ...args], { stdio: ['ignore', 'pipe', 'ignore'], env: ENV });
    let printed = '';
    child.stdout.on('data', (chunk) => (printed += chunk));
    child.once('error', reject).once('close', () => {
      const ofChildren = printed.trim().split('\n').at(-1);
      const seconds = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest), 0);
      resolve((seconds / RUNS) * 1_000);
    });
  });
}

function at(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function endDrainers() {
  for (const home of homes) {
    try {
      process.kill(Number(readFileSync(join(home, 'state', 'drain.lock'), 'utf8').split(' ')[0]), 'SIGKILL');
    } catch {
      // None is left.
    }
  }
}

const up = await serverThat(accept);
const hook = (serverUrl) => [...SHELL, join(homeFor(serverUrl), 'hook.sh'), 'claude-code', 'PostToolUse'];
const variants = {
  'sh -c true': ['sh', '-c', 'true'],
  'bare curl': ['curl', '-s', '--max-time', '1', '--data-binary', '@-', '-o', '/dev/null', `${up}/hook`],
  'hook, server up': hook(up),
  'hook, server down': hook('http://127.0.0.1:1'),
  'hook, server slow (10 s)': hook(await serverThat((text, response) => setTimeout(accept, SLOW_MS, text, response).unref())),
  'hook, server answers 500': hook(await serverThat((_text, response) => response.writeHead(500).end())),
};

const times = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
const cpu = {};
try {
  for (let run = 0; run < RUNS; run += 1) for (const [name, command] of Object.entries(variants)) times[name].push(await timed(command));
  for (const [name, command] of Object.entries(variants)) cpu[name] = await cpuOf(command);
} finally {
  endDrainers();
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
}

const row = (name, cells) => console.log(name.padEnd(26) + cells.map((cell) => String(cell).padStart(9)).join(''));
for (const taken of Object.values(times)) taken.sort((a, b) => a - b);
const base = times['sh -c true'];
console.log(`${RUNS} events each, one after the other, ms; +: over sh -c true; CPU: seconds for 1,000 events; x: times sh -c true at p50`);
row('', ['min', 'p50', 'p95', 'p99', '+p50', '+p95', 'CPU', 'x']);
for (const [name, taken] of Object.entries(times)) {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => at(taken, share));
  const figures = [taken[0], p50, p95, p99, p50 - at(base, 0.5), p95 - at(base, 0.95)].map((ms) => ms.toFixed(1));
  row(name, [...figures, cpu[name].toFixed(2), (p50 / at(base, 0.5)).toFixed(1)]);
}
