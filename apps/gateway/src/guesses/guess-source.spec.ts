import { expect, it } from 'vitest';
import { isLoopback, sourceOf } from './guess-source.js';

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::9', '2001:db8:1:3::/64'],
  ['::1', '0:0:0:0::/64'],
  ['nonsense', 'unknown'],
  [null, 'unknown'],
])('the address %s counts as %s', (address, source) => {
  expect(sourceOf(address)).toBe(source);
});

it.each([['127.0.0.1', true], ['::1', true], ['::ffff:127.8.0.1', true], ['192.0.2.1', false], ['::', false], ['localhost', false], [null, false]])('%s is this machine: %s', (address, expected) => {
  expect(isLoopback(address)).toBe(expected);
});
