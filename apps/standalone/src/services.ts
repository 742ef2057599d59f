import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig, withDefaults } from '#libs/config';
import { type Supervised, supervise } from '#libs/embedded';
import { failStart, stopOnSignals } from '#libs/runtime';
import { GatewayConfig } from '../../gateway/src/gateway.config.js';
import { refuseUnusableSettings } from './all-settings.js';
import { showDemo } from './demo.js';
import { type Foundation, layFoundation } from './foundation.js';
import { QUIET, say } from './say.js';
import { untilReady, welcome } from './welcome.js';

/** The gateway comes last, so that what is behind the door is there when it opens. */
const APPS = ['ingest', 'wiki-git', 'search', 'compiler', 'gateway'] as const;
/** Five processes share the connections that one has alone. */
const POOL_MAX = '12';

/** The same product as five processes over NATS; each is started again when it dies. */
async function main(): Promise<void> {
  refuseUnusableSettings();
  const url = `http://${readConfig(GatewayConfig).AI_MEMORY_BIND}`;
  const foundation = await layFoundation(say, true);
  const apps = startApps(foundation);
  stopOnSignals(async () => {
    await Promise.all(apps.map((app) => app.stop()));
    await foundation.stop();
  });
  await untilReady(url);
  welcome(say, url, foundation);
  if (process.argv.includes('--demo')) await showDemo(url, foundation.owner.token);
}

function startApps({ settings, dataDir }: Foundation): Supervised[] {
  const pids: Record<string, number> = {};
  return APPS.map((name) => supervise({
    name,
    command: process.execPath,
    args: ['--enable-source-maps', fileURLToPath(new URL(`../../${name}/src/main.js`, import.meta.url))],
    env: withDefaults({ AI_MEMORY_DATABASE_POOL_MAX: POOL_MAX, ...settings, ...QUIET }),
    log: say,
    onStart: (pid) => {
      pids[name] = pid;
      writeFileSync(join(dataDir, 'services.json'), `${JSON.stringify(pids, null, 2)}\n`);
    },
  }));
}

await main().catch(failStart);
