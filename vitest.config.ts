import { defineConfig } from 'vitest/config';

// `source` makes `#libs/*` mean the TypeScript source, as it does for tsc; without it tests would run the last build.
const resolve = { conditions: ['source'] };
const ssr = { resolve: { conditions: ['source'], externalConditions: ['source'] } };

export default defineConfig({
  resolve,
  ssr,
  test: {
    projects: [
      { resolve, ssr, test: { name: 'pure', include: ['{apps,libs,test,scripts}/**/*.spec.ts'], exclude: ['**/*.{medium,system}.spec.ts', '**/node_modules/**', 'dist/**'] } },
      { resolve, ssr, test: { name: 'medium', globalSetup: ['test/setup/postgres.ts'], include: ['{apps,libs,test}/**/*.medium.spec.ts'], testTimeout: 60_000, hookTimeout: 120_000 } },
      { resolve, ssr, test: { name: 'system', globalSetup: ['test/setup/products.ts'], include: ['test/system/**/*.system.spec.ts'], testTimeout: 120_000, hookTimeout: 180_000, fileParallelism: false } },
    ],
  },
});
