import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';

/** How the web is built, or served while it is worked on. Nothing inline: the page's policy allows no inline script or style. */
export function webConfig(root) {
  return {
    root: join(root, 'apps', 'web'),
    configFile: false,
    logLevel: 'warn',
    plugins: [react(), tailwind()],
    resolve: { alias: {
      // Its form for browsers lets the browser read a page's `&lt;` as markup, which the policy refuses; this one has a table.
      'decode-named-character-reference': join(root, 'node_modules', 'decode-named-character-reference', 'index.js'),
      'ai-memory-api-client': fileURLToPath(new URL('../packages/api-client/src/client.ts', import.meta.url)),
    } },
    build: {
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 600,
    },
  };
}
