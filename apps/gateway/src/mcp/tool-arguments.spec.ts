import { expect, it } from 'vitest';
import { sortArguments } from './tool-arguments.js';

const NAMES = ['query', 'limit'];
const ALIASES = { q: 'query', search: 'query', n: 'limit' };

it.each([
  ['listed names', { query: 'a', limit: 1 }, { query: 'a', limit: 1 }, []],
  ['other names', { q: 'a', n: 1 }, { query: 'a', limit: 1 }, []],
  ['the listed name, given both', { q: 'a', query: 'b' }, { query: 'b' }, []],
  ['the other name, where the listed one is null', { q: 'a', query: null }, { query: 'a' }, []],
  ['null as left out', { query: 'a', limit: null }, { query: 'a' }, []],
  ['what it does not know as ignored', { query: 'a', as_of: '2020', toString: 1 }, { query: 'a' }, ['as_of', 'toString']],
  ['a name of the prototype as ignored', JSON.parse('{"query":"a","__proto__":{"limit":1}}'), { query: 'a' }, ['__proto__']],
])('takes %s', (_what, given, known, ignored) => {
  expect(sortArguments(given, NAMES, ALIASES)).toEqual({ known, ignored });
});
