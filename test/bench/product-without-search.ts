import { failStart, run, stopOnSignals } from '#libs/runtime';
import { presetSettings } from '#libs/config';
import { CompilerModule } from '../../apps/compiler/src/compiler.module.js';
import { door } from '../../apps/gateway/src/door.js';
import { GatewayModule } from '../../apps/gateway/src/gateway.module.js';
import { IngestModule } from '../../apps/ingest/src/ingest.module.js';
import { layFoundation } from '../../apps/standalone/src/foundation.js';
import { QUIET } from '../../apps/standalone/src/say.js';
import { untilReady } from '../../apps/standalone/src/welcome.js';
import { WikiGitModule } from '../../apps/wiki-git/src/wiki-git.module.js';

/** The standalone but for the search app: what capture is without indexing. */
async function main(): Promise<void> {
  const foundation = await layFoundation(() => undefined, false);
  presetSettings({ ...foundation.settings, ...QUIET });
  const running = await run('standalone', [GatewayModule, IngestModule, CompilerModule, WikiGitModule], door());
  stopOnSignals(async () => {
    await running.stop();
    await foundation.stop();
  });
  await untilReady(running.url);
  console.log(`ai-memory is ready at ${running.url}`);
}

await main().catch(failStart);
