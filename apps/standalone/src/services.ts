import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig, withDefaults } from '#libs/config';
import { freePort, type Supervised, supervise } from '#libs/embedded';
import { failStart, stopOnSignals } from '#libs/runtime';
import { GatewayConfig } from '../../gateway/src/gateway.config.js';
import { refuseUnusableSettings } from './all-settings.js';
import { showDemo } from './demo.js';
import { type Foundation, layFoundation } from './foundation.js';
import { QUIET, say } from './say.js';
import { untilReady, welcome } from './welcome.js';

const APPS = ['ingest', 'wiki-git', 'search', 'compiler', 'gateway'] as const;
/** Five processes share the connections that one has alone. */
const POOL_MAX = '12';

/** As in deploy/Dockerfile: new objects get half of the usual room, since a start would leave each process 20 to 70 MiB larger for good. (Source maps would take 15 to 20 more.) And one thread marks what is garbage, as in scripts/start.mjs. */
const NODE_OPTIONS = ['--max-semi-space-size=8', '--v8-pool-size=1'];
/** As there, too: one heap of malloc's for all threads, so that what reading a large module left free is used again (30 MiB of search). */
const MALLOC = { MALLOC_ARENA_MAX: '1' };

type Binds = Record<(typeof APPS)[number], string>;

/** The same product as five processes over NATS; each is started again when it dies. */
async function main(): Promise<void> {
  refuseUnusableSettings();
  const foundation = await layFoundation(say, true);
  const binds = await bindsOf(readConfig(GatewayConfig).AI_MEMORY_BIND);
  const apps = startApps(foundation, binds);
  stopOnSignals(async () => {
    await Promise.all(apps.map((app) => app.stop()));
    await foundation.stop();
  });
  await Promise.all(Object.values(binds).map((bind) => untilReady(`http://${bind}`)));
  const url = `http://${binds.gateway}`;
  welcome(say, url, foundation);
  if (process.argv.includes('--demo')) await showDemo(url, foundation.owner.token);
}

/** Where each app tells that it serves: the gateway at the door, the others at ports of their own. */
async function bindsOf(door: string): Promise<Binds> {
  const binds = await Promise.all(APPS.map(async (name) => [name, name === 'gateway' ? door : `127.0.0.1:${await freePort()}`]));
  return Object.fromEntries(binds) as Binds;
}

function startApps({ settings, dataDir }: Foundation, binds: Binds): Supervised[] {
  const pids: Record<string, number> = {};
  return APPS.map((name) => supervise({
    name,
    command: process.execPath,
    args: [...NODE_OPTIONS, fileURLToPath(new URL(`../../${name}/src/main.js`, import.meta.url))],
    env: { ...withDefaults({ AI_MEMORY_DATABASE_POOL_MAX: POOL_MAX, ...settings, ...QUIET }), ...MALLOC, AI_MEMORY_OPS_BIND: binds[name] },
    log: say,
    onStart: (pid) => {
      pids[name] = pid;
      writeFileSync(join(dataDir, 'services.json'), `${JSON.stringify(pids, null, 2)}\n`);
    },
  }));
}

await main().catch(failStart);
