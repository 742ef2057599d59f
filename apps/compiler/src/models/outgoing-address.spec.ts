import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPublicAddress, lookupPublic, refuseUncallable } from './outgoing-address.js';
import { outgoingFetch } from './outgoing-fetch.js';

describe('an address', () => {
  it.each(['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '::1', '::', 'fe80::1', 'fd00::1', '::ffff:127.0.0.1', '::ffff:169.254.169.254', '64:ff9b::7f00:1', 'x'])(
    '%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));
});

describe('a URL of an organisation', () => {
  it.each(['http://api.example.com', 'https://127.0.0.1/v1', 'https://[::1]/v1', 'https://2130706433/v1', 'https://0x7f.1/v1', 'https://user:pass@api.example.com', 'https://169.254.169.254/latest', 'ftp://api.example.com'])(
    '%s may not be called', (url) => expect(() => refuseUncallable(url)).toThrow());

  it('may be a public one over TLS', () => expect(() => refuseUncallable('https://api.example.com/v1')).not.toThrow());

  it('whose name leads to a private address is not connected to', async () => {
    await expect(new Promise((resolve, reject) => lookupPublic('localhost', { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses))))).rejects.toMatchObject({ code: 'models.address-refused' });
    await expect(outgoingFetch(false)('https://localhost/v1')).rejects.toMatchObject({ cause: { code: 'models.address-refused' } });
  });
});

describe('an answer', () => {
  let url = '';
  const server = createServer((request, response) => {
    if (request.url === '/elsewhere') response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    else response.end('x'.repeat(request.url === '/long' ? 2_000_000 : 2_000));
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  it('is read whole where it is of a size', async () => {
    expect((await (await outgoingFetch(true)(`${url}/`)).text()).length).toBe(2_000);
  });

  it('that is longer than any answer is cut off', async () => {
    await expect((await outgoingFetch(true)(`${url}/long`)).text()).rejects.toMatchObject({ name: 'AnswerTooLarge' });
  });

  it('that leads elsewhere is not followed', async () => {
    await expect(outgoingFetch(true)(`${url}/elsewhere`)).rejects.toThrow();
  });
});
