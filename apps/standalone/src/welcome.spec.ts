import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { untilReady } from './welcome.js';

it.each([
  ['that is ready', [200]],
  ['that becomes ready', [503, 503, 200]],
  ['that is known by other names than its address, as in a container', [403]],
])('a start ends at a door %s', async (_what, answers) => {
  const left = [...answers];
  const server = createServer((_request, response) => response.writeHead(left.shift() ?? 500).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await untilReady(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  server.close();
  expect(left).toEqual([]);
});
