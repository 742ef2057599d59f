import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

// As tests are, it is run from its sources; the product that it starts is the built one.
const { module } = await runnerImport(join(ROOT, 'test', 'web', 'screenshots.ts'), { root: ROOT, configFile: false, logLevel: 'error', resolve: { alias: [{ find: /^#libs\/([a-z-]+)$/, replacement: `${ROOT}libs/$1/src/index.ts` }] } });
await module.takeScreenshots(process.argv.slice(2));
