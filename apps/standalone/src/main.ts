import { failStart, run, stopOnSignals } from '#libs/runtime';
import { presetSettings } from '#libs/config';
import { CompilerModule } from '../../compiler/src/compiler.module.js';
import { door } from '../../gateway/src/door.js';
import { GatewayModule } from '../../gateway/src/gateway.module.js';
import { IngestModule } from '../../ingest/src/ingest.module.js';
import { SearchModule } from '../../search/src/search.module.js';
import { WikiGitModule } from '../../wiki-git/src/wiki-git.module.js';
import { refuseUnusableSettings } from './all-settings.js';
import { showDemo } from './demo.js';
import { layFoundation } from './foundation.js';
import { QUIET, say } from './say.js';
import { untilReady, welcome } from './welcome.js';

/** Five modules, one process. */
async function main(): Promise<void> {
  refuseUnusableSettings();
  const foundation = await layFoundation(say, false);
  presetSettings({ ...foundation.settings, ...QUIET });
  const running = await run('standalone', [GatewayModule, IngestModule, CompilerModule, SearchModule, WikiGitModule], door()).catch(async (error: unknown) => {
    await foundation.stop();
    throw error;
  });
  stopOnSignals(async () => {
    await running.stop();
    await foundation.stop();
  });
  await untilReady(running.url);
  welcome(say, running.url, foundation);
  if (process.argv.includes('--demo')) await showDemo(running.url, foundation.owner.token);
}

await main().catch(failStart);
