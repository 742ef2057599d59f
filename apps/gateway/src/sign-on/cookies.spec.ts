import { expect, it } from 'vitest';
import { browserCookie, cookieOf } from './cookies.js';

it.each([
  ['sid=abc', 'abc'], ['a=1; sid=abc; b=2', 'abc'], ['sid="abc"', 'abc'], [' sid = abc ', 'abc'], ['sid=', ''],
  ['xsid=abc', undefined], ['sid=a; sid=b', undefined], ['SID=abc', undefined], ['sid', undefined], ['', undefined], [undefined, undefined],
])('the header %j holds %j', (cookie, value) => {
  expect(cookieOf({ headers: { cookie } }, 'sid')).toBe(value);
});

it('has a name that only its own host can set, wherever there is TLS', () => {
  expect([browserCookie('sid', true).name, browserCookie('sid', false).name]).toEqual(['__Host-sid', 'ai-memory-sid']);
});
