import { expect, it } from 'vitest';
import { letterBit } from '../terms/letter-bits.js';
import { mayBeSimilarTo, similarWords } from './misspelling.js';

const VOCABULARY = new Map([['connect', 30], ['collect', 40], ['connector', 5], ['lease', 9], ['leash', 12], ['release', 3], ['hide', 9], ['kubernet', 7], ['pool', 50], ['v2ab', 50]]);

it.each([
  ['the nearest alone', 'conect', 0, ['connect']],
  ['several that are as near, the most frequent first', 'leasr', 0, ['leash', 'lease']],
  ['two letters in a long word', 'kuberntes', 0, ['kubernet']],
  ['not two in a short one', 'laese', 0, ['lease']],
  ['nothing like it', 'walrus', 0, []],
  ['what stands in many more documents, for a word that stands in one', 'conect', 1, ['connect']],
  ['none of a short word', 'hike', 0, []],
  ['nothing that is hardly more frequent', 'releas', 1, []],
  ['no number', 'v2ac', 0, []],
])('similar words are %s', (_what, word, documents, similar) => {
  expect(similarWords(word, documents, VOCABULARY)).toEqual(similar);
});

it.each(['conect', 'leasr', 'kuberntes', 'laese', 'releas', 'žluťoučký'])('no word like %s is passed over by its letters', (word) => {
  const mayBe = (other: string): boolean => mayBeSimilarTo(word)(Buffer.from(other).reduce((letters, byte) => letters | letterBit(byte), 0), Buffer.byteLength(other));
  const passed = [...VOCABULARY].filter(([other]) => mayBe(other));
  expect(similarWords(word, 0, new Map(passed))).toEqual(similarWords(word, 0, VOCABULARY));
  expect(mayBe(word)).toBe(true);
});

it('a word of quite other letters, or much longer, is passed over unread', () => {
  const mayBe = mayBeSimilarTo('walrus');
  const bits = Buffer.from('connect').reduce((letters, byte) => letters | letterBit(byte), 0);
  expect(mayBe(bits, 7)).toBe(false);
  expect(mayBe(Buffer.from('walrus').reduce((letters, byte) => letters | letterBit(byte), 0), 8)).toBe(false);
});
