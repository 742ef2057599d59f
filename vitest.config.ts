import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/setup/longest-first.js';

/** For two processors: what waits for Postgres, git or a product leaves room for another. */
const maxWorkers = 3;

// Tests run on the source; without this `#libs/*` would mean the last build.
const resolve = { alias: [{ find: /^#libs\/([a-z-]+)$/, replacement: `${fileURLToPath(new URL('./libs/', import.meta.url))}$1/src/index.ts` }] };

const TEMPORARY = 'test/setup/temporary.ts';

const everywhere = ['**/node_modules/**', 'dist/**'];

export default defineConfig({
  resolve,
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      { resolve, test: { name: 'pure', testTimeout: 30_000, include: ['{apps,libs,test,scripts}/**/*.spec.ts'], exclude: ['**/*.{medium,system}.spec.ts', ...everywhere], isolate: false, maxWorkers, globalSetup: [TEMPORARY] } },
      { resolve, test: { name: 'medium', include: ['{apps,libs,test}/**/*.medium.spec.ts'], exclude: everywhere, maxWorkers, globalSetup: [TEMPORARY, 'test/setup/postgres.ts'], testTimeout: 60_000, hookTimeout: 120_000 } },
      {
        resolve,
        test: { name: 'system', include: ['test/system/**/*.system.spec.ts'], exclude: everywhere, globalSetup: [TEMPORARY, 'test/setup/products.ts'], testTimeout: 120_000, hookTimeout: 180_000, maxWorkers, sequence: { groupOrder: 1 } },
      },
      { resolve, test: { name: 'clients', include: ['test/clients/**/*.system.spec.ts'], exclude: everywhere, globalSetup: [TEMPORARY], testTimeout: 240_000, hookTimeout: 180_000, maxWorkers, sequence: { groupOrder: 1 } } },
    ],
  },
});
