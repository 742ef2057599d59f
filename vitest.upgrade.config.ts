import { defineConfig } from 'vitest/config';
import everyday from './vitest.config.js';

/** Builds another commit, which takes minutes, and so stands apart: `npm run test:upgrade`. */
export default defineConfig({ resolve: everyday.resolve, test: { include: ['test/upgrade/**/*.system.spec.ts'], hookTimeout: 180_000 } });
