import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import everyday from './vitest.config.js';

/** Products that these start, kill or look into by their processes are of this checkout, not of the image. */
const OF_THE_CHECKOUT = ['backup', 'conformance', 'consolidation-crash', 'crash', 'fuzz', 'malformed', 'oauth', 'reindex', 'rolling-restart', 'start', 'tokens', 'wiki-crash'];

/** Comes without a token, as only who is on the same machine may. */
const ON_LOOPBACK = ['web-files'];

const { resolve } = everyday;
const env = { GIT_CONFIG_GLOBAL: fileURLToPath(new URL('./test/image/gitconfig', import.meta.url)) };

/** Builds the image and brings docker-compose.yml up, which takes minutes, and so stands apart: `npm run test:image`. */
export default defineConfig({
  test: {
    globalSetup: ['test/setup/containers.ts'],
    projects: [
      {
        resolve,
        test: { name: 'system', include: ['test/system/**/*.system.spec.ts'], exclude: [...OF_THE_CHECKOUT, ...ON_LOOPBACK].map((name) => `test/system/${name}.system.spec.ts`), testTimeout: 120_000, hookTimeout: 180_000, maxWorkers: 2, env },
      },
      // Restarts what the others use: after them.
      { resolve, test: { name: 'image', include: ['test/image/**/*.system.spec.ts'], testTimeout: 120_000, sequence: { groupOrder: 1 } } },
    ],
  },
});
