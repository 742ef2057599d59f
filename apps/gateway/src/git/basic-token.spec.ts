import { expect, it } from 'vitest';
import { tokenInBasic } from './basic-token.js';

const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

it.each([
  [basic('any:tok'), 'tok'], [basic('tok:'), 'tok'], [basic('tok'), 'tok'], [basic('any:a:b'), 'a:b'], [basic('any:tok').replace('Basic', 'basic'), 'tok'],
  ['Bearer tok', undefined], ['Basic', undefined], ['Basic %%%', undefined], [undefined, undefined],
])('%s holds %s', (header, token) => {
  expect(tokenInBasic(header)).toBe(token);
});
