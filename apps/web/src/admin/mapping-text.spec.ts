import { expect, it } from 'vitest';
import { pairsOf, textOfPairs } from './mapping-text.js';

it('is read as it is written', () => {
  const pairs = { 'team admins': 'admin', staff: 'member' };
  expect(pairsOf(textOfPairs(pairs))).toEqual(pairs);
});

it.each([['', {}], ['  \n\n', {}], ['a=b\r\n c  =  d ', { a: 'b', c: 'd' }], ['cn=b,dc=c = d', { 'cn=b,dc=c': 'd' }], ['alone', { alone: '' }], ['a = b\na = c', { a: 'c' }]])('reads %j', (text, pairs) => expect(pairsOf(text)).toEqual(pairs));
