import { expect, it } from 'vitest';
import { newSecret, signedHeaders } from './webhook-signature.js';

it('is as Standard Webhooks have it: their own example', () => {
  const headers = signedHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'msg_p5jXN8AQM9LWM0D4loKWxJek', new Date(1_614_265_330_000), '{"test": 2432232314}');
  expect(headers).toEqual({ 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330', 'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' });
});

it('is made with a secret of its own', () => {
  expect(newSecret()).toMatch(/^whsec_[0-9A-Za-z+/]{43}=$/);
  expect(newSecret()).not.toBe(newSecret());
});
