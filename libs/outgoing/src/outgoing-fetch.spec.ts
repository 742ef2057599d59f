import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outgoingFetch } from './outgoing-fetch.js';

const strict = outgoingFetch({ mayBePrivate: () => false });
const trusting = outgoingFetch({ mayBePrivate: () => true });

describe('an answer', () => {
  let url = '';
  const server = createServer((request, response) => {
    if (request.url === '/never') return;
    if (request.url === '/elsewhere') response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    else response.end('x'.repeat(request.url === '/long' ? 2_000_000 : 2_000));
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is read whole where it is of a size', async () => {
    expect((await (await trusting(`${url}/`)).text()).length).toBe(2_000);
  });

  it('that is longer than any answer is cut off', async () => {
    await expect((await trusting(`${url}/long`)).text()).rejects.toMatchObject({ name: 'AnswerTooLarge' });
  });

  it('that leads elsewhere is not followed', async () => {
    await expect(trusting(`${url}/elsewhere`)).rejects.toThrow();
  });

  it('that does not come is waited for so long and no longer', async () => {
    await expect(outgoingFetch({ mayBePrivate: () => true, timeoutMs: 50 })(`${url}/never`)).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('is not asked for at a private address, by number or by name', async () => {
    await expect(strict(url)).rejects.toMatchObject({ code: 'outgoing.address-refused' });
    await expect(strict('https://localhost/v1')).rejects.toMatchObject({ cause: { code: 'outgoing.address-refused' } });
  });
});
