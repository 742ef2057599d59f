import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { exitCode, productEnv } from './command.mjs';
import { install } from './install.mjs';
import { productNode } from './runtime.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const USAGE = `npm start [-- --services] [--demo] [--help]

Installs and builds what is missing, then runs ai-memory until Ctrl-C.

  --services   five processes over NATS and Postgres in place of one process
  --demo       replays two recorded sessions and shows what became of them
  --help       prints this

Settings (environment):
  AI_MEMORY_BIND          address and port, 127.0.0.1:49374 unless set
  AI_MEMORY_DATA_DIR      where everything is kept
  AI_MEMORY_AUTH_TOKEN    the owner's token, at least 32 characters
  AI_MEMORY_REQUIRE_AUTH  1 asks for a token on loopback too
  DATABASE_URL, NATS_URL  servers to use in place of the embedded ones`;
/** One thread marks what is garbage while others work: four would take both of two processors, and who waits for an answer with them. */
const NODE_OPTIONS = ['--enable-source-maps', '--v8-pool-size=1'];
/** One heap of malloc's for all threads, so that what one left free another uses. */
const MALLOC = { MALLOC_ARENA_MAX: '1' };
/** A terminal's Ctrl-C arrives twice: from the terminal, and from npm, which passes it on. */
const SAME_SIGNAL_MS = 500;

async function start(args) {
  const unknown = args.find((arg) => !['--services', '--demo', '--help'].includes(arg));
  if (unknown) return refuse(`ai-memory: unknown option ${unknown} (npm start -- --help lists them)`, 2);
  if (args.includes('--help')) return console.log(USAGE);
  await install(ROOT, { withDev: false });
  await build(ROOT);
  runProduct(args.includes('--services') ? 'services' : 'main', args.filter((arg) => arg !== '--services'));
}

/** The product gets a process group of its own, so that it is told to stop once, by us; the channel tells it when we are gone. */
function runProduct(entry, args) {
  const env = productEnv(ROOT);
  const program = join(ROOT, 'dist', 'apps', 'standalone', 'src', `${entry}.js`);
  if (!existsSync(program)) return refuse(`ai-memory: ${program} was not built`, 1);
  const child = spawn(productNode(ROOT), [...NODE_OPTIONS, program, ...args], { cwd: ROOT, env: { ...env, ...MALLOC }, detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  let passedOnAt = 0;
  const passOn = (signal) => {
    if (Date.now() - passedOnAt < SAME_SIGNAL_MS) return;
    passedOnAt = Date.now();
    child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => passOn(signal));
  child.once('error', (error) => refuse(`ai-memory: ${error.message}`, 1));
  child.once('exit', (code, signal) => process.exit(exitCode(code, signal)));
}

function refuse(line, code) {
  console.error(line);
  process.exitCode = code;
}

start(process.argv.slice(2)).catch((error) => refuse(`ai-memory: ${error.message}`, 1));
