import { expect, it } from 'vitest';
import { findAccount, mayPass, mayUse } from './server-account.js';

const PASSWD = ['root:x:0:0:root:/root:/bin/sh', 'toor:x:0:0::/root:/bin/sh', 'nobody:x:65534:65534::/:/bin/false', 'postgres:x:101:104::/:/bin/sh'].join('\n');
const postgres = { uid: 101, gid: 104 };

it.each([
  [['postgres', 'nobody'], postgres],
  [['nobody'], { uid: 65534, gid: 65534 }],
  [['toor', 'nobody'], { uid: 65534, gid: 65534 }],
  [['absent', 'root'], undefined],
])('picks the first account of %j that is not root', (names, expected) => {
  expect(findAccount(PASSWD, names)).toEqual(expected);
});

it.each([
  { uid: 0, gid: 0, mode: 0o755, pass: true, use: true },
  { uid: 0, gid: 0, mode: 0o711, pass: true, use: false },
  { uid: 0, gid: 0, mode: 0o700, pass: false, use: false },
  { uid: 101, gid: 0, mode: 0o700, pass: true, use: true },
  { uid: 101, gid: 104, mode: 0o077, pass: false, use: false },
  { uid: 0, gid: 104, mode: 0o750, pass: true, use: true },
  { uid: 0, gid: 104, mode: 0o705, pass: false, use: false },
])('applies the first class of bits that fits: $uid:$gid $mode', ({ pass, use, ...file }) => {
  expect([mayPass(file, postgres), mayUse(file, postgres)]).toEqual([pass, use]);
});
