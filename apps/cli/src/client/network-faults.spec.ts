import { describe, expect, it } from 'vitest';
import { EXIT } from './failure.js';
import { networkFailure } from './network-faults.js';

const wrapped = (code: string): Error => Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(code), { code }) });
const severalAttempts = Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(), { errors: [Object.assign(new Error(), { code: 'ECONNREFUSED' })] }) });
const timeout = Object.assign(new Error('aborted'), { name: 'TimeoutError' });

describe('no answer', () => {
  it.each([
    [wrapped('ECONNREFUSED'), 'nothing listens there'], [severalAttempts, 'nothing listens there'], [wrapped('ENOTFOUND'), 'its name is not known'], [timeout, 'no answer within 10 s'],
    [wrapped('DEPTH_ZERO_SELF_SIGNED_CERT'), 'its certificate is not trusted'], [wrapped('CERT_HAS_EXPIRED'), 'its certificate is not trusted'],
    [wrapped('ERR_SSL_WRONG_VERSION_NUMBER'), 'it does not speak TLS'], [wrapped('ESTRANGE'), 'ESTRANGE'], [Object.assign(new TypeError('fetch failed'), { cause: new Error('bad port') }), 'bad port'],
  ])('for the reason of %s is told by its cause', (error, cause) => {
    const failure = networkFailure('https://memory.example.com', error, 10_000);
    expect(failure.exitCode).toBe(EXIT.unreachable);
    expect(failure.sentence).toContain(`https://memory.example.com is not reachable: ${cause}`);
  });
});
