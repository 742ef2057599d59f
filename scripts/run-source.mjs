import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What a TypeScript file of the tests exports, run from its source, as tests are; the product that it may start is the built one. */
export async function runSource(path) {
  const { module } = await runnerImport(join(ROOT, path), { root: ROOT, configFile: false, logLevel: 'error', resolve: { alias: [{ find: /^#libs\/([a-z-]+)$/, replacement: `${ROOT}libs/$1/src/index.ts` }] } });
  return module;
}
