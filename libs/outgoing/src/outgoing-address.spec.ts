import { describe, expect, it } from 'vitest';
import { isPublicAddress, publicLookup, refuseUncallable } from './outgoing-address.js';
import { OutgoingConfig, outgoingRules } from './outgoing.config.js';

const STRICT = { mayBePrivate: () => false };
const PUBLIC = '93.184.216.34';

const PRIVATE_ADDRESSES = [
  '0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.255.254', '169.254.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255',
  '192.0.0.1', '192.0.0.170', '192.0.2.1', '192.88.99.1', '192.168.0.1', '192.168.255.255', '198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255',
  '::', '::1', '::127.0.0.1', '::7f00:1', '::a9fe:a9fe', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::ffff:169.254.169.254', '::ffff:0:127.0.0.1', '64:ff9b::7f00:1', '64:ff9b::169.254.169.254', '64:ff9b:1::a00:1',
  '100::1', '2001::1', '2001:10::1', '2001:20::1', '2001:db8::1', '2002:7f00:1::', '2002:a9fe:a9fe::1', '3fff::1', '4000::1', '5f00::1', 'fc00::1', 'fd00::1', 'fd00:ec2::254', 'fe80::1', 'fec0::1', 'ff02::1', 'ff0e::1',
  'x', '', 'localhost',
];

const REFUSED_URLS = [
  'http://api.example.com', 'ftp://api.example.com', 'file:///etc/passwd', 'gopher://api.example.com', 'data:text/plain,x', 'unix:/run/x', '//api.example.com', 'api.example.com', '',
  'https://user:pass@api.example.com', 'https://user@api.example.com', `https://user@${PUBLIC}`,
  'https://127.0.0.1/v1', 'https://127.1/', 'https://127.0.1/', 'https://2130706433/', 'https://0x7f000001/', 'https://0x7f.1/', 'https://0x7f.0.0.1/', 'https://017700000001/', 'https://0177.0.0.1/', 'https://0177.1/', 'https://127.0.0.1./',
  'https://0/', 'https://0.0.0.0/', 'https://3232235521/', 'https://0xc0a80001/', 'https://167772161/', 'https://0xa9fea9fe/', 'https://2852039166/', 'https://169.254.169.254/latest/meta-data', 'https://0251.0376.0251.0376/',
  'https://[::1]/', 'https://[::]/', 'https://[0:0:0:0:0:0:0:1]/', 'https://[::127.0.0.1]/', 'https://[::ffff:127.0.0.1]/', 'https://[::ffff:7f00:1]/', 'https://[0:0:0:0:0:ffff:a9fe:a9fe]/', 'https://[64:ff9b::7f00:1]/', 'https://[fd00:ec2::254]/', 'https://[fe80::1]/',
  'https://１２７.０.０.１/', 'https://①②⑦.⓪.⓪.①/', 'https://127。0。0。1/', 'https://%31%32%37.0.0.1/', 'https:127.0.0.1', 'https:\\\\127.0.0.1\\', 'https://\t127.0.0.1/',
];

describe('an address', () => {
  it.each(PRIVATE_ADDRESSES)('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));
  it.each([PUBLIC, '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:2800:220:1:248:1893:25c8:1946', '2a00:1450:4001:82a::200e', '::ffff:93.184.216.34'])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));
});

describe('a URL that anybody may name', () => {
  it.each(REFUSED_URLS)('is refused: %s', (url) => expect(() => refuseUncallable(url, STRICT)).toThrow(expect.objectContaining({ code: 'outgoing.address-refused' })));
  it.each(['https://api.example.com/v1', `https://${PUBLIC}:8443/x`, 'https://[2606:2800:220:1:248:1893:25c8:1946]/'])('may be a public one over TLS: %s', (url) => expect(() => refuseUncallable(url, STRICT)).not.toThrow());

  const rules = outgoingRules(OutgoingConfig.parse({ AI_MEMORY_PRIVATE_HOSTS: ' idp.corp.example, 10.0.0.7,[::1]' }));
  it.each(['http://idp.corp.example/x', 'https://IDP.corp.example:8443/', 'http://10.0.0.7:8080/', 'http://0xa.7/', 'http://[::1]:8080/'])('may be private where the operator names its host: %s', (url) => expect(() => refuseUncallable(url, rules)).not.toThrow());
  it.each(['http://idp.corp.example.evil.example/', 'http://10.0.0.8/', 'https://10.0.0.8/', 'http://user@idp.corp.example/', 'file://idp.corp.example/x', 'http://x.idp.corp.example/'])('and is refused beside it: %s', (url) => expect(() => refuseUncallable(url, rules)).toThrow());
});

describe('a name', () => {
  /** What a connection would be made to, when the name resolves to so many addresses. */
  const connected = (...addresses: string[]): Promise<unknown> => new Promise((resolve) => {
    const lookup = publicLookup((_name, _options, callback) => callback(null, addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))));
    lookup('rebinding.example', { all: true }, (error, found) => resolve(error ? (error as { code?: string }).code : found.map(({ address }) => address)));
  });

  it.each([['127.0.0.1'], ['::1'], ['169.254.169.254'], [PUBLIC, '10.0.0.1'], ['10.0.0.1', PUBLIC], [PUBLIC, '::ffff:10.0.0.1'], []])('that leads to %s %s is not connected to', async (...addresses) => {
    expect(await connected(...addresses)).toBe('outgoing.address-refused');
  });

  it('that is public is resolved once, and connected to where it was checked', async () => {
    const answers = [PUBLIC, '127.0.0.1'];
    const lookup = publicLookup((_name, _options, callback) => callback(null, [{ address: answers.shift()!, family: 4 }]));
    const found = await new Promise((resolve) => lookup('rebinding.example', { all: true }, (_error, addresses) => resolve(addresses)));
    expect([found, answers]).toEqual([[{ address: PUBLIC, family: 4 }], ['127.0.0.1']]);
  });

  it('that does not resolve says so', async () => {
    const lookup = publicLookup((_name, _options, callback) => callback(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), []));
    expect(await new Promise((resolve) => lookup('nowhere.example', { all: true }, (error) => resolve(error?.code)))).toBe('ENOTFOUND');
  });
});
