import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { webConfig } from './web-config.mjs';

const PRODUCT = process.env.AI_MEMORY_URL ?? 'http://127.0.0.1:49374';

/** The web while it is worked on, with the API of a product that runs beside it. Without the policy of the built pages: look at those too. */
const server = await createServer({
  ...webConfig(fileURLToPath(new URL('..', import.meta.url))),
  logLevel: 'info',
  server: { proxy: { '^/(api|auth|account|openapi.json)': { target: PRODUCT, changeOrigin: true, headers: { origin: PRODUCT } } } },
});
await server.listen();
server.printUrls();
