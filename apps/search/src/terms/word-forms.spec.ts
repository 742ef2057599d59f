import { expect, it } from 'vitest';
import { abbreviationsOf } from './abbreviations.js';
import { baseForm } from './irregular-forms.js';
import { weightOf } from './light-words.js';

it.each([['wrote', 'write'], ['written', 'write'], ['children', 'child'], ['indices', 'index'], ['write', 'write'], ['retry', 'retry'], ['constructor', 'constructor']])('leads %s back to %s', (word, base) => {
  expect(baseForm(word)).toBe(base);
});

it.each([['dictionary', ['dict']], ['dict', ['dictionary']], ['average', ['avg', 'mean']], ['lease', []], ['constructor', []]])('knows %s also as %j', (word, others) => {
  expect(abbreviationsOf(word)).toEqual(others);
});

it.each([['python', 0.2], ['example', 0.5], ['lease', 1]])('lets %s count for %f', (word, weight) => {
  expect(weightOf(word)).toBe(weight);
});
