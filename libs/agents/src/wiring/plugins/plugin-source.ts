import { OWN_FILE_MARK } from '../own-file.js';
import type { Machine, WiringSettings } from '../wiring.js';

/**
 * The source of a plugin: what all plugins share, then the agent's own part. It writes to the same spool as `hook.sh`, which it
 * starts at a session's start (to look up where the folder's memories go, and to fetch the handoff), for folders where that
 * has not happened, and to send the spool. Whatever fails, the agent never hears of it.
 */
export function pluginSource(machine: Machine, { clientHome }: WiringSettings, agent: string, ownPart: string): string {
  const hook = machine.platform === 'win32'
    ? ['powershell', '-NoProfile', '-ExecutionPolicy', 'Bypass', '-File', `${clientHome}\\hook.ps1`]
    : ['sh', `${clientHome}/hook.sh`];
  const facts = `const AGENT = ${JSON.stringify(agent)};\nconst HOME = ${JSON.stringify(clientHome)};\nconst HOOK = ${JSON.stringify(hook)};\n`;
  return `// ${OWN_FILE_MARK}\n${IMPORTS}\n${facts}${FORWARDER}\n${ownPart}`;
}

const IMPORTS = String.raw`import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
`;

const FORWARDER = String.raw`
// No failure of ours is the agent's business.
const quietly = (work) => { try { return work(); } catch { return undefined; } };
const linesOf = (path) => quietly(() => readFileSync(path, 'utf8').split('\n')) ?? [];

// What hook.sh found out about a folder. Its expressions are POSIX ones, which write a bracket as a class of its own.
function placeOf(cwd) {
  const [query, server, capturing, ...ignored] = linesOf(HOME + '/state/places' + cwd + '/.place');
  if (!query) return undefined;
  const expressions = ignored.filter((each) => each !== '').map((each) => new RegExp(each.replaceAll('[]]', '\\]')));
  return { query, root: server ? HOME + '/servers/' + server : HOME, isOff: capturing === 'off', expressions };
}

// True for a call that names an excluded file: decided before anything is written down.
function isExcluded(expressions, cwd, input) {
  if (expressions.length === 0 || input === undefined) return false;
  const words = JSON.stringify(input).replace(/\\[nrt"]/g, ' ').split(/[\s\\'"\x60;|&()<>,=]+/);
  const paths = words.map((word) => word.replace(/^\.\//, '')).map((word) => (word.startsWith('/') ? word : cwd + '/' + word));
  return paths.some((path) => expressions.some((expression) => expression.test(path)));
}

// Stamps only grow, so that events keep their order.
let lastStamp = 0n;
function nextStamp() {
  const now = BigInt(Date.now()) * 1000000n;
  lastStamp = now > lastStamp ? now : lastStamp + 1n;
  return lastStamp;
}

// Written at once and not later, since agents end without waiting for their plugins.
function report(event, body, input) {
  quietly(() => {
    const place = placeOf(body.cwd);
    if (!place) return void run(event, body);
    if (place.isOff || isExcluded(place.expressions, body.cwd, input)) return appendFileSync(place.root + '/state/dropped/excluded', ' ');
    const stamp = nextStamp();
    const key = linesOf(HOME + '/state/machine')[0] + '-' + stamp + '-' + process.pid;
    const file = place.root + '/spool/' + stamp + '-' + process.pid;
    const query = 'event=' + event + '&agent=' + AGENT + '&ingest_key=' + key + place.query;
    writeFileSync(file + '.tmp', query + '\n' + JSON.stringify({ occurred_at: new Date().toISOString(), ...body }) + '\n', { mode: 0o600 });
    renameSync(file + '.tmp', file + '.event');
    start([...HOOK, '--drain', place.root], { detached: true, stdio: 'ignore' })?.unref();
  });
}

function start([program, ...args], options) {
  return quietly(() => spawn(program, args, { windowsHide: true, ...options }).on('error', () => {}));
}

// Gives an event to the hook as it is, and what the hook prints: nothing where that fails or takes long.
function run(event, body) {
  return new Promise((resolve) => {
    const hook = start([...HOOK, AGENT, event], { stdio: ['pipe', 'pipe', 'ignore'] });
    if (!hook) return resolve('');
    let text = '';
    setTimeout(resolve, 3000, '').unref();
    hook.on('error', () => resolve('')).on('close', () => resolve(text.trim()));
    hook.stdout.setEncoding('utf8').on('data', (chunk) => { text += chunk; });
    hook.stdin.on('error', () => {}).end(JSON.stringify(body));
  });
}

// The handoff of each session, fetched once. Whoever reports on a session waits for it first: its start comes before all else.
const handoffs = new Map();
function handoffOf(session, cwd, more) {
  if (!handoffs.has(session)) handoffs.set(session, run('SessionStart', { session_id: session, cwd, ...more }));
  return handoffs.get(session);
}
`;
