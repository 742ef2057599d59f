import { expect, it } from 'vitest';
import { pushesIn, pushNote } from './reflog.js';

const [zero, a, b] = ['0', 'a', 'b'].map((digit) => digit.repeat(40)) as [string, string, string];
const userId = '0198c0de-0000-7000-8000-000000000001';

it('finds the pushes in a reflog, and nothing else', () => {
  const reflog = [
    `${zero} ${a} Ada <ada@example.com> 1700000000 +0000\t${pushNote(userId)}`, `${a} ${b} ai-memory <noreply@x> 1700000001 +0000\tfast-import`,
    `${a} ${b} Eve <e@x> 1700000002 +0000\tpush by nobody`, 'nonsense', '',
  ].join('\n');
  expect(pushesIn(reflog)).toEqual([{ from: null, to: a, userId, name: 'Ada', email: 'ada@example.com', pushedAt: new Date(1_700_000_000_000) }]);
});
