import { defineConfig } from 'vitest/config';
import everyday from './vitest.config.js';

/** Products that these start, kill or look into by their processes are of this checkout, not of the image. */
const OF_THE_CHECKOUT = ['backup', 'conformance', 'consolidation-crash', 'crash', 'malformed', 'oauth', 'reindex', 'rolling-restart', 'start', 'tokens', 'wiki-crash'];

/** Builds the image and brings docker-compose.yml up, which takes minutes, and so stands apart: `npm run test:image`. */
export default defineConfig({
  resolve: everyday.resolve,
  test: {
    include: ['test/system/**/*.system.spec.ts', 'test/image/**/*.system.spec.ts'],
    exclude: OF_THE_CHECKOUT.map((name) => `test/system/${name}.system.spec.ts`),
    globalSetup: ['test/setup/containers.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
});
